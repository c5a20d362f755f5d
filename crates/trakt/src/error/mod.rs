//! Errors, and what a caller can do about each of them.

mod kinds;
mod remedy;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::token::StoreError;

pub use kinds::{Conflict, Limited, LostBecause, Repeat, Sent, Stage, Unexpected, UnknownOutcome};
pub use remedy::{Remedy, Scope, Suspension, WaitReason};

/// A call that did not succeed. [`Error::remedy`] says what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No account is connected, and the call needs one.
    #[error("no Trakt account is connected")]
    NotConnected,

    /// The tokens no longer work: the person has to connect the account again.
    #[error("Trakt no longer accepts this connection ({0}): the account must be connected again")]
    Reconnect(LostBecause),

    /// The call needs a new token, and renewing it failed for a passing reason. Nothing was sent; the tokens are kept,
    /// and renewing is tried again after `until`.
    #[error("the connection to Trakt could not be renewed ({cause}); next attempt after {}", .until.format("%Y-%m-%d %H:%M UTC"))]
    RenewalFailed {
        /// When renewing is tried again.
        until: DateTime<Utc>,
        /// Why it failed.
        #[source]
        cause: Arc<Error>,
    },

    /// The OAuth service refused a request with something other than a verdict about the connection or the
    /// application: `temporarily_unavailable`, a status without a reason. Tokens stay good.
    #[error("Trakt's sign-in service refused the request (status {status}{})", code_of(.code))]
    OAuth {
        /// The status.
        status: u16,
        /// The OAuth error code, where there is one.
        code: Option<String>,
    },

    /// Trakt does not accept the application: it was deleted, its owner's VIP membership lapsed, or it is not approved.
    /// Tokens and queued work stay good; stop calling until a new key is entered.
    #[error(
        "Trakt does not allow this application (status {status}): its client id was deleted or is not approved"
    )]
    ApplicationNotAllowed {
        /// The status that said so.
        status: u16,
    },

    /// Trakt's edge (not Trakt itself) refuses this address. It can last from minutes to days (trakt-api issue 939).
    #[error("Trakt's network is blocking this address (status {status}); next attempt after {}", .until.format("%Y-%m-%d %H:%M UTC"))]
    EdgeBlock {
        /// The status that said so.
        status: u16,
        /// No call leaves the client before this moment.
        until: DateTime<Utc>,
    },

    /// The budget of the account is used up, and the wait is longer than the caller's patience
    /// ([`max_wait`](crate::ClientBuilder::max_wait), [`max_urgent_wait`](crate::ClientBuilder::max_urgent_wait)).
    /// The call was not sent, or Trakt answered 429 without applying it.
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
    #[error("Trakt has locked this account: its owner has to contact Trakt support")]
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

    /// The account has no access to this (403 on one path, while the application is allowed elsewhere).
    #[error("Trakt does not allow this account to do that")]
    Forbidden,

    /// The member shows this to friends only (401 with `X-Private-User`). It says nothing about the token.
    #[error("this Trakt user's profile is private")]
    Private,

    /// The item does not exist (404), or it is private.
    #[error("Trakt does not know this item")]
    NotFound,

    /// It is already there (409): a play scrobbled within its window, a running check-in.
    #[error("already done on Trakt (conflict)")]
    Conflict(Conflict),

    /// Trakt or its edge is overloaded or broken: a 5xx, or another error that does not come from Trakt itself. A page
    /// of the edge with 400 or 404 is an outage and says nothing about the request.
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
    #[error("unexpected response from Trakt (status {status}): {what}")]
    Protocol {
        /// The status.
        status: u16,
        /// What was unexpected.
        what: Unexpected,
    },

    /// A list could not be read to its end, or changed with every attempt: what was read is not the whole list.
    #[error(
        "the list could not be read completely: {distinct} items of {expected} announced after {attempts} attempts"
    )]
    Incomplete {
        /// How many items the headers announced.
        expected: u64,
        /// How many distinct items the last attempt delivered.
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
