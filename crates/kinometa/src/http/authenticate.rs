//! Authentication by session cookie or API token.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;

use super::cookies;
use super::errors::ApiResult;
use crate::accounts::Caller;
use crate::app::App;

/// Middleware that stores the [`Caller`] in the request's extensions for the extractors.
///
/// An invalid or expired credential is not an error here: public operations still run, and the extractors of all
/// other operations respond with 401.
pub async fn authenticate(State(app): State<App>, mut request: Request, next: Next) -> Response {
    match caller(&app, request.headers()).await {
        Ok(Some(caller)) => {
            request.extensions_mut().insert(caller);
        }
        Ok(None) => {}
        Err(error) => return error.into_response(),
    }
    next.run(request).await
}

async fn caller(app: &App, headers: &HeaderMap) -> ApiResult<Option<Caller>> {
    // A bearer token takes precedence, even when it is invalid: falling back to the cookie would hide the mistake
    // and let a made-up token bypass the same-origin check.
    if let Some(token) = bearer(headers) {
        return Ok(app.accounts().caller_of_token(&token).await?);
    }
    match cookies::session(headers) {
        Some(secret) => Ok(app.accounts().caller_of_session(&secret).await?),
        None => Ok(None),
    }
}

/// The bearer token of the request. Other schemes are ignored: a reverse proxy with its own sign-in uses `Basic`,
/// which browsers send automatically.
pub(super) fn bearer(headers: &HeaderMap) -> Option<SecretString> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| SecretString::from(token.trim()))
}
