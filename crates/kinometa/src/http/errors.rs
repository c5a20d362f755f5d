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

use crate::accounts::AccountError;
use crate::trakt::TraktError;

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

/// An error on its way to the client.
#[derive(Debug)]
pub struct ApiError {
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
        Self { status, detail, cause: None }
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

    /// 503: this part of the server is not there yet.
    pub fn not_ready() -> Self {
        Self::unavailable("not_ready", "This part of the server is not ready yet.")
    }

    /// 500: a failure that nobody expected. The cause goes to the log only.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let message = "Something went wrong in the server. The log has the details.";
        let mut error = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message);
        error.cause = Some(Arc::from(cause.into()));
        error
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn action(mut self, action: impl Into<Cow<'static, str>>) -> Self {
        self.detail.action = Some(action.into());
        self
    }

    /// Adds when to try again; sent as `Retry-After` too.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.detail.retry_after_seconds = Some(seconds);
        self
    }

    /// Adds what is wrong with one field.
    #[must_use]
    pub fn field(mut self, field: &str, message: impl Into<String>) -> Self {
        self.detail.fields.get_or_insert_default().insert(field.to_owned(), message.into());
        self
    }

    /// HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What the client will see.
    pub fn detail(&self) -> &ErrorDetail {
        &self.detail
    }
}

impl From<db::Error> for ApiError {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::NotFound(what) => Self::not_found(&format!("This {what}")),
            db::Error::Conflict(conflict) => Self::conflict(format!("There is {conflict} already.")),
            db::Error::Unavailable(_) => {
                let message = "The database does not answer or cannot be written to.";
                let mut unavailable = Self::unavailable("database_unavailable", message).action(
                    "Try again in a moment. If it stays, look at the disk space and the server's log.",
                );
                unavailable.cause = Some(Arc::new(error));
                unavailable
            }
            db::Error::Other(_) => Self::internal(error),
        }
    }
}

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Invalid { field, message } => Self::invalid_field(field, message),
            AccountError::WrongPassword => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "wrong_password",
                "User name and password do not fit.",
            ),
            AccountError::TooManyAttempts(wait) => {
                let seconds =
                    u64::try_from(wait.num_milliseconds()).unwrap_or_default().div_ceil(1000).max(1);
                Self::too_many(format!("Too many wrong attempts. Try again in {seconds} s."), seconds)
            }
            AccountError::AlreadySetUp => {
                Self::conflict("This server has its administrator already. Sign in instead.")
            }
            AccountError::UsernameTaken => {
                let message = "Somebody has this user name already. Choose another.";
                Self::conflict(message).field("username", message)
            }
            AccountError::LastAdministrator => {
                Self::conflict("This is the last administrator. Make somebody else one first.")
            }
            AccountError::NotFound(what) => Self::not_found(&format!("This {what}")),
            AccountError::Hashing(_) => Self::internal(error),
            AccountError::Database(error) => error.into(),
        }
    }
}

impl From<sync::Error> for ApiError {
    fn from(error: sync::Error) -> Self {
        match error {
            sync::Error::Db(error) => error.into(),
            sync::Error::NotConfigured => TraktError::NotConfigured.into(),
            sync::Error::NotFound(what) => Self::not_found(&format!("This {what}")),
            sync::Error::Trakt(error) => trakt_failed(error),
            sync::Error::Secrets(_) | sync::Error::Stored(_) => Self::internal(error),
        }
    }
}

impl From<TraktError> for ApiError {
    fn from(error: TraktError) -> Self {
        match error {
            TraktError::Invalid { field, message } => Self::invalid_field(field, message),
            TraktError::Unreachable => {
                Self::unavailable("trakt_unreachable", "Trakt does not answer, so nothing was changed.")
                    .action("Look at the server's connection to the internet, or try again later.")
            }
            TraktError::NotConfigured => {
                let message = "Trakt not configured: this server has no Trakt application.";
                let conflict = Self::new(StatusCode::CONFLICT, "trakt_not_configured", message);
                conflict.action("An administrator enters one under Settings, Integrations, Trakt.")
            }
            TraktError::NoSuchItem => Self::not_found("This entry of the queue"),
            TraktError::Engine(error) => error.into(),
            TraktError::Database(error) => error.into(),
        }
    }
}

/// A call to Trakt that somebody waits for did not succeed.
fn trakt_failed(error: trakt::Error) -> ApiError {
    let mut failed = ApiError::unavailable("trakt_unavailable", "Trakt could not be asked just now.")
        .action("Everything local works. Try again later.");
    failed.cause = Some(Arc::new(error));
    failed
}

/// Left in a response's extensions, so that the log line of the request can name the cause.
#[derive(Clone)]
pub struct ErrorCause(pub Arc<dyn Error + Send + Sync>);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let retry_after = self.detail.retry_after_seconds;
        let mut response = (self.status, Json(ErrorBody { error: self.detail.clone() })).into_response();
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(cause) = self.cause {
            response.extensions_mut().insert(ErrorCause(cause));
        }
        response.extensions_mut().insert(self.detail);
        response
    }
}
