use std::{io, sync::Arc};

use rstest::rstest;
use trakt::error::{Conflict, Limited, LostBecause, Repeat, Sent, Stage, Unexpected, UnknownOutcome};

use super::*;

fn at() -> DateTime<Utc> {
    "2026-11-21T20:00:00Z".parse().unwrap()
}

fn transport() -> TraktError {
    TraktError::Transport { stage: Stage::Request, source: Box::new(io::Error::other("reset")) }
}

fn server(retry_at: Option<DateTime<Utc>>) -> TraktError {
    TraktError::Server { status: 503, retry_at }
}

const RETRY: Effect = Effect::Retry { not_before: None };
const UNREACHABLE: Effect = Effect::Pause { problem: TemporaryProblem::Unreachable, until: None };

#[rstest]
#[case::never_connected(TraktError::NotConnected, Effect::Stop(AccountState::Reconnect))]
#[case::token_refused(
    TraktError::Reconnect(LostBecause::TokenRefused),
    Effect::Stop(AccountState::Reconnect)
)]
#[case::application_refused(
    TraktError::ApplicationNotAllowed { status: 403 },
    Effect::Stop(AccountState::ApplicationNotAllowed)
)]
#[case::locked(TraktError::Locked, Effect::Stop(AccountState::Locked))]
#[case::deactivated(TraktError::Deactivated, Effect::Stop(AccountState::Deactivated))]
#[case::renewal_failed(
    TraktError::RenewalFailed { until: at(), cause: Arc::new(transport()) },
    Effect::Pause { problem: TemporaryProblem::NotRenewed { until: at() }, until: Some(at()) }
)]
#[case::rate_limited(
    TraktError::RateLimited { until: at() },
    Effect::Pause { problem: TemporaryProblem::RateLimited { until: at() }, until: Some(at()) }
)]
#[case::edge(
    TraktError::EdgeBlock { status: 403, until: at() },
    Effect::Pause { problem: TemporaryProblem::EdgeBlocked { until: at() }, until: Some(at()) }
)]
#[case::renewal_refused(
    TraktError::RenewalFailed { until: at(), cause: Arc::new(TraktError::Locked) },
    Effect::Stop(AccountState::Locked)
)]
#[case::sign_in_service_away(TraktError::OAuth { status: 503, code: None }, UNREACHABLE)]
#[case::database_full(
    TraktError::TokenStore("disk full".into()),
    Effect::Pause { problem: TemporaryProblem::StoreNotWritable, until: None }
)]
#[case::unreachable(transport(), UNREACHABLE)]
#[case::away_until(server(Some(at())), Effect::Pause { problem: TemporaryProblem::Unreachable, until: Some(at()) })]
#[case::away(server(None), Effect::Retry { not_before: None })]
#[case::garbled(
    TraktError::Protocol { status: 200, what: Unexpected::Empty },
    Effect::Retry { not_before: None }
)]
#[case::incomplete(
    TraktError::Incomplete { expected: 3, distinct: 2, attempts: 3 },
    Effect::Retry { not_before: None }
)]
#[case::full(
    TraktError::AccountLimit { what: Limited::Watchlist, limit: Some(100), vip: None, upgrade_url: None },
    Effect::Refuse
)]
#[case::vip(TraktError::VipNeeded { upgrade_url: None }, Effect::Refuse)]
#[case::invalid(TraktError::Validation { status: 422, message: String::new() }, Effect::Refuse)]
#[case::forbidden(TraktError::Forbidden, Effect::Refuse)]
#[case::private(TraktError::Private, Effect::Refuse)]
#[case::not_found(TraktError::NotFound, Effect::Refuse)]
#[case::no_secret(TraktError::Setup("no client secret"), Effect::Refuse)]
#[case::done(TraktError::Conflict(Conflict::default()), Effect::Done)]
fn effects(#[case] error: TraktError, #[case] effect: Effect) {
    let verdict = judge(&error);
    assert_eq!((verdict.effect, verdict.in_doubt), (effect, false));
}

#[rstest]
#[case::nothing_gets_through(transport(), UNREACHABLE, Failure::Unknown)]
#[case::only_this_call(server(None), RETRY, Failure::Server { status: Some(503) })]
#[case::a_lost_answer_stops_no_account(TraktError::Locked, RETRY, Failure::Unknown)]
fn a_lost_answer_leaves_the_message_in_doubt(
    #[case] cause: TraktError,
    #[case] effect: Effect,
    #[case] failure: Failure,
) {
    let sent = Sent {
        method: "POST".parse().unwrap(),
        path: "/sync/history".into(),
        body: None,
        repeat: Repeat::Duplicates,
    };
    let verdict = judge(&TraktError::Unknown(Box::new(UnknownOutcome { sent, cause })));
    assert_eq!((verdict.failure, verdict.effect, verdict.in_doubt), (failure, effect, true));
}
