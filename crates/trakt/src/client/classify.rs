//! Turns a response into data or an [`Error`], without I/O.
//!
//! Trakt's own responses have `x-request-id` or `x-runtime`; those of the edge do not. This distinguishes a temporarily
//! blocked address from a deleted application (trakt-api issue 939), and an outage from a rejection: an edge page says
//! nothing about the request, whatever its status.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::transport::Reply;
use crate::error::{Conflict, Error, Limited, LostBecause, Result, Unexpected};
use crate::limits::{LONGEST_PAUSE, RateHeader};
use clock::after;

/// How long nothing is sent after the edge rejected a request without `Retry-After`.
const EDGE_PAUSE: Duration = Duration::from_secs(300);
/// How long a budget is paused after a 429 without `Retry-After` whose window has no usable end.
const LIMIT_PAUSE: Duration = Duration::from_secs(10);
/// The maximum length of Trakt's message in an error.
const MESSAGE_CHARS: usize = 300;

/// Classifies a response: `Ok` for a success, otherwise what the failure means.
pub(super) fn classify(reply: Reply, segments: &[String], now: DateTime<Utc>) -> Result<Reply> {
    let status = reply.status.as_u16();
    if reply.status.is_success() {
        return Ok(reply);
    }
    let from_trakt = is_from_trakt(&reply.headers);
    Err(match status {
        401 | 403 if !from_trakt => edge_block(&reply, now),
        429 if !from_trakt && rate_header(&reply.headers).is_none() => edge_block(&reply, now),
        // 420 is Trakt's own status: the edge never sends it.
        400..=419 | 421..=428 | 430..=499 if !from_trakt => {
            Error::Server { status, retry_at: retry_at(&reply.headers, now) }
        }
        401 if flag(&reply.headers, "x-private-user") => Error::Private,
        401 => Error::Reconnect(LostBecause::TokenRefused),
        403 => Error::Forbidden,
        404 => Error::NotFound,
        409 => Error::Conflict(conflict(&reply.body)),
        420 => account_limit(&reply, segments),
        423 if flag(&reply.headers, "x-account-deactivated") => Error::Deactivated,
        423 => Error::Locked,
        426 => Error::VipNeeded { upgrade_url: text(&reply.headers, "x-upgrade-url") },
        429 => Error::RateLimited {
            until: retry_at(&reply.headers, now).unwrap_or_else(|| limit_end(&reply, now)),
        },
        400..=499 => Error::Validation { status, message: message(&reply) },
        500..=599 => Error::Server { status, retry_at: retry_at(&reply.headers, now) },
        _ => Error::Protocol { status, what: Unexpected::Status },
    })
}

/// When to retry according to `Retry-After`: seconds or a date. A date in the past is ignored, and the wait is capped
/// at [`LONGEST_PAUSE`]: a year would silence the account for a year.
fn retry_at(headers: &HeaderMap, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let requested = match text.parse::<f64>().ok() {
        Some(seconds) => Duration::try_from_secs_f64(seconds).map(|pause| after(now, pause)).ok()?,
        None => DateTime::parse_from_rfc2822(text).ok()?.to_utc(),
    };
    (requested >= now).then(|| requested.min(after(now, LONGEST_PAUSE)))
}

fn edge_block(reply: &Reply, now: DateTime<Utc>) -> Error {
    let until = retry_at(&reply.headers, now).unwrap_or_else(|| after(now, EDGE_PAUSE));
    Error::EdgeBlock { status: reply.status.as_u16(), until }
}

/// The end of the window that a 429 without `Retry-After` reports, never later than a full period from now. A window
/// that ended in the past is ignored: clocks differ.
fn limit_end(reply: &Reply, now: DateTime<Utc>) -> DateTime<Utc> {
    let header = rate_header(&reply.headers);
    let until =
        header.and_then(|header| Some(header.until?.min(after(now, header.period.min(LONGEST_PAUSE)))));
    until.filter(|until| *until > now).unwrap_or_else(|| after(now, LIMIT_PAUSE))
}

/// Whether the response comes from Trakt itself, not from the edge in front of it.
pub(super) fn is_from_trakt(headers: &HeaderMap) -> bool {
    headers.contains_key("x-request-id") || headers.contains_key("x-runtime")
}

/// The rate header of a response.
pub(super) fn rate_header(headers: &HeaderMap) -> Option<RateHeader> {
    RateHeader::parse(headers.get("x-ratelimit")?.to_str().ok()?)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn flag(headers: &HeaderMap, name: &str) -> bool {
    headers.get(name).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"true"))
}

fn account_limit(reply: &Reply, segments: &[String]) -> Error {
    let headers = &reply.headers;
    Error::AccountLimit {
        what: limited_by(segments),
        limit: text(headers, "x-account-limit").and_then(|limit| limit.parse().ok()),
        vip: headers.contains_key("x-vip-user").then(|| flag(headers, "x-vip-user")),
        upgrade_url: text(headers, "x-upgrade-url"),
    }
}

/// What is full, derived from the path, because the response does not say.
fn limited_by(segments: &[String]) -> Limited {
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["sync", "history", ..] | ["scrobble" | "checkin", ..] => Limited::History,
        ["sync", "ratings", ..] => Limited::Ratings,
        ["sync", "watchlist", ..] => Limited::Watchlist,
        ["sync", "collection", ..] => Limited::Collection,
        ["sync", "favorites", ..] => Limited::Favorites,
        ["users", _, "lists", _, "items", ..] => Limited::ListItems,
        ["users", _, "lists" | "smart-lists", ..] => Limited::Lists,
        _ => Limited::Other,
    }
}

fn conflict(body: &[u8]) -> Conflict {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Raw {
        watched_at: Option<String>,
        expires_at: Option<String>,
    }
    let raw: Raw = serde_json::from_slice(body).unwrap_or_default();
    let date = |text: Option<String>| text.and_then(|text| text.parse().ok());
    Conflict { watched_at: date(raw.watched_at), expires_at: date(raw.expires_at) }
}

/// Trakt's message about a rejected request, shortened. Web pages are not included.
fn message(reply: &Reply) -> String {
    if looks_like_html(&reply.body) {
        return String::new();
    }
    let text = match serde_json::from_slice::<Value>(&reply.body) {
        Ok(value) => ["error_description", "message", "error", "errors"]
            .iter()
            .find_map(|key| value.get(key))
            .map(|found| found.as_str().map_or_else(|| found.to_string(), str::to_owned))
            .unwrap_or_default(),
        Err(_) => String::from_utf8_lossy(&reply.body).trim().to_owned(),
    };
    text.chars().take(MESSAGE_CHARS).collect()
}

pub(super) fn looks_like_html(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// Reads response bodies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LenientBody;

impl LenientBody {
    /// Reads the body of a success. An empty body reads as JSON `null`, which suits `Option`; a 204 also as an empty
    /// object, which suits responses to writes (dropping a show returns 204).
    pub(crate) fn read<T: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<T> {
        let unexpected = |what| Error::Protocol { status: status.as_u16(), what };
        let body = body.trim_ascii();
        if body.is_empty() {
            let object = || (status == StatusCode::NO_CONTENT).then(|| Value::Object(serde_json::Map::new()));
            let read = |value| serde_json::from_value(value).ok();
            return read(Value::Null)
                .or_else(|| object().and_then(read))
                .ok_or(unexpected(Unexpected::Empty));
        }
        serde_json::from_slice(body).map_err(|error| {
            let html = looks_like_html(body);
            unexpected(if html { Unexpected::Html } else { Unexpected::Shape(error.to_string()) })
        })
    }
}

#[cfg(test)]
#[path = "classify_tests.rs"]
mod tests;
