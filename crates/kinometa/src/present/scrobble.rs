//! The player's Trakt status dot.

use chrono::{DateTime, Utc};
use sync::{
    AccountStatus, DotMessage, DotState, Hint, RowFailure, ScrobbleStatus, TemporaryProblem, Withheld,
};

use api_types::playback::{self as wire, Action, ScrobbleState};

use super::addresses;
use crate::messages;

/// The status dot for the API.
pub(crate) fn scrobble_status(status: ScrobbleStatus) -> wire::ScrobbleStatus {
    wire::ScrobbleStatus {
        state: match status.state {
            DotState::Off => ScrobbleState::Off,
            DotState::Scrobbling => ScrobbleState::Scrobbling,
            DotState::Queued => ScrobbleState::Queued,
            DotState::Failed => ScrobbleState::Failed,
            DotState::Private => ScrobbleState::Private,
        },
        code: code(&status.message),
        message: messages::of_dot(&status.message),
        retry_at: retry_at(&status.message),
        action: status.hint.map(action),
        counted: status.counted,
    }
}

fn action(hint: Hint) -> Action {
    let (code, label, href) = match hint {
        Hint::Connect => ("connect", "Connect Trakt", addresses::TRAKT_SETTINGS.to_owned()),
        Hint::Application => ("application", "Set up Trakt", addresses::TRAKT_SETTINGS.to_owned()),
        Hint::Match { title_id } => ("match", "Fix match", addresses::fix_match(title_id)),
        Hint::Settings => ("settings", "Trakt settings", addresses::TRAKT_SETTINGS.to_owned()),
        Hint::Queue => ("queue", "View queue", addresses::TRAKT_SETTINGS.to_owned()),
    };
    Action { code, label: label.to_owned(), href }
}

fn code(message: &DotMessage) -> String {
    let plain = match message {
        DotMessage::Account(status) => return account_code(*status).to_owned(),
        DotMessage::Refused(Some(RowFailure::Known(failure)))
        | DotMessage::Waiting(Some(RowFailure::Known(failure))) => return failure.code(),
        // Only the message is known.
        DotMessage::Refused(Some(_)) | DotMessage::Waiting(Some(_)) => "other",
        DotMessage::Withheld(Withheld::Excluded) => "excluded",
        DotMessage::Withheld(Withheld::SwitchedOff(_)) => "switched_off",
        DotMessage::Private => "private",
        DotMessage::Refused(None) => "refused",
        DotMessage::Ready => "ready",
        DotMessage::CheckingDeleted => "checking_deleted",
        DotMessage::Deleted => "deleted",
        DotMessage::Watching => "watching",
        DotMessage::PositionKept => "position_kept",
        DotMessage::Counted => "counted",
        DotMessage::NotCounted => "not_counted",
        DotMessage::Checking => "checking",
        DotMessage::CatchingUp => "catching_up",
        DotMessage::Sending => "sending",
        DotMessage::Waiting(None) => "waiting",
    };
    plain.to_owned()
}

fn account_code(status: AccountStatus) -> &'static str {
    match status {
        AccountStatus::NotConfigured => "not_configured",
        AccountStatus::Disconnected => "disconnected",
        AccountStatus::Connected => "ready",
        AccountStatus::Reconnect => "reconnect",
        AccountStatus::ApplicationNotAllowed => "application_not_allowed",
        AccountStatus::Locked => "locked",
        AccountStatus::Deactivated => "deactivated",
        AccountStatus::Troubled(TemporaryProblem::Unreachable) => "unreachable",
        AccountStatus::Troubled(TemporaryProblem::RateLimited { .. }) => "rate_limited",
        AccountStatus::Troubled(TemporaryProblem::EdgeBlocked { .. }) => "edge_blocked",
        AccountStatus::Troubled(TemporaryProblem::NotRenewed { .. }) => "renewal_failed",
        AccountStatus::Troubled(TemporaryProblem::StoreNotWritable) => "token_store",
    }
}

fn retry_at(message: &DotMessage) -> Option<DateTime<Utc>> {
    match message {
        DotMessage::Account(AccountStatus::Troubled(problem)) => problem.until(),
        DotMessage::Refused(Some(RowFailure::Known(failure)))
        | DotMessage::Waiting(Some(RowFailure::Known(failure))) => failure.until(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use sync::Failure;

    use super::*;

    #[test]
    fn a_wait_has_a_code_and_the_time_of_the_next_attempt() {
        let until = "2026-11-21T20:50:00Z".parse().unwrap();
        let limited = DotMessage::Waiting(Some(RowFailure::Known(Failure::RateLimited { until })));
        assert_eq!((code(&limited).as_str(), retry_at(&limited)), ("rate_limited", Some(until)));
        let problem = AccountStatus::Troubled(TemporaryProblem::NotRenewed { until });
        let renewal = DotMessage::Account(problem);
        assert_eq!((code(&renewal).as_str(), retry_at(&renewal)), ("renewal_failed", Some(until)));
    }

    #[test]
    fn a_sentence_stored_by_an_earlier_version_has_the_code_other() {
        let stored = DotMessage::Refused(Some(RowFailure::Sentence("Trakt is away.".into())));
        assert_eq!((code(&stored).as_str(), retry_at(&stored)), ("other", None));
    }
}
