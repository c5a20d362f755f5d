use std::sync::Arc;

use reqwest::Method;
use rstest::rstest;

use super::*;
use crate::error::{Conflict, Limited, LostBecause, Repeat, Sent, Stage, Unexpected};

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

fn server(retry_at: Option<DateTime<Utc>>) -> Error {
    Error::Server { status: 503, retry_at }
}

fn transport() -> Error {
    Error::Transport { stage: Stage::Request, source: "reset".into() }
}

fn validation() -> Error {
    Error::Validation { status: 422, message: String::new() }
}

fn renewal(cause: Error) -> Error {
    Error::RenewalFailed { until: at(60), cause: Arc::new(cause) }
}

fn unknown(cause: Error) -> Error {
    let sent =
        Sent { method: Method::POST, path: "/sync/history".into(), body: None, repeat: Repeat::Duplicates };
    Error::Unknown(Box::new(UnknownOutcome { sent, cause }))
}

fn wait(seconds: i64, why: WaitReason) -> Remedy {
    Remedy::Wait { until: at(seconds), why }
}

fn look_up_first(not_before: Option<DateTime<Utc>>, scope: Scope) -> Remedy {
    Remedy::LookUpFirst { not_before, scope }
}

#[rstest]
#[case::rate_limit(Error::RateLimited { until: at(9) }, wait(9, WaitReason::RateLimit))]
#[case::edge(Error::EdgeBlock { status: 403, until: at(9) }, wait(9, WaitReason::EdgeBlock))]
#[case::server_with_retry_after(server(Some(at(9))), wait(9, WaitReason::Unavailable))]
#[case::server(server(None), Remedy::RetryLater(Scope::ThisCall))]
#[case::network(transport(), Remedy::RetryLater(Scope::EveryCall))]
#[case::sign_in_service(Error::OAuth { status: 503, code: None }, Remedy::RetryLater(Scope::EveryCall))]
#[case::protocol(Error::Protocol { status: 200, what: Unexpected::Html }, Remedy::RetryLater(Scope::ThisCall))]
#[case::incomplete(Error::Incomplete { expected: 2, distinct: 1, attempts: 3 }, Remedy::RetryLater(Scope::ThisCall))]
#[case::never_connected(Error::NotConnected, Remedy::Reconnect)]
#[case::lost(Error::Reconnect(LostBecause::RefreshRefused), Remedy::Reconnect)]
#[case::application(Error::ApplicationNotAllowed { status: 403 }, Remedy::FixApplication)]
#[case::locked(Error::Locked, Remedy::RestoreAccount(Suspension::Locked))]
#[case::deactivated(Error::Deactivated, Remedy::RestoreAccount(Suspension::Deactivated))]
#[case::full(
    Error::AccountLimit { what: Limited::History, limit: None, vip: None, upgrade_url: None },
    Remedy::RaiseLimit
)]
#[case::vip(Error::VipNeeded { upgrade_url: None }, Remedy::RaiseLimit)]
#[case::refused(validation(), Remedy::FixEntry)]
#[case::forbidden(Error::Forbidden, Remedy::FixEntry)]
#[case::private(Error::Private, Remedy::FixEntry)]
#[case::not_found(Error::NotFound, Remedy::NotFound)]
#[case::conflict(Error::Conflict(Conflict::default()), Remedy::AlreadyDone)]
#[case::store(Error::TokenStore("read-only".into()), Remedy::RepairStore)]
#[case::setup(Error::Setup("no"), Remedy::ReportBug)]
fn every_error_has_one_remedy(#[case] error: Error, #[case] remedy: Remedy) {
    assert_eq!(error.remedy(), remedy);
}

/// An expired token during an outage waits, whatever the outage looks like; it never fails queued work.
#[rstest]
#[case::network(transport(), wait(60, WaitReason::NotRenewed))]
#[case::server(server(None), wait(60, WaitReason::NotRenewed))]
#[case::sign_in_service(Error::OAuth { status: 400, code: None }, wait(60, WaitReason::NotRenewed))]
#[case::unusual_rejection(validation(), wait(60, WaitReason::NotRenewed))]
#[case::longer_pause(server(Some(at(90))), wait(90, WaitReason::NotRenewed))]
#[case::shorter_pause(Error::RateLimited { until: at(9) }, wait(60, WaitReason::RateLimit))]
#[case::edge(Error::EdgeBlock { status: 403, until: at(300) }, wait(300, WaitReason::EdgeBlock))]
#[case::locked(Error::Locked, Remedy::RestoreAccount(Suspension::Locked))]
fn a_failed_renewal_waits_unless_waiting_cannot_help(#[case] cause: Error, #[case] remedy: Remedy) {
    assert_eq!(renewal(cause).remedy(), remedy);
}

#[rstest]
#[case::network(transport(), look_up_first(None, Scope::EveryCall))]
#[case::server(server(None), look_up_first(None, Scope::ThisCall))]
#[case::server_with_retry_after(server(Some(at(9))), look_up_first(Some(at(9)), Scope::EveryCall))]
#[case::garbled(Error::Protocol { status: 201, what: Unexpected::Empty }, look_up_first(None, Scope::ThisCall))]
fn a_write_with_an_unknown_outcome_is_looked_up_first(#[case] cause: Error, #[case] remedy: Remedy) {
    assert_eq!(unknown(cause).remedy(), remedy);
}
