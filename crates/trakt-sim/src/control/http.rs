//! `/_sim/*`: the control API over HTTP.

use chrono::{DateTime, Duration, Utc};
use hyper::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{act, decide_device, edit_title, revoke_tokens, waiting_codes};
use crate::faults::Fault;
use crate::message::{Reply, Request};
use crate::requests::RequestLog;
use crate::state::{AccountStatus, Application, ApplicationStatus, Consent, Store};
use crate::views::Stamp;

type Control = Result<Reply, Reply>;

pub(crate) fn answer(store: &mut Store, log: &mut RequestLog, request: &Request) -> Reply {
    let segments = request.segments();
    route(store, log, request, &segments[1..]).unwrap_or_else(|refused| refused)
}

fn route(store: &mut Store, log: &mut RequestLog, request: &Request, path: &[&str]) -> Control {
    match path {
        ["clock"] => clock(store, request),
        ["faults"] => faults(store, request),
        ["requests"] => requests(log, &request.method),
        ["users", name] => user(store, request, name),
        ["users", name, "tokens"] => tokens(store, request, name),
        ["as", user, ..] => other_device(store, request, user),
        ["applications"] => add_application(store, request),
        ["applications", client_id] => application(store, request, client_id),
        ["devices"] => Ok(Reply::json(200, &json!({"waiting": waiting_codes(store)}))),
        ["devices", code] => device(store, request, code),
        ["titles", kind, id] => title(store, kind, id),
        ["ids"] => hidden_ids(store, request),
        ["config"] => config(store, request),
        ["limits"] if request.method == Method::DELETE => {
            store.limiter.forget();
            Ok(Reply::empty(204))
        }
        ["state"] => state(store, request),
        _ => Err(refuse(404, "no such control: see the README of trakt-sim")),
    }
}

fn refuse(status: u16, text: impl std::fmt::Display) -> Reply {
    Reply::json(status, &json!({"error": text.to_string()}))
}

fn read<T: DeserializeOwned>(request: &Request) -> Result<T, Reply> {
    serde_json::from_slice(&request.body).map_err(|error| refuse(400, error))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockChange {
    /// Moves the clock forward.
    advance_seconds: Option<i64>,
    /// Stops the clock (true), or lets it run (false).
    freeze: Option<bool>,
    /// Seconds that the clock gains per hour from now on.
    drift_seconds_per_hour: Option<i64>,
    /// Stops the clock at this time.
    at: Option<DateTime<Utc>>,
}

fn clock(store: &mut Store, request: &Request) -> Control {
    if request.method == Method::POST {
        let change: ClockChange = read(request)?;
        match (change.freeze, change.at) {
            (_, Some(at)) => store.clock.freeze(Some(at)),
            (Some(true), None) => store.clock.freeze(None),
            (Some(false), None) => store.clock.run(),
            (None, None) => {}
        }
        if let Some(seconds_per_hour) = change.drift_seconds_per_hour {
            store.clock.set_drift(seconds_per_hour);
        }
        if let Some(seconds) = change.advance_seconds {
            store.clock.advance(Duration::seconds(seconds));
        }
    }
    Ok(Reply::json(
        200,
        &json!({"now": Stamp(store.now()), "frozen": store.clock.is_frozen(),
        "drift_seconds_per_hour": store.clock.drift()}),
    ))
}

fn faults(store: &mut Store, request: &Request) -> Control {
    if request.method == Method::POST {
        store.faults.add(read::<Fault>(request)?);
    } else if request.method == Method::DELETE {
        store.faults.clear();
    }
    Ok(Reply::json(200, &store.faults.list()))
}

fn requests(log: &mut RequestLog, method: &Method) -> Control {
    if method == Method::DELETE {
        log.clear();
    }
    Ok(Reply::json(200, &log.list()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UserChange {
    vip: Option<bool>,
    private: Option<bool>,
    plex_connected: Option<bool>,
    status: Option<AccountStatus>,
}

fn user(store: &mut Store, request: &Request, name: &str) -> Control {
    let change = (request.method == Method::POST).then(|| read::<UserChange>(request)).transpose()?;
    let user = store.user_mut(name).ok_or_else(|| refuse(404, "no such person"))?;
    if let Some(change) = change {
        user.vip = change.vip.unwrap_or(user.vip);
        user.private = change.private.unwrap_or(user.private);
        user.plex_connected = change.plex_connected.unwrap_or(user.plex_connected);
        user.status = change.status.unwrap_or(user.status);
    }
    Ok(Reply::json(
        200,
        &json!({"username": user.username, "vip": user.vip, "private": user.private, "plex_connected": user.plex_connected,
                "status": user.status,                 "plays": user.history.len()}),
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenRequest {
    client_id: String,
}

fn tokens(store: &mut Store, request: &Request, name: &str) -> Control {
    let missing = || refuse(404, "no such person");
    if request.method == Method::DELETE {
        return if revoke_tokens(store, name) { Ok(Reply::empty(204)) } else { Err(missing()) };
    }
    let wanted: TokenRequest = read(request)?;
    let username = store.user(name).ok_or_else(missing)?.username.clone();
    let token = store.issue_token(&username, &wanted.client_id);
    Ok(Reply::json(200, &json!({"access_token": token.access, "refresh_token": token.refresh})))
}

fn add_application(store: &mut Store, request: &Request) -> Control {
    if request.method == Method::POST {
        let application: Application = read(request)?;
        store.access.applications.retain(|known| known.client_id != application.client_id);
        store.access.applications.push(application);
    }
    Ok(Reply::json(200, &store.access.applications))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApplicationChange {
    status: ApplicationStatus,
}

fn application(store: &mut Store, request: &Request, client_id: &str) -> Control {
    let change: ApplicationChange = read(request)?;
    let applications = &mut store.access.applications;
    let application = applications.iter_mut().find(|application| application.client_id == client_id);
    let application = application.ok_or_else(|| refuse(404, "no such application"))?;
    application.status = change.status;
    Ok(Reply::json(200, application))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeviceDecision {
    user: String,
    approve: bool,
}

fn device(store: &mut Store, request: &Request, code: &str) -> Control {
    let decided: DeviceDecision = read(request)?;
    let decision =
        if decided.approve { Consent::Approved { username: decided.user } } else { Consent::Denied };
    match decide_device(store, code, decision) {
        true => Ok(Reply::empty(204)),
        false => Err(refuse(404, "no such code waits")),
    }
}

fn title(store: &mut Store, kind: &str, id: &str) -> Control {
    let known = id.parse().is_ok_and(|id| edit_title(store, kind, id));
    if known { Ok(Reply::empty(204)) } else { Err(refuse(404, "no such movie or show")) }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HiddenIds {
    hide: Vec<String>,
}

fn hidden_ids(store: &mut Store, request: &Request) -> Control {
    store.hidden_ids = read::<HiddenIds>(request)?.hide;
    Ok(Reply::json(200, &store.hidden_ids))
}

fn config(store: &mut Store, request: &Request) -> Control {
    if request.method == Method::POST {
        let mut merged = json!(store.config);
        crate::views::merge(&mut merged, read(request)?);
        store.config = serde_json::from_value(merged).map_err(|error| refuse(400, error))?;
    }
    Ok(Reply::json(200, &store.config))
}

fn state(store: &mut Store, request: &Request) -> Control {
    if request.method == Method::PUT {
        store.restore(read(request)?);
        return Ok(Reply::empty(204));
    }
    Ok(Reply::json(200, &store.snapshot()))
}

fn other_device(store: &mut Store, request: &Request, user: &str) -> Control {
    let username = store.user(user).ok_or_else(|| refuse(404, "no such person"))?.username.clone();
    let path =
        request.path.splitn(4, '/').last().map(|rest| rest.split_once('/').map_or("", |(_, path)| path));
    let uri = format!("/{}?{}", path.unwrap_or_default(), request.query_text);
    let body: Option<Value> = serde_json::from_slice(&request.body).ok();
    Ok(act(store, &username, request.method.as_str(), &uri, body.as_ref()))
}
