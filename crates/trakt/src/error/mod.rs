//! What can go wrong, as answers that a caller can act on.

mod kinds;

use chrono::{DateTime, Utc};

use crate::token::StoreError;

pub use kinds::{Conflict, Limited, LostBecause, Repeat, Sent, Stage, Unexpected, UnknownOutcome};

/// A call that did not succeed. [`Error::remedy`] says what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No account is connected, and the call needs one.
    #[error("no Trakt account is connected")]
    NotConnected,

    /// The tokens no longer work: the person must connect the account again.
    #[error("Trakt no longer accepts this connection ({0}): the account must be connected again")]
    Reconnect(LostBecause),

    /// The token has expired and renewing it failed a moment ago for a reason that will pass; nothing is sent before the
    /// next try.
    #[error("the connection to Trakt could not be renewed; next try after {until}")]
    RenewalFailed {
        /// When it is tried again.
        until: DateTime<Utc>,
    },

    /// Trakt does not accept the application: it was deleted, its owner's membership lapsed, or it is unapproved.
    /// Tokens and queued work stay good; stop calling until a new key is entered.
    #[error(
        "Trakt does not allow this application (status {status}): its client id was deleted or is not approved"
    )]
    ApplicationNotAllowed {
        /// The status that said so.
        status: u16,
    },

    /// Trakt's edge (not Trakt itself) refuses this address. It can last from minutes to days (trakt-api issue 939).
    #[error("the edge in front of Trakt blocks this address (status {status}); next try after {until}")]
    EdgeBlock {
        /// The status that said so.
        status: u16,
        /// No call leaves the client before this moment.
        until: DateTime<Utc>,
    },

    /// The budget of the account is used up and the wait is longer than [`max_wait`](crate::ClientBuilder::max_wait).
    #[error("rate limited by Trakt until {until}")]
    RateLimited {
        /// When the budget opens again.
        until: DateTime<Utc>,
    },

    /// The account is full: nothing was added (420).
    #[error("the Trakt account's limit for {what} is reached{}", at_most(.limit))]
    AccountLimit {
        /// What is full.
        what: Limited,
        /// How many it may hold, where Trakt said so.
        limit: Option<u64>,
        /// Whether the account is VIP, where Trakt said so.
        vip: Option<bool>,
        /// Where the person could upgrade.
        upgrade_url: Option<String>,
    },

    /// Trakt locked the account (423); its owner must contact Trakt.
    #[error("Trakt has locked this account: its owner has to contact Trakt's support")]
    Locked,

    /// The account was deactivated (423).
    #[error("this Trakt account is deactivated")]
    Deactivated,

    /// Only VIP members may do this (426).
    #[error("Trakt reserves this for VIP members")]
    VipNeeded {
        /// Where the person could upgrade.
        upgrade_url: Option<String>,
    },

    /// Trakt understood the request and refused its content (400, 405, 412, 422).
    #[error("Trakt refused the request (status {status}): {message}")]
    Validation {
        /// The status.
        status: u16,
        /// What Trakt said, shortened; empty when it said nothing.
        message: String,
    },

    /// This thing is not open to this account (403 on one path, while the application is allowed elsewhere).
    #[error("Trakt does not let this account do that")]
    Forbidden,

    /// The member shows this to friends only (401 with `X-Private-User`). It says nothing about the token.
    #[error("this member of Trakt is private")]
    Private,

    /// There is no such thing (404), or it is private.
    #[error("Trakt does not know this item")]
    NotFound,

    /// It is already there (409): a play scrobbled within its window, a running check-in.
    #[error("already done on Trakt (conflict)")]
    Conflict(Conflict),

    /// Trakt or its edge is overloaded or broken (5xx).
    #[error("Trakt is not available (status {status})")]
    Server {
        /// The status.
        status: u16,
        /// When to come back, where Trakt said so.
        retry_at: Option<DateTime<Utc>>,
    },

    /// The network failed.
    #[error("Trakt cannot be reached: {source}")]
    Transport {
        /// How far the exchange had come.
        stage: Stage,
        /// What failed.
        source: Box<dyn std::error::Error + Send + Sync>,
    },

    /// The answer was not what the contract promises.
    #[error("unexpected answer from Trakt (status {status}): {what}")]
    Protocol {
        /// The status.
        status: u16,
        /// What was unexpected.
        what: Unexpected,
    },

    /// A list kept changing while it was read, or Trakt's counts do not add up: what was read is not the whole.
    #[error(
        "the list could not be read completely: {distinct} of {expected} items after {attempts} attempts"
    )]
    Incomplete {
        /// How many items the headers promised.
        expected: u64,
        /// How many distinct items arrived at the last attempt.
        distinct: u64,
        /// How often the list was read.
        attempts: u32,
    },

    /// A write may or may not have been applied. Look before sending it again.
    #[error("unknown whether Trakt applied {} {}: {}", .0.sent.method, .0.sent.path, .0.cause)]
    Unknown(Box<UnknownOutcome>),

    /// The token store failed, and going on would risk the connection.
    #[error("the token store failed: {0}")]
    TokenStore(#[source] StoreError),

    /// The client is not set up for this call.
    #[error("{0}")]
    Setup(&'static str),
}

fn at_most(limit: &Option<u64>) -> String {
    limit.map(|limit| format!(" ({limit})")).unwrap_or_default()
}

/// What a caller can do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Try again later; not before the moment, where there is one.
    Wait(Option<DateTime<Utc>>),
    /// The person has to connect the account (again).
    Connect,
    /// A new application key is needed.
    ReplaceApplication,
    /// Look at Trakt whether the write arrived before sending it again.
    CheckFirst,
    /// The account's owner has to act at Trakt: free room, become VIP, unlock.
    AccountOwner,
    /// The token store must work again first.
    RepairStore,
    /// It is done already.
    Nothing,
    /// Trying again cannot help.
    GiveUp,
}

impl Error {
    /// What to do about this error.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::NotConnected | Self::Reconnect(_) => Remedy::Connect,
            Self::ApplicationNotAllowed { .. } => Remedy::ReplaceApplication,
            Self::EdgeBlock { until, .. } | Self::RateLimited { until } | Self::RenewalFailed { until } => {
                Remedy::Wait(Some(*until))
            }
            Self::AccountLimit { .. } | Self::Locked | Self::Deactivated | Self::VipNeeded { .. } => {
                Remedy::AccountOwner
            }
            Self::Server { retry_at, .. } => Remedy::Wait(*retry_at),
            Self::Transport { .. } | Self::Incomplete { .. } | Self::Protocol { .. } => Remedy::Wait(None),
            Self::Conflict(_) => Remedy::Nothing,
            Self::Unknown(_) => Remedy::CheckFirst,
            Self::TokenStore(_) => Remedy::RepairStore,
            Self::Validation { .. } | Self::Forbidden | Self::Private | Self::NotFound | Self::Setup(_) => {
                Remedy::GiveUp
            }
        }
    }
}

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;
