//! The calls of the OAuth host and what their failures mean.

use secrecy::ExposeSecret;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;

use super::OUT_OF_BAND;
use crate::client::{Client, Reply};
use crate::error::{Error, LostBecause, Result, Unexpected};
use crate::token::{Token, TokenParts};

/// The body of an OAuth refusal. Only `error` is believed: the texts mislead (trakt-api issue 471).
#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    error: String,
}

fn refusal(reply: &Reply) -> String {
    serde_json::from_slice::<Refusal>(&reply.body).unwrap_or_default().error
}

/// Whether the body is a refusal in the form of RFC 6749, and not a page of the edge or of a proxy.
fn is_refusal(reply: &Reply) -> bool {
    !refusal(reply).is_empty()
}

/// Whether the body's `error` is `code`.
pub(crate) fn says(reply: &Reply, code: &str) -> bool {
    refusal(reply) == code
}

/// Reads an answer. The error names no content, because content here is secret.
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
    pub(crate) fn client_secret(&self) -> Result<&str> {
        let secret = self.application().client_secret.as_ref();
        secret
            .map(ExposeSecret::expose_secret)
            .ok_or(Error::Setup("connecting an account needs the application's client secret"))
    }

    pub(crate) fn oauth_url(&self, segments: &[&str]) -> Url {
        let mut url = self.endpoints().auth.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    /// Posts and returns a success, or what the refusal means.
    pub(crate) async fn oauth_post(&self, segments: &[&str], body: &Value) -> Result<Reply> {
        let reply = self.oauth_exchange(segments, body).await?;
        if reply.status.is_success() { Ok(reply) } else { Err(self.oauth_failure(reply)) }
    }

    /// What a refusal by the OAuth host means.
    pub(crate) fn oauth_failure(&self, reply: Reply) -> Error {
        let status = reply.status.as_u16();
        // A refusal in OAuth's own words is not the edge's, whatever headers it carries.
        let refused = matches!(status, 401 | 403) && is_refusal(&reply);
        if refused || says(&reply, "invalid_client") {
            return Error::ApplicationNotAllowed { status };
        }
        match self.judge(reply, &["oauth".into()]) {
            Err(Error::Forbidden | Error::VipNeeded { .. }) => Error::ApplicationNotAllowed { status },
            Err(error) => error,
            Ok(_) => Error::Protocol { status, what: Unexpected::Status },
        }
    }

    pub(crate) async fn redeem_code(&self, code: &str, redirect_uri: &str) -> Result<Token> {
        let body = json!({
            "code": code,
            "client_id": self.application().client_id,
            "client_secret": self.client_secret()?,
            "redirect_uri": redirect_uri,
            "grant_type": "authorization_code",
        });
        let reply = self.oauth_exchange(&["oauth", "token"], &body).await?;
        if reply.status.is_success() {
            return read_token(&reply);
        }
        if says(&reply, "invalid_grant") {
            let message = "the code is wrong, too old or was used already".to_owned();
            return Err(Error::Validation { status: reply.status.as_u16(), message });
        }
        Err(self.oauth_failure(reply))
    }

    pub(crate) async fn redeem_refresh(&self, token: &Token) -> Result<Token> {
        let body = json!({
            "refresh_token": token.refresh_token.expose_secret(),
            "client_id": self.application().client_id,
            "client_secret": self.client_secret()?,
            "redirect_uri": OUT_OF_BAND,
            "grant_type": "refresh_token",
        });
        let reply = self.oauth_exchange(&["oauth", "token"], &body).await?;
        match reply.status.as_u16() {
            200..=299 => read_token(&reply),
            400 | 401 if is_refusal(&reply) && !says(&reply, "invalid_client") => {
                Err(Error::Reconnect(LostBecause::RefreshRefused))
            }
            _ => Err(self.oauth_failure(reply)),
        }
    }

    pub(crate) async fn revoke_token(&self, token: &Token) -> Result<()> {
        let body = json!({
            "token": token.access_token.expose_secret(),
            "client_id": self.application().client_id,
            "client_secret": self.client_secret()?,
        });
        self.oauth_post(&["oauth", "revoke"], &body).await.map(|_| ())
    }
}
