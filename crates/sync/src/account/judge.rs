//! What an error of the Trakt client means for the message being sent and for the account.

use chrono::{DateTime, Utc};
use db::kinds::AccountState;
use trakt::{
    Error as TraktError,
    error::{Remedy, Scope, Suspension, WaitReason},
};

use crate::status::{Failure, TemporaryProblem};

/// What an error means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// What is stored with the message.
    pub(crate) failure: Failure,
    /// What follows.
    pub(crate) effect: Effect,
    /// The message may have arrived: Trakt is checked before it is sent again.
    pub(crate) in_doubt: bool,
}

/// What follows from an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing can be sent for this account until a user acts.
    Stop(AccountState),
    /// Nothing can be sent for this account for a while.
    Pause {
        /// Why.
        problem: TemporaryProblem,
        /// Until when; `None` if the caller spaces out its attempts.
        until: Option<DateTime<Utc>>,
    },
    /// It affects only this message: try again later.
    Retry {
        /// Not before.
        not_before: Option<DateTime<Utc>>,
    },
    /// Trakt already has it.
    Done,
    /// Trakt rejects this message.
    Refuse,
}

/// Classifies an error. This is the only place that does.
pub(crate) fn judge(error: &TraktError) -> Verdict {
    let remedy = error.remedy();
    let effect = match remedy {
        Remedy::Reconnect => Effect::Stop(AccountState::Reconnect),
        Remedy::FixApplication => Effect::Stop(AccountState::ApplicationNotAllowed),
        Remedy::RestoreAccount(Suspension::Locked) => Effect::Stop(AccountState::Locked),
        Remedy::RestoreAccount(Suspension::Deactivated) => Effect::Stop(AccountState::Deactivated),
        Remedy::RepairStore => Effect::Pause { problem: TemporaryProblem::StoreNotWritable, until: None },
        Remedy::Wait { until, why } => Effect::Pause { problem: problem(until, why), until: Some(until) },
        Remedy::RetryLater(scope) => later(scope, None),
        // Without an answer, Trakt's verdict on this message is unknown. But the cause can show that no request
        // gets through at the moment.
        Remedy::LookUpFirst { not_before, scope } => later(scope, not_before),
        Remedy::AlreadyDone => Effect::Done,
        Remedy::RaiseLimit | Remedy::FixEntry | Remedy::NotFound | Remedy::ReportBug => Effect::Refuse,
    };
    let in_doubt = matches!(remedy, Remedy::LookUpFirst { .. });
    Verdict { failure: failure_of(error), effect, in_doubt }
}

fn problem(until: DateTime<Utc>, why: WaitReason) -> TemporaryProblem {
    match why {
        WaitReason::RateLimit => TemporaryProblem::RateLimited { until },
        WaitReason::EdgeBlock => TemporaryProblem::EdgeBlocked { until },
        WaitReason::NotRenewed => TemporaryProblem::NotRenewed { until },
        WaitReason::Unavailable => TemporaryProblem::Unreachable,
    }
}

fn later(scope: Scope, not_before: Option<DateTime<Utc>>) -> Effect {
    match scope {
        Scope::EveryCall => Effect::Pause { problem: TemporaryProblem::Unreachable, until: not_before },
        Scope::ThisCall => Effect::Retry { not_before },
    }
}

fn failure_of(error: &TraktError) -> Failure {
    use TraktError as E;
    match error {
        E::NotConnected | E::Reconnect(_) => Failure::Reconnect,
        E::RenewalFailed { until, .. } if matches!(error.remedy(), Remedy::Wait { .. }) => {
            Failure::RenewalFailed { until: *until }
        }
        // An error that does not pass by itself is reported by its cause.
        E::RenewalFailed { cause, .. } => failure_of(cause),
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
        E::OAuth { status, .. } | E::Server { status, .. } => Failure::Server { status: Some(*status) },
        E::Transport { .. } => Failure::Unreachable,
        E::Protocol { .. } | E::Incomplete { .. } => Failure::UnexpectedAnswer,
        // Trakt has reported an error, but not whether it processed the message.
        E::Unknown(outcome) if matches!(outcome.cause, E::Server { .. }) => failure_of(&outcome.cause),
        E::Unknown(_) => Failure::Unknown,
        E::TokenStore(_) => Failure::TokenStore,
        E::Setup(_) => Failure::NotSetUp,
        // Errors that the client may add later: `effect` is already correct, because it comes from the remedy.
        _ => Failure::Failed,
    }
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
