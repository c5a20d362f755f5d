//! What an error of Trakt's client means: for the message that was being sent, and for the account.

use chrono::{DateTime, Utc};
use db::kinds::AccountState;
use trakt::{Error as TraktError, error::Remedy};

use crate::status::{Failure, Passing};

/// What an error means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// What is stored with the message.
    pub(crate) failure: Failure,
    /// What follows.
    pub(crate) effect: Effect,
    /// The message may have arrived all the same: Trakt is checked before it is sent again.
    pub(crate) in_doubt: bool,
}

/// What follows from an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing can be sent for this account until a person acts.
    Stop(AccountState),
    /// Nothing can be sent for this account for a while.
    Pause {
        /// Why.
        passing: Passing,
        /// Until when; None: the caller spaces out its attempts.
        until: Option<DateTime<Utc>>,
    },
    /// It concerns this message only: try it again later.
    Retry {
        /// Not before.
        not_before: Option<DateTime<Utc>>,
    },
    /// Trakt has it already.
    Done,
    /// Trakt will not take this message.
    Refuse,
}

/// Judges an error. This is the only place that does: whoever needs to know what an error means asks here.
pub(crate) fn judge(error: &TraktError) -> Verdict {
    let effect = match error.remedy() {
        Remedy::Connect => Effect::Stop(AccountState::Reconnect),
        Remedy::ReplaceApplication => Effect::Stop(AccountState::ApplicationNotAllowed),
        Remedy::AccountOwner => of_owner(error),
        Remedy::RepairStore => Effect::Pause { passing: Passing::StoreNotWritable, until: None },
        Remedy::Wait(until) => wait(error, until),
        Remedy::CheckFirst => in_doubt(error),
        Remedy::Nothing => Effect::Done,
        Remedy::GiveUp => Effect::Refuse,
    };
    Verdict { failure: failure_of(error), effect, in_doubt: error.remedy() == Remedy::CheckFirst }
}

/// A suspended account takes nothing; a full one, or one without VIP, takes other things.
fn of_owner(error: &TraktError) -> Effect {
    match error {
        TraktError::Locked => Effect::Stop(AccountState::Locked),
        TraktError::Deactivated => Effect::Stop(AccountState::Deactivated),
        _ => Effect::Refuse,
    }
}

fn wait(error: &TraktError, until: Option<DateTime<Utc>>) -> Effect {
    let passing = match (error, until) {
        (TraktError::RateLimited { until }, _) => Passing::RateLimited { until: *until },
        (TraktError::EdgeBlock { until, .. }, _) => Passing::EdgeBlocked { until: *until },
        (TraktError::RenewalFailed { until, .. }, _) => Passing::NotRenewed { until: *until },
        (TraktError::Transport { .. }, _) => Passing::Unreachable,
        // Trakt said when to come back: nothing is gained by asking before.
        (TraktError::Server { .. }, Some(_)) => Passing::Unreachable,
        _ => return Effect::Retry { not_before: until },
    };
    Effect::Pause { passing, until }
}

/// Without an answer nobody knows what Trakt would have said of the message, but the cause can say that nothing gets
/// through just now.
fn in_doubt(error: &TraktError) -> Effect {
    let TraktError::Unknown(outcome) = error else { return Effect::Retry { not_before: None } };
    match judge(&outcome.cause).effect {
        pause @ Effect::Pause { .. } => pause,
        Effect::Retry { not_before } => Effect::Retry { not_before },
        Effect::Stop(_) | Effect::Done | Effect::Refuse => Effect::Retry { not_before: None },
    }
}

fn failure_of(error: &TraktError) -> Failure {
    use TraktError as E;
    match error {
        E::NotConnected | E::Reconnect(_) => Failure::Reconnect,
        E::RenewalFailed { until, .. } => Failure::RenewalFailed { until: *until },
        E::ApplicationNotAllowed { status } => Failure::ApplicationNotAllowed { status: Some(*status) },
        E::EdgeBlock { until, .. } => Failure::EdgeBlocked { until: *until },
        E::RateLimited { until } => Failure::RateLimited { until: *until },
        E::AccountLimit { what, limit, .. } => Failure::AccountLimit { what: (*what).into(), limit: *limit },
        E::Locked => Failure::Locked,
        E::Deactivated => Failure::Deactivated,
        E::VipNeeded { .. } => Failure::VipNeeded,
        E::Validation { message, .. } => Failure::Refused { message: message.clone() },
        E::Forbidden | E::Private => Failure::Forbidden,
        E::NotFound => Failure::NotFound,
        E::Conflict(_) => Failure::AlreadyCounted,
        E::Server { status, .. } => Failure::Server { status: Some(*status) },
        E::Transport { .. } => Failure::Unreachable,
        E::Protocol { .. } | E::Incomplete { .. } => Failure::UnexpectedAnswer,
        E::Unknown(_) => Failure::Unknown,
        E::TokenStore(_) => Failure::TokenStore,
        E::Setup(_) => Failure::NotSetUp,
        // Trakt's client may learn new errors: their remedy has decided what follows.
        _ => Failure::Failed,
    }
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
