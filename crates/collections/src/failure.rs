//! Why a source could not be read.

use chrono::{DateTime, Utc};
use trakt::{Error, Remedy};

/// Why a source could not be read. Titles that it returned earlier stay in their collections.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Failure {
    /// The list is private or visible only to friends of its owner.
    #[error(
        "it is private and this account cannot read it: ask its owner to share it, or remove it from the file"
    )]
    Private,
    /// Trakt responded with "not found". It responds the same way for private lists.
    #[error(
        "not found or private: compare the address with the one in a browser; another user's private list can only be \
         read once its owner makes it public"
    )]
    NotFound,
    /// The source belongs to the account, and no account is authorized.
    #[error("it requires an account: run `kinometa trakt auth`")]
    NeedsAccount,
    /// The token pair in config.yml was rejected.
    #[error("Trakt no longer accepts the authorization in config.yml: run `kinometa trakt auth`")]
    AuthorizationRejected,
    /// The token pair cannot be stored, so it was not refreshed.
    #[error("the authorization could not be renewed: {0}")]
    TokenStore(String),
    /// Trakt's rate limit is reached until this time.
    #[error("Trakt's limit is reached until {}", .0.format("%Y-%m-%d %H:%M UTC"))]
    RateLimited(DateTime<Utc>),
    /// Only VIP members may read it.
    #[error("Trakt reserves it for VIP members")]
    Vip,
    /// Trakt is unavailable.
    #[error("Trakt is not available: {0}")]
    Unavailable(String),
    /// The application's keys were rejected.
    #[error("Trakt does not accept the client_id: compare it with https://trakt.tv/oauth/applications")]
    ApplicationRejected,
    /// The Trakt account is locked or deactivated.
    #[error("{0}")]
    Suspended(String),
    /// The list was not received completely.
    #[error("only part of it could be read: {0}")]
    Incomplete(String),
    /// Trakt rejected the request.
    #[error("Trakt refused the request: {0}")]
    Rejected(String),
    /// Kinometa does not support this source.
    #[error("Kinometa cannot read {0} yet")]
    Unsupported(String),
}

impl Failure {
    /// Converts an error of the Trakt client.
    pub fn of(error: &Error) -> Self {
        match error {
            Error::NotConnected => Self::NeedsAccount,
            Error::Reconnect(_) => Self::AuthorizationRejected,
            Error::TokenStore(why) => Self::TokenStore(why.to_string()),
            Error::RateLimited { until } => Self::RateLimited(*until),
            Error::VipNeeded { .. } => Self::Vip,
            Error::ApplicationNotAllowed { .. } => Self::ApplicationRejected,
            Error::Locked | Error::Deactivated => Self::Suspended(error.to_string()),
            Error::Private | Error::Forbidden => Self::Private,
            Error::NotFound => Self::NotFound,
            Error::Incomplete { .. } => Self::Incomplete(error.to_string()),
            _ => match error.remedy() {
                Remedy::FixEntry | Remedy::ReportBug => Self::Rejected(error.to_string()),
                _ => Self::Unavailable(error.to_string()),
            },
        }
    }

    /// Whether every other source would fail for the same reason. The remaining sources are then not requested.
    pub fn affects_all_sources(&self) -> bool {
        match self {
            Self::TokenStore(_)
            | Self::RateLimited(_)
            | Self::Unavailable(_)
            | Self::ApplicationRejected
            | Self::Suspended(_) => true,
            Self::Private
            | Self::NotFound
            | Self::NeedsAccount
            | Self::AuthorizationRejected
            | Self::Vip
            | Self::Incomplete(_)
            | Self::Rejected(_)
            | Self::Unsupported(_) => false,
        }
    }
}
