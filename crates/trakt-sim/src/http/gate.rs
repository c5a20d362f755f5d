//! Checks that Trakt makes before it looks at the path: application, limits, token, account, content type.

use chrono::{DateTime, Utc};
use hyper::Method;

use super::refusal::Refusal;
use crate::limits::Budget;
use crate::message::{Reply, Request};
use crate::state::{AccountStatus, ApplicationStatus, Store};

/// A call that passed the checks.
pub(crate) struct Pass {
    /// The username identified by the token.
    pub caller: Option<String>,
    /// The `X-Ratelimit` header.
    pub rate_limit: String,
}

pub(crate) fn enter(store: &mut Store, request: &Request, now: DateTime<Utc>) -> Result<Pass, Reply> {
    let client_id = application(store, request).map_err(Refusal::into_reply)?;
    let caller = caller(store, request, now).map_err(Refusal::into_reply)?;
    let rate_limit = pace(store, request, caller.as_deref().unwrap_or(&client_id), caller.is_some(), now)?;
    account(store, caller.as_deref()).map_err(Refusal::into_reply)?;
    content_type(request).map_err(Refusal::into_reply)?;
    Ok(Pass { caller, rate_limit })
}

fn application(store: &Store, request: &Request) -> Result<String, Refusal> {
    let client_id = request.header("trakt-api-key").ok_or(Refusal::ApplicationNotAllowed)?;
    let application = store.access.application(client_id).ok_or(Refusal::ApplicationNotAllowed)?;
    match application.status {
        ApplicationStatus::Disallowed => Err(Refusal::ApplicationNotAllowed),
        ApplicationStatus::VipLapsed => Err(Refusal::VipOnly),
        ApplicationStatus::Allowed if request.header("trakt-api-version") != Some("2") => {
            Err(Refusal::BadRequest("send the header trakt-api-version: 2"))
        }
        ApplicationStatus::Allowed => Ok(client_id.to_owned()),
    }
}

/// Returns the user identified by the token. A token that was sent must be valid even if the path requires
/// none.
fn caller(store: &Store, request: &Request, now: DateTime<Utc>) -> Result<Option<String>, Refusal> {
    if request.header("authorization").is_none() {
        return Ok(None);
    }
    let token =
        request.bearer().and_then(|access| store.access.token(access, now)).ok_or(Refusal::Unauthorized)?;
    Ok(Some(token.username.clone()))
}

fn pace(
    store: &mut Store,
    request: &Request,
    key: &str,
    known: bool,
    now: DateTime<Utc>,
) -> Result<String, Reply> {
    let budget = match (request.is_read(), known) {
        (true, true) => Budget::Read,
        (true, false) => Budget::PublicRead,
        (false, _) => Budget::Write,
    };
    let verdict = store.limiter.count(key, budget, now, &store.config);
    let header = serde_json::to_string(&verdict.header).expect("a header of numbers and strings");
    match verdict.retry_after.filter(|_| store.config.enforce_pace) {
        Some(seconds) => {
            Err(Reply::empty(429).header("Retry-After", seconds.to_string()).header("X-Ratelimit", header))
        }
        None => Ok(header),
    }
}

fn account(store: &Store, caller: Option<&str>) -> Result<(), Refusal> {
    match caller.and_then(|name| store.user(name)).map(|user| user.status) {
        Some(AccountStatus::Locked) => Err(Refusal::Locked),
        Some(AccountStatus::Deactivated) => Err(Refusal::Deactivated),
        Some(AccountStatus::Open) | None => Ok(()),
    }
}

fn content_type(request: &Request) -> Result<(), Refusal> {
    let has_body = request.method == Method::POST || request.method == Method::PUT;
    if !has_body || request.body.is_empty() {
        return Ok(());
    }
    let declared = request.header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
    if declared { Ok(()) } else { Err(Refusal::WrongContentType) }
}
