//! The one error boundary.
//!
//! Services return their own typed errors. Handlers return [`ApiError`]: a status, a stable code and a text that
//! is safe to show. An unexpected failure keeps its cause for the log and shows none of it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// What a handler returns.
pub type ApiResult<T> = Result<T, ApiError>;

/// Body of every error.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErrorBody {
    /// The error.
    pub error: ErrorDetail,
}

/// What went wrong.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErrorDetail {
    /// Stable code for programs.
    #[schema(example = "not_found")]
    pub code: Cow<'static, str>,
    /// What happened and what it means, for people.
    pub message: Cow<'static, str>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Cow<'static, str>>,
    /// Try again after this many seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
    /// What is wrong with which field of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<BTreeMap<String, String>>,
    /// Finds the request in the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// An error on its way to the client. Boxed: results are passed around far more often than errors are made.
#[derive(Debug)]
pub struct ApiError(Box<Failure>);

#[derive(Debug)]
struct Failure {
    status: StatusCode,
    detail: ErrorDetail,
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl ApiError {
    /// An error with a code and text of its own.
    pub fn new(
        status: StatusCode,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        let detail = ErrorDetail {
            code: code.into(),
            message: message.into(),
            action: None,
            retry_after_seconds: None,
            fields: None,
            request_id: None,
        };
        Self(Box::new(Failure { status, detail, cause: None }))
    }

    /// 401: nobody is signed in.
    pub fn signed_out() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "signed_out", "You are signed out. Sign in to go on.")
    }

    /// 403: signed in, but not allowed.
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "Only an administrator may do this.")
    }

    /// 403: another site's page sent this request.
    pub fn cross_site() -> Self {
        let message = "This request came from another site and was refused.";
        Self::new(StatusCode::FORBIDDEN, "cross_site", message)
    }

    /// 404: `what` begins the sentence, as in "This library".
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("{what} does not exist (any more)."))
    }

    /// 405: the address exists, but not for this method.
    pub fn method_not_allowed() -> Self {
        let message = "This address does not answer this method.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message)
    }

    /// 409: the request does not fit what is there.
    pub fn conflict(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", message)
    }

    /// 422: the request is wrong as a whole.
    pub fn invalid(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", message)
    }

    /// 422: one field of the request is wrong.
    pub fn invalid_field(field: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::invalid(message.clone()).field(field, message)
    }

    /// 429: too often.
    pub fn too_many(message: impl Into<Cow<'static, str>>, retry_after_seconds: u64) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many", message).retry_after(retry_after_seconds)
    }

    /// 503: something that the request needs is not there.
    pub fn unavailable(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, message)
    }

    /// 500: a failure that nobody expected. The cause goes to the log only.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let message = "Something went wrong in the server. The log has the details.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message).caused_by(cause)
    }

    /// Adds what the log is to name as the cause.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.cause = Some(Arc::from(cause.into()));
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn action(mut self, action: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail.action = Some(action.into());
        self
    }

    /// Adds when to try again; sent as `Retry-After` too.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.0.detail.retry_after_seconds = Some(seconds);
        self
    }

    /// Adds what is wrong with one field.
    #[must_use]
    pub fn field(mut self, field: &str, message: impl Into<String>) -> Self {
        self.0.detail.fields.get_or_insert_default().insert(field.to_owned(), message.into());
        self
    }

    /// HTTP status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// What the client will see.
    pub fn detail(&self) -> &ErrorDetail {
        &self.0.detail
    }
}

/// Left in a response's extensions, so that the log line of the request can name the cause.
#[derive(Clone)]
pub struct ErrorCause(pub Arc<dyn Error + Send + Sync>);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let Failure { status, detail, cause } = *self.0;
        let mut response = (status, Json(ErrorBody { error: detail.clone() })).into_response();
        if let Some(seconds) = detail.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(cause) = cause {
            response.extensions_mut().insert(ErrorCause(cause));
        }
        response.extensions_mut().insert(detail);
        response
    }
}
