//! Errors, and how a caller should handle them.

mod kinds;
mod remedy;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::token::StoreError;

pub use kinds::{Conflict, Limited, LostBecause, Repeat, Sent, Stage, Unexpected, UnknownOutcome};
pub use remedy::{Remedy, Scope, Suspension, WaitReason};

/// A failed call. [`Error::remedy`] says how to handle it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No account is connected, and the call needs one.
    #[error("no Trakt account is connected")]
    NotConnected,

    /// The tokens no longer work: the user has to connect the account again.
    #[error("Trakt no longer accepts this connection ({0}): the account must be connected again")]
    Reconnect(LostBecause),

    /// The call needs a new token, and renewing it failed temporarily. Nothing was sent; the tokens are kept, and
    /// renewing is tried again after `until`.
    #[error("the connection to Trakt could not be renewed ({cause}); next attempt after {}", .until.format("%Y-%m-%d %H:%M UTC"))]
    RenewalFailed {
        /// When renewing is tried again.
        until: DateTime<Utc>,
        /// Why it failed.
        #[source]
        cause: Arc<Error>,
    },

    /// The OAuth service rejected a request for a reason other than the connection or the application:
    /// `temporarily_unavailable`, a status without a reason. Tokens stay valid.
    #[error("Trakt's sign-in service refused the request (status {status}{})", code_of(.code))]
    OAuth {
        /// The status.
        status: u16,
        /// The OAuth error code, if any.
        code: Option<String>,
    },

    /// Trakt does not accept the application: it was deleted, its owner's VIP membership lapsed, or it is not approved.
    /// Tokens and queued work stay valid; stop calling until a new key is entered.
    #[error(
        "Trakt does not allow this application (status {status}): its client id was deleted or is not approved"
    )]
    ApplicationNotAllowed {
        /// The HTTP status.
        status: u16,
    },

    /// Trakt's edge (not Trakt itself) blocks this address. This can last from minutes to days (trakt-api issue 939).
    #[error("Trakt's network is blocking this address (status {status}); next attempt after {}", .until.format("%Y-%m-%d %H:%M UTC"))]
    EdgeBlock {
        /// The HTTP status.
        status: u16,
        /// No call leaves the client before this moment.
        until: DateTime<Utc>,
    },

    /// The account's budget is used up, and the wait exceeds the caller's maximum
    /// ([`max_wait`](crate::ClientBuilder::max_wait), [`max_urgent_wait`](crate::ClientBuilder::max_urgent_wait)). The
    /// call was not sent, or Trakt responded with 429 without applying it.
    #[error("rate limited by Trakt until {until}")]
    RateLimited {
        /// When the budget is available again.
        until: DateTime<Utc>,
    },

    /// The account is full: nothing was added (420).
    #[error("the Trakt account's limit for {what} is reached{}", at_most(.limit))]
    AccountLimit {
        /// What is full.
        what: Limited,
        /// The limit, if Trakt reported it.
        limit: Option<u64>,
        /// Whether the account is VIP, if Trakt reported it.
        vip: Option<bool>,
        /// Where the user can upgrade.
        upgrade_url: Option<String>,
    },

    /// Trakt locked the account (423); its owner must contact Trakt.
    #[error("Trakt has locked this account: its owner has to contact Trakt support")]
    Locked,

    /// The account was deactivated (423).
    #[error("this Trakt account is deactivated")]
    Deactivated,

    /// Only VIP members may do this (426).
    #[error("Trakt reserves this for VIP members")]
    VipNeeded {
        /// Where the user can upgrade.
        upgrade_url: Option<String>,
    },

    /// Trakt understood the request and rejected its content (400, 405, 412, 422).
    #[error("Trakt refused the request (status {status}): {message}")]
    Validation {
        /// The status.
        status: u16,
        /// Trakt's message, shortened; empty if there was none.
        message: String,
    },

    /// The account has no access to this (403 on one path, while the application is allowed elsewhere).
    #[error("Trakt does not allow this account to do that")]
    Forbidden,

    /// The member shows this only to friends (401 with `X-Private-User`). This says nothing about the token.
    #[error("this Trakt user's profile is private")]
    Private,

    /// The item does not exist (404), or it is private.
    #[error("Trakt does not know this item")]
    NotFound,

    /// The play or check-in already exists (409): the item was scrobbled a short time ago, or a check-in is running.
    #[error("already done on Trakt (conflict)")]
    Conflict(Conflict),

    /// Trakt or its edge is overloaded or broken: a 5xx, or another error that does not come from Trakt itself. An edge
    /// page with 400 or 404 is an outage and says nothing about the request.
    #[error("Trakt is not available (status {status})")]
    Server {
        /// The status.
        status: u16,
        /// When to retry, if Trakt reported it.
        retry_at: Option<DateTime<Utc>>,
    },

    /// The network failed.
    #[error("Trakt cannot be reached: {source}")]
    Transport {
        /// How far the exchange got.
        stage: Stage,
        /// What failed.
        source: Box<dyn std::error::Error + Send + Sync>,
    },

    /// The response did not match the contract.
    #[error("unexpected response from Trakt (status {status}): {what}")]
    Protocol {
        /// The status.
        status: u16,
        /// What was unexpected.
        what: Unexpected,
    },

    /// A list could not be read completely, or changed with every attempt: what was read is not the whole list.
    #[error(
        "the list could not be read completely: {distinct} items of {expected} announced after {attempts} attempts"
    )]
    Incomplete {
        /// How many items the headers announced.
        expected: u64,
        /// How many distinct items the last attempt delivered.
        distinct: u64,
        /// How many times the list was read.
        attempts: u32,
    },

    /// A write may or may not have been applied. Check before sending it again.
    #[error("unknown whether Trakt applied {} {}: {}", .0.sent.method, .0.sent.path, .0.cause)]
    Unknown(Box<UnknownOutcome>),

    /// The token store failed, and continuing would risk the connection.
    #[error("the token store failed: {0}")]
    TokenStore(#[source] StoreError),

    /// The program or its configuration is wrong: the call cannot be made at all.
    #[error("{0}")]
    Setup(&'static str),
}

fn at_most(limit: &Option<u64>) -> String {
    limit.map(|limit| format!(" ({limit})")).unwrap_or_default()
}

fn code_of(code: &Option<String>) -> String {
    code.as_ref().map(|code| format!(", {code}")).unwrap_or_default()
}

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;
