//! The calls of the OAuth host, and what their failures mean.

use reqwest::{Method, StatusCode};
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use url::Url;

use super::classify::{is_from_trakt, looks_like_html};
use super::{Client, Reply};
use crate::error::{Error, LostBecause, Result, Unexpected};
use crate::limits::Lane;
use crate::token::{Token, TokenParts};

/// The redirect address of the PIN flow: Trakt shows the code instead of redirecting.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// Maximum length of an OAuth error code in an error.
const CODE_CHARS: usize = 40;

/// The body of an OAuth rejection. Only `error` is used: the descriptions are misleading (trakt-api issue 471).
#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorBody {
    error: String,
}

/// The OAuth error code of a response, if it has one.
pub(crate) fn code(reply: &Reply) -> Option<String> {
    let code = serde_json::from_slice::<ErrorBody>(&reply.body).ok()?.error;
    let is_code = |character: char| character.is_ascii_alphanumeric() || character == '_';
    // Any other text is not an error code, and might contain secrets.
    (!code.is_empty() && code.len() <= CODE_CHARS && code.chars().all(is_code)).then_some(code)
}

/// Reads a response. The error does not quote the content, because it contains secrets.
pub(crate) fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T> {
    serde_json::from_slice(&reply.body).map_err(|_| Error::Protocol {
        status: reply.status.as_u16(),
        what: Unexpected::Shape("the OAuth answer has another shape than promised".into()),
    })
}

pub(crate) fn read_token(reply: &Reply) -> Result<Token> {
    read::<TokenParts>(reply).map(Token::from)
}

impl Client {
    /// The body of an OAuth call: `members` and the application's keys. Newer applications have no secret; they send
    /// none.
    pub(crate) fn oauth_body(&self, members: Value) -> Value {
        let mut body = match members {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        let application = self.application();
        body.insert("client_id".into(), json!(application.client_id));
        if let Some(secret) = &application.client_secret {
            body.insert("client_secret".into(), json!(secret.expose_secret()));
        }
        Value::Object(body)
    }

    pub(crate) fn oauth_url(&self, segments: &[&str]) -> Url {
        let mut url = self.endpoints().auth.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    /// Posts to the OAuth host: outside the account's budgets, never retried automatically. An edge page is an error
    /// whatever its status, because it does not answer the request.
    pub(crate) async fn oauth_exchange(&self, segments: &[&str], body: &Value) -> Result<Reply> {
        let url = self.oauth_url(segments);
        let reply = self.inner.transport.exchange(Method::POST, url, Some(body), None).await?;
        if reply.status.is_client_error() && !is_from_trakt(&reply.headers) && looks_like_html(&reply.body) {
            return self
                .classify(reply, &[])
                .inspect_err(|error| self.inner.gate.pause_for(Lane::Write, error));
        }
        Ok(reply)
    }

    /// Posts and returns a success, or what the rejection means.
    pub(crate) async fn oauth_post(&self, segments: &[&str], body: &Value) -> Result<Reply> {
        let reply = self.oauth_exchange(segments, body).await?;
        if reply.status.is_success() { Ok(reply) } else { Err(self.oauth_failure(reply)) }
    }

    /// What a rejection by the OAuth host means. It never ends a connection: only `invalid_grant` in the response to a
    /// refresh does.
    pub(crate) fn oauth_failure(&self, reply: Reply) -> Error {
        let status = reply.status.as_u16();
        let code = code(&reply);
        match code.as_deref() {
            Some("invalid_client" | "unauthorized_client") => return Error::ApplicationNotAllowed { status },
            Some("temporarily_unavailable" | "server_error") => return Error::OAuth { status, code },
            // A 403 with an OAuth error code comes from Trakt and not from the edge, whatever its headers.
            Some(_) if reply.status == StatusCode::FORBIDDEN => {
                return Error::ApplicationNotAllowed { status };
            }
            Some(_) if reply.status.is_client_error() => return Error::OAuth { status, code },
            _ => {}
        }
        match self.classify(reply, &["oauth".into()]) {
            Err(Error::Forbidden | Error::VipNeeded { .. }) => Error::ApplicationNotAllowed { status },
            Err(
                Error::Reconnect(_)
                | Error::Private
                | Error::NotFound
                | Error::Conflict(_)
                | Error::Validation { .. },
            ) => Error::OAuth { status, code },
            Err(error) => error,
            Ok(_) => Error::Protocol { status, what: Unexpected::Status },
        }
    }

    pub(crate) async fn redeem_code(&self, code: &str, redirect_uri: &str) -> Result<Token> {
        let body = self.oauth_body(json!({
            "code": code,
            "redirect_uri": redirect_uri,
            "grant_type": "authorization_code",
        }));
        let reply = self.oauth_exchange(&["oauth", "token"], &body).await?;
        if reply.status.is_success() {
            return read_token(&reply);
        }
        if self::code(&reply).as_deref() == Some("invalid_grant") {
            let message = "the code is wrong, has expired, or was used already".to_owned();
            return Err(Error::Validation { status: reply.status.as_u16(), message });
        }
        Err(self.oauth_failure(reply))
    }

    pub(crate) async fn redeem_refresh(&self, token: &Token) -> Result<Token> {
        let body = self.oauth_body(json!({
            "refresh_token": token.refresh_token.expose_secret(),
            "redirect_uri": OUT_OF_BAND,
            "grant_type": "refresh_token",
        }));
        let reply = self.oauth_exchange(&["oauth", "token"], &body).await?;
        if reply.status.is_success() {
            return read_token(&reply);
        }
        if reply.status.is_client_error() && code(&reply).as_deref() == Some("invalid_grant") {
            return Err(Error::Reconnect(LostBecause::RefreshRefused));
        }
        Err(self.oauth_failure(reply))
    }

    pub(crate) async fn revoke_token(&self, token: &Token) -> Result<()> {
        let body = self.oauth_body(json!({ "token": token.access_token.expose_secret() }));
        self.oauth_post(&["oauth", "revoke"], &body).await.map(|_| ())
    }
}
