//! Why a source returned nothing reliable.

use chrono::{DateTime, Utc};
use trakt::{Error, Remedy};

/// Why a source could not be read. Its earlier titles stay in their collections.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Failure {
    /// The owner shows it only to friends.
    #[error(
        "it is private and this account cannot read it: ask its owner to share it, or remove it from the file"
    )]
    Private,
    /// Trakt found nothing at this address. It responds the same way for private lists.
    #[error(
        "not found or private: compare the address with the one in a browser; another user's private list can only be \
         read once its owner makes it public"
    )]
    Gone,
    /// It belongs to the account, and no account is authorized.
    #[error("it requires an account: run `kinometa trakt auth`")]
    NeedsAccount,
    /// The token pair in config.yml was rejected.
    #[error("Trakt no longer accepts the authorization in config.yml: run `kinometa trakt auth`")]
    AccountLost,
    /// The token pair cannot be stored, so it was not renewed.
    #[error("the authorization could not be renewed: {0}")]
    Store(String),
    /// Trakt's limit.
    #[error("Trakt's limit is reached until {}", .0.format("%Y-%m-%d %H:%M UTC"))]
    Limit(DateTime<Utc>),
    /// Only for VIP members.
    #[error("Trakt reserves it for VIP members")]
    Vip,
    /// Trakt is unavailable.
    #[error("Trakt is not available: {0}")]
    Away(String),
    /// The application's keys were rejected.
    #[error("Trakt does not accept the client_id: compare it with https://trakt.tv/oauth/applications")]
    Application,
    /// The account is locked or deactivated.
    #[error("{0}")]
    Suspended(String),
    /// It was not received completely.
    #[error("only part of it could be read: {0}")]
    Incomplete(String),
    /// Trakt rejected the request.
    #[error("Trakt refused the request: {0}")]
    Refused(String),
    /// Kinometa does not read this.
    #[error("Kinometa cannot read {0} yet")]
    Unsupported(String),
}

impl Failure {
    /// What an error of the client means for a source.
    pub fn of(error: &Error) -> Self {
        match error {
            Error::NotConnected => Self::NeedsAccount,
            Error::Reconnect(_) => Self::AccountLost,
            Error::TokenStore(why) => Self::Store(why.to_string()),
            Error::RateLimited { until } => Self::Limit(*until),
            Error::VipNeeded { .. } => Self::Vip,
            Error::ApplicationNotAllowed { .. } => Self::Application,
            Error::Locked | Error::Deactivated => Self::Suspended(error.to_string()),
            Error::Private | Error::Forbidden => Self::Private,
            Error::NotFound => Self::Gone,
            Error::Incomplete { .. } => Self::Incomplete(error.to_string()),
            _ => match error.remedy() {
                Remedy::FixEntry | Remedy::ReportBug => Self::Refused(error.to_string()),
                _ => Self::Away(error.to_string()),
            },
        }
    }

    /// Whether all other sources would fail for the same reason, so that they are not requested at all.
    pub fn is_for_all(&self) -> bool {
        match self {
            Self::Store(_) | Self::Limit(_) | Self::Away(_) | Self::Application | Self::Suspended(_) => true,
            Self::Private
            | Self::Gone
            | Self::NeedsAccount
            | Self::AccountLost
            | Self::Vip
            | Self::Incomplete(_)
            | Self::Refused(_)
            | Self::Unsupported(_) => false,
        }
    }
}
