//! Maps errors to remedies: the only place that classifies errors.

use chrono::{DateTime, Utc};

use super::{Error, UnknownOutcome};

/// What a caller should do about an error.
///
/// | Remedy | Errors | What it means for queued work |
/// |---|---|---|
/// | [`Wait`](Self::Wait) | `RateLimited`, `EdgeBlock`, `RenewalFailed`, `Server` with `Retry-After` | keep; send nothing for this account before `until` |
/// | [`RetryLater`](Self::RetryLater) | `Transport`, `Server`, `OAuth`, `Protocol`, `Incomplete` | keep; the caller spaces out the attempts |
/// | [`LookUpFirst`](Self::LookUpFirst) | `Unknown` | keep, marked as unknown; check whether it arrived before sending it again |
/// | [`Reconnect`](Self::Reconnect) | `NotConnected`, `Reconnect` | keep; stop the account until the user connects it again |
/// | [`FixApplication`](Self::FixApplication) | `ApplicationNotAllowed` | keep, tokens too; stop until another key is entered |
/// | [`RestoreAccount`](Self::RestoreAccount) | `Locked`, `Deactivated` | keep; stop the account until its owner has acted on Trakt |
/// | [`RepairStore`](Self::RepairStore) | `TokenStore` | keep; the token store must become writable first |
/// | [`RaiseLimit`](Self::RaiseLimit) | `AccountLimit`, `VipNeeded` | this entry fails until the account's owner makes room or becomes VIP; others continue |
/// | [`FixEntry`](Self::FixEntry) | `Validation`, `Forbidden`, `Private` | this entry fails; others continue |
/// | [`NotFound`](Self::NotFound) | `NotFound` | this entry fails (a removal has succeeded); others continue |
/// | [`AlreadyDone`](Self::AlreadyDone) | `Conflict` | this entry has succeeded |
/// | [`ReportBug`](Self::ReportBug) | `Setup` | the entry fails; the program or its configuration is wrong |
///
/// Only the first seven concern the whole account. A `RenewalFailed` has the remedy of its cause, except that
/// it always waits where the cause could simply be retried: without a token nothing can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Send nothing for this account before `until`.
    Wait {
        /// The end of the wait; at most one hour away
        /// ([`LONGEST_PAUSE`](crate::limits::LONGEST_PAUSE)).
        until: DateTime<Utc>,
        /// Why.
        why: WaitReason,
    },
    /// Try again later. Nothing was applied.
    RetryLater(Scope),
    /// The write may have been applied: check on Trakt before sending it again.
    LookUpFirst {
        /// The earliest time, if the cause names one.
        not_before: Option<DateTime<Utc>>,
        /// Whether other calls are affected, according to the cause.
        scope: Scope,
    },
    /// The user has to connect the account (again).
    Reconnect,
    /// Trakt rejects the application: another key has to be entered.
    FixApplication,
    /// The account's owner has to act on Trakt before anything can be sent.
    RestoreAccount(Suspension),
    /// The token store has to work again first.
    RepairStore,
    /// The account is full, or the request needs VIP.
    RaiseLimit,
    /// Trakt rejects this request; sending it again cannot help.
    FixEntry,
    /// Trakt does not know the item; sending it again cannot help.
    NotFound,
    /// What was requested is already done.
    AlreadyDone,
    /// The program or its configuration is wrong; sending it again cannot help.
    ReportBug,
}

/// Why nothing may be sent for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitReason {
    /// Trakt's limit for the account.
    RateLimit,
    /// The edge blocks this address.
    EdgeBlock,
    /// Trakt is down and said when to retry.
    Unavailable,
    /// The call needs a new token, and renewing it failed because Trakt or the network is down.
    NotRenewed,
}

/// How far a failure reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// No call would get through.
    EveryCall,
    /// Other calls may succeed.
    ThisCall,
}

/// What happened to an account on Trakt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspension {
    /// Locked by Trakt: its owner has to contact support.
    Locked,
    /// Deactivated by its owner.
    Deactivated,
}

impl Error {
    /// What to do about this error; see the table at [`Remedy`].
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::NotConnected | Self::Reconnect(_) => Remedy::Reconnect,
            Self::RenewalFailed { until, cause } => without_token(*until, cause.remedy()),
            Self::ApplicationNotAllowed { .. } => Remedy::FixApplication,
            Self::EdgeBlock { until, .. } => Remedy::Wait { until: *until, why: WaitReason::EdgeBlock },
            Self::RateLimited { until } => Remedy::Wait { until: *until, why: WaitReason::RateLimit },
            Self::AccountLimit { .. } | Self::VipNeeded { .. } => Remedy::RaiseLimit,
            Self::Locked => Remedy::RestoreAccount(Suspension::Locked),
            Self::Deactivated => Remedy::RestoreAccount(Suspension::Deactivated),
            Self::Validation { .. } | Self::Forbidden | Self::Private => Remedy::FixEntry,
            Self::NotFound => Remedy::NotFound,
            Self::Conflict(_) => Remedy::AlreadyDone,
            Self::Server { retry_at: Some(until), .. } => {
                Remedy::Wait { until: *until, why: WaitReason::Unavailable }
            }
            Self::Transport { .. } | Self::OAuth { .. } => Remedy::RetryLater(Scope::EveryCall),
            Self::Server { retry_at: None, .. } | Self::Protocol { .. } | Self::Incomplete { .. } => {
                Remedy::RetryLater(Scope::ThisCall)
            }
            Self::Unknown(outcome) => look_up(outcome),
            Self::TokenStore(_) => Remedy::RepairStore,
            Self::Setup(_) => Remedy::ReportBug,
        }
    }
}

/// The remedy if the token could not be renewed: temporary causes become a wait, all others keep their own remedy.
fn without_token(until: DateTime<Utc>, cause: Remedy) -> Remedy {
    match cause {
        Remedy::Wait { until: asked, why: why @ (WaitReason::RateLimit | WaitReason::EdgeBlock) } => {
            Remedy::Wait { until: until.max(asked), why }
        }
        Remedy::Wait { until: asked, why: WaitReason::Unavailable | WaitReason::NotRenewed } => {
            Remedy::Wait { until: until.max(asked), why: WaitReason::NotRenewed }
        }
        Remedy::Reconnect
        | Remedy::FixApplication
        | Remedy::RestoreAccount(_)
        | Remedy::RepairStore
        | Remedy::ReportBug => cause,
        Remedy::RetryLater(_)
        | Remedy::LookUpFirst { .. }
        | Remedy::RaiseLimit
        | Remedy::FixEntry
        | Remedy::NotFound
        | Remedy::AlreadyDone => Remedy::Wait { until, why: WaitReason::NotRenewed },
    }
}

fn look_up(outcome: &UnknownOutcome) -> Remedy {
    let (not_before, scope) = match outcome.cause.remedy() {
        Remedy::Wait { until, .. } => (Some(until), Scope::EveryCall),
        Remedy::RetryLater(scope) | Remedy::LookUpFirst { scope, .. } => (None, scope),
        Remedy::Reconnect
        | Remedy::FixApplication
        | Remedy::RestoreAccount(_)
        | Remedy::RepairStore
        | Remedy::RaiseLimit
        | Remedy::FixEntry
        | Remedy::NotFound
        | Remedy::AlreadyDone
        | Remedy::ReportBug => (None, Scope::ThisCall),
    };
    Remedy::LookUpFirst { not_before, scope }
}

#[cfg(test)]
#[path = "remedy_tests.rs"]
mod tests;
