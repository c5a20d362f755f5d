//! Extractors whose rejections are [`ApiError`]s.

use api_types::error::ErrorCode;
use std::borrow::Cow;

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use super::body_timeout::BodyTimedOut;
use super::errors::ApiError;
use crate::accounts::Caller;
use crate::app::App;

/// Maximum length of a parser message passed on to the client, in characters.
const MAX_REASON: usize = 240;

/// JSON body of a request or response.
#[derive(Debug, FromRequest)]
#[from_request(via(axum::Json), rejection(ApiError))]
pub struct Json<T>(pub T);

impl<T: serde::Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// Path parameters.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
pub struct Path<T>(pub T);

/// Query parameters.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(ApiError))]
pub struct Query<T>(pub T);

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        if BodyTimedOut::caused(&rejection) {
            let message = "The request took too long to arrive. Check the connection, then try again.";
            return Self::new(StatusCode::REQUEST_TIMEOUT, ErrorCode::RequestTimeout, message);
        }
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                ErrorCode::TooLarge,
                "The request body is too large.",
            ),
            _ => Self::malformed(format!("Invalid request body: {}.", brief(&rejection.body_text()))),
        }
    }
}

impl From<PathRejection> for ApiError {
    fn from(_: PathRejection) -> Self {
        Self::not_found("address")
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        Self::malformed(format!("Invalid query parameters: {}.", brief(&rejection.body_text())))
    }
}

/// Truncates a parser message, which may quote the whole input.
fn brief(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MAX_REASON) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// Requires a signed-in user; responds with 401 otherwise.
#[derive(Debug, Clone, Copy)]
pub struct SignedIn(pub Caller);

/// Requires an administrator; responds with 401 or 403 otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Admin(pub Caller);

impl FromRequestParts<App> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, ApiError> {
        parts.extensions.get::<Caller>().copied().map(Self).ok_or_else(ApiError::signed_out)
    }
}

impl FromRequestParts<App> for Admin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let SignedIn(caller) = SignedIn::from_request_parts(parts, app).await?;
        if caller.is_admin { Ok(Self(caller)) } else { Err(ApiError::forbidden()) }
    }
}
