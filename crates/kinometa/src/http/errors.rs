//! The error type of all handlers.
//!
//! Services return their own typed errors. Handlers return [`ApiError`]: a status, a stable code and a message
//! that is safe to show. The cause of an unexpected failure is logged and never sent to the client.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

use api_types::error::{ErrorCode, ErrorReason};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// Result of a handler.
pub type ApiResult<T> = Result<T, ApiError>;

/// Body of every error response.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErrorBody {
    /// Details of the error.
    pub error: ErrorDetail,
}

/// Details of an error.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErrorDetail {
    /// Stable, machine-readable code.
    pub code: ErrorCode,
    /// The exact reason, if the code alone does not identify it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<ErrorReason>,
    /// Human-readable description of what happened.
    pub message: Cow<'static, str>,
    /// What the user can do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Cow<'static, str>>,
    /// Seconds to wait before trying again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
    /// Messages for invalid request fields, by field name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<BTreeMap<String, String>>,
    /// Id of the request in the server log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// An error response. Boxed to keep `ApiResult` small.
#[derive(Debug)]
pub struct ApiError(Box<Failure>);

#[derive(Debug)]
struct Failure {
    status: StatusCode,
    detail: ErrorDetail,
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl ApiError {
    /// Creates an error with this status, code and message.
    pub fn new(status: StatusCode, code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        let detail = ErrorDetail {
            code,
            because: None,
            message: message.into(),
            action: None,
            retry_after_seconds: None,
            fields: None,
            request_id: None,
        };
        Self(Box::new(Failure { status, detail, cause: None }))
    }

    /// 401: the request is not authenticated.
    pub fn signed_out() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, ErrorCode::SignedOut, "You are signed out. Sign in to continue.")
    }

    /// 403: the user is not an administrator.
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, ErrorCode::Forbidden, "Only an administrator can do this.")
    }

    /// 403: the request was sent by another website.
    pub fn cross_site() -> Self {
        let message = "This request came from another website and was rejected.";
        Self::new(StatusCode::FORBIDDEN, ErrorCode::CrossSite, message)
    }

    /// 404. `what` is the missing item, for example "library".
    pub fn not_found(what: &str) -> Self {
        let message = format!("This {what} does not exist or was removed.");
        Self::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, message)
            .because(ErrorReason::Gone { what: what.to_owned() })
    }

    /// 405: the path exists, but not for this method.
    pub fn method_not_allowed() -> Self {
        let message = "This address does not support this request method.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::MethodNotAllowed, message)
    }

    /// 409: the request conflicts with the current state.
    pub fn conflict(reason: ErrorReason, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::CONFLICT, ErrorCode::Conflict, message).because(reason)
    }

    /// 422: the request is invalid.
    pub fn invalid(reason: ErrorReason, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, ErrorCode::Invalid, message).because(reason)
    }

    /// 422: one field of the request is invalid.
    pub fn invalid_field(field: &str, reason: ErrorReason, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::invalid(reason, message.clone()).field(field, message)
    }

    /// 422: the request is malformed. The web interface never sends such a request.
    pub fn malformed(detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self::invalid(ErrorReason::Malformed { detail: detail.clone() }, detail)
    }

    /// 422: a field is malformed. The web interface never sends such a value.
    pub fn malformed_field(field: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self::malformed(detail.clone()).field(field, detail)
    }

    /// 429: too many attempts.
    pub fn too_many(message: impl Into<Cow<'static, str>>, retry_after_seconds: u64) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, ErrorCode::TooMany, message).retry_after(retry_after_seconds)
    }

    /// 503: a service or resource that the request depends on is unavailable.
    pub fn unavailable(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, message)
    }

    /// 500: an unexpected failure. The cause is only logged.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let message = "Something went wrong on the server.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::Internal, message)
            .action("See the server log for details.")
            .caused_by(cause)
    }

    /// Attaches the cause, for the log only.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.cause = Some(Arc::from(cause.into()));
        self
    }

    /// Adds the exact reason.
    #[must_use]
    pub fn because(mut self, reason: ErrorReason) -> Self {
        self.0.detail.because = Some(reason);
        self
    }

    /// Adds advice on what to do.
    #[must_use]
    pub fn action(mut self, action: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail.action = Some(action.into());
        self
    }

    /// Adds the seconds to wait before trying again, also sent as `Retry-After`.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.0.detail.retry_after_seconds = Some(seconds);
        self
    }

    /// Adds a message for one field.
    #[must_use]
    pub fn field(mut self, field: &str, message: impl Into<String>) -> Self {
        self.0.detail.fields.get_or_insert_default().insert(field.to_owned(), message.into());
        self
    }

    /// HTTP status of the response.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Details sent to the client.
    pub fn detail(&self) -> &ErrorDetail {
        &self.0.detail
    }
}

/// Cause of a failure, stored in the response's extensions for the request log.
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
