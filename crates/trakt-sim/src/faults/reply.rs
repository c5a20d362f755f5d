//! Effects of faults on responses.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::FaultKind;
use crate::clock::{parse_time, stamp};
use crate::limits::RateLimit;
use crate::message::Reply;

/// Returns the response that replaces the processing of the request, if any.
pub(crate) fn answer_instead(kinds: &[FaultKind], now: DateTime<Utc>) -> Option<Reply> {
    kinds.iter().find_map(|kind| match kind {
        FaultKind::Html { status } => Some(Reply::edge(*status, None)),
        FaultKind::Empty { status } => Some(Reply::empty(*status).at_the_edge()),
        FaultKind::EdgeForbidden => Some(Reply::edge(403, None)),
        FaultKind::RateLimit { headers: false, retry_after } => Some(Reply::edge(429, *retry_after)),
        FaultKind::RateLimit { headers: true, retry_after } => {
            let wait = retry_after.unwrap_or(1);
            let until = i64::try_from(wait).ok().and_then(Duration::try_seconds);
            let limit = RateLimit {
                name: "AUTHED_API_GET_LIMIT",
                period: 300,
                limit: 500,
                remaining: 0,
                until: stamp(until.and_then(|wait| now.checked_add_signed(wait)).unwrap_or(now)),
            };
            let limit = json!(limit).to_string();
            Some(Reply::empty(429).header("Retry-After", wait.to_string()).header("X-Ratelimit", limit))
        }
        FaultKind::Refused { status, body: None } => Some(Reply::empty(*status)),
        FaultKind::Refused { status, body: Some(body) } => Some(Reply::json(*status, body)),
        FaultKind::OAuthError { error, status } => {
            Some(Reply::json(*status, &json!({"error": error, "error_description": "Ordered as a fault."})))
        }
        _ => None,
    })
}

/// Applies the faults that change a response after it was created.
pub(crate) fn rewrite(kinds: &[FaultKind], reply: Reply) -> Reply {
    kinds.iter().fold(reply, |mut reply, kind| match kind {
        FaultKind::Rewrite { member, value } => changed(reply, |body| replace(body, member, value.as_ref())),
        FaultKind::NotFoundWithoutIds => changed(reply, |body| {
            if let Some(not_found) = body.get_mut("not_found") {
                replace(not_found, "ids", None);
            }
        }),
        FaultKind::DropPageHeaders => {
            reply.headers.retain(|(name, _)| !name.starts_with("X-Pagination"));
            reply
        }
        FaultKind::LimitUntil { seconds } => {
            for (_, limit) in reply.headers.iter_mut().filter(|(name, _)| *name == "X-Ratelimit") {
                *limit = moved_until(limit, *seconds).unwrap_or_else(|| limit.clone());
            }
            reply
        }
        _ => reply,
    })
}

/// Returns the reply with a changed body, if that is JSON.
fn changed(reply: Reply, change: impl FnOnce(&mut Value)) -> Reply {
    let Ok(mut body) = serde_json::from_slice(&reply.body) else { return reply };
    change(&mut body);
    Reply { body: body.to_string().into(), ..reply }
}

/// Returns the header with a shifted `until`.
fn moved_until(header: &str, seconds: i64) -> Option<String> {
    let mut limit: Value = serde_json::from_str(header).ok()?;
    let until = parse_time(limit["until"].as_str()?)? + Duration::try_seconds(seconds)?;
    limit["until"] = json!(stamp(until));
    Some(limit.to_string())
}

fn replace(body: &mut Value, member: &str, value: Option<&Value>) {
    match body {
        Value::Array(values) => values.iter_mut().for_each(|inner| replace(inner, member, value)),
        Value::Object(members) => {
            if members.contains_key(member) {
                match value {
                    Some(value) => members.insert(member.to_owned(), value.clone()),
                    None => members.remove(member),
                };
            }
            members
                .iter_mut()
                .filter(|(name, _)| *name != member)
                .for_each(|(_, inner)| replace(inner, member, value));
        }
        _ => {}
    }
}
