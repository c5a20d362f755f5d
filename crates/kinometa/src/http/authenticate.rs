//! Finds out who sends a request.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;

use super::cookies;
use super::errors::ApiResult;
use crate::accounts::Caller;
use crate::app::App;

/// Middleware: leaves the [`Caller`] in the request's extensions for the extractors.
///
/// A session or token that is not (any more) valid is no error here: public operations go on, all others answer
/// 401 by their extractor.
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
    // A token that is sent on purpose counts alone: falling back to a cookie would hide that it is wrong, and would
    // let a made-up token switch the cross-site check off.
    if let Some(token) = bearer(headers) {
        return Ok(app.accounts().caller_of_token(&token).await?);
    }
    match cookies::session(headers) {
        Some(secret) => Ok(app.accounts().caller_of_session(&secret).await?),
        None => Ok(None),
    }
}

/// The API token that was sent. What a proxy's own sign-in leaves in this header (`Basic …`, which browsers repeat by
/// themselves) says nothing about people here.
pub(super) fn bearer(headers: &HeaderMap) -> Option<SecretString> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| SecretString::from(token.trim()))
}
