//! The reasons for which Trakt rejects calls, and its responses.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::clock::stamp;
use crate::message::Reply;

/// Where Trakt sends users whose account limits are too low.
const UPGRADE_URL: &str = "https://app.trakt.tv/vip";

/// A rejection, named after its meaning for the caller.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Refusal {
    /// 400: the body is not JSON or contains a null, or a parameter is invalid.
    BadRequest(&'static str),
    /// 400 from `/oauth/*`, as in RFC 6749.
    OAuth {
        error: &'static str,
        description: &'static str,
    },
    /// 401: the token is missing, invalid or expired.
    Unauthorized,
    /// 401 with `X-Private-User`: visible to approved followers only.
    PrivateUser,
    /// 403: the application is unknown, deleted or not approved.
    ApplicationNotAllowed,
    /// 403: owned by another user.
    Forbidden,
    NotFound,
    MethodNotAllowed,
    /// 409: already scrobbled; `expires_at` is when the item can be scrobbled again.
    AlreadyScrobbled {
        watched_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    },
    /// 409: a check-in is running.
    AlreadyCheckedIn {
        expires_at: DateTime<Utc>,
    },
    /// 409: the user is already followed, or the request is pending.
    AlreadyFollowed,
    /// 412: the body is not declared as JSON.
    WrongContentType,
    /// 420: the account is full.
    AccountLimit {
        limit: usize,
        vip: bool,
    },
    /// Caused by a fault: an episode has neither a `trakt` nor a `tvdb` ID.
    EpisodeIds {
        status: u16,
    },
    /// 422
    Validation(String),
    /// 423: support locked the account.
    Locked,
    /// 423: the owner deactivated the account.
    Deactivated,
    /// 426
    VipOnly,
}

impl Refusal {
    /// Returns the rejection of an unhandled call: the method is wrong if the path exists.
    pub(crate) fn unanswered(exists: bool) -> Self {
        if exists { Self::MethodNotAllowed } else { Self::NotFound }
    }

    pub(crate) fn into_reply(self) -> Reply {
        match self {
            Self::BadRequest(text) => error(400, text),
            Self::OAuth { error, description } => {
                Reply::json(400, &json!({"error": error, "error_description": description}))
            }
            Self::Unauthorized => Reply::empty(401)
                .header("WWW-Authenticate", r#"Bearer realm="Trakt API", error="invalid_token""#),
            Self::PrivateUser => Reply::empty(401).header("X-Private-User", "true"),
            Self::ApplicationNotAllowed => error(403, "Forbidden - invalid API key or unapproved app"),
            Self::Forbidden => error(403, "Forbidden"),
            Self::NotFound => Reply::empty(404),
            Self::MethodNotAllowed => Reply::empty(405),
            Self::AlreadyScrobbled { watched_at, expires_at } => {
                Reply::json(409, &json!({"watched_at": stamp(watched_at), "expires_at": stamp(expires_at)}))
            }
            Self::AlreadyCheckedIn { expires_at } => {
                Reply::json(409, &json!({"expires_at": stamp(expires_at)}))
            }
            Self::AlreadyFollowed => Reply::empty(409),
            Self::WrongContentType => error(412, "Precondition Failed - use application/json content type"),
            Self::AccountLimit { limit, vip } => Reply::empty(420)
                .header("X-Upgrade-URL", UPGRADE_URL)
                .header("X-VIP-User", vip.to_string())
                .header("X-Account-Limit", limit.to_string()),
            Self::EpisodeIds { status } => error(status, "episodes need a trakt or tvdb id"),
            Self::Validation(text) => Reply::json(422, &json!({"errors": [text]})),
            Self::Locked => Reply::empty(423).header("X-Account-Locked", "true"),
            Self::Deactivated => Reply::empty(423).header("X-Account-Deactivated", "true"),
            Self::VipOnly => {
                Reply::empty(426).header("X-Upgrade-URL", UPGRADE_URL).header("X-VIP-User", "false")
            }
        }
    }
}

fn error(status: u16, text: &str) -> Reply {
    Reply::json(status, &json!({"error": text}))
}
