//! The error bodies that operations declare in the OpenAPI document.

use utoipa::IntoResponses;

use super::errors::ErrorBody;

/// Errors of every operation that needs no sign-in.
#[derive(IntoResponses)]
pub enum PublicErrors {
    /// Another site's page sent this request.
    #[response(status = 403)]
    CrossSite(ErrorBody),
    /// The server failed.
    #[response(status = 500)]
    Internal(ErrorBody),
    /// The database does not answer.
    #[response(status = 503)]
    Unavailable(ErrorBody),
}

/// Errors of every operation that needs a sign-in.
#[derive(IntoResponses)]
pub enum SignedInErrors {
    /// Nobody is signed in.
    #[response(status = 401)]
    SignedOut(ErrorBody),
    /// Another site's page sent this request.
    #[response(status = 403)]
    CrossSite(ErrorBody),
    /// The server failed.
    #[response(status = 500)]
    Internal(ErrorBody),
    /// The database does not answer.
    #[response(status = 503)]
    Unavailable(ErrorBody),
}

/// Errors of every operation that needs an administrator.
#[derive(IntoResponses)]
pub enum AdminErrors {
    /// Nobody is signed in.
    #[response(status = 401)]
    SignedOut(ErrorBody),
    /// Not an administrator, or another site's page sent this request.
    #[response(status = 403)]
    Forbidden(ErrorBody),
    /// The server failed.
    #[response(status = 500)]
    Internal(ErrorBody),
    /// The database does not answer.
    #[response(status = 503)]
    Unavailable(ErrorBody),
}

/// There is no such thing.
#[derive(IntoResponses)]
pub enum NotFoundError {
    /// There is no such thing.
    #[response(status = 404)]
    NotFound(ErrorBody),
}

/// The request does not fit what is there.
#[derive(IntoResponses)]
pub enum ConflictError {
    /// The request does not fit what is there.
    #[response(status = 409)]
    Conflict(ErrorBody),
}

/// The request is wrong; `fields` says where.
#[derive(IntoResponses)]
pub enum InvalidError {
    /// The request is wrong; `fields` says where.
    #[response(status = 422)]
    Invalid(ErrorBody),
}

/// Too many attempts; `Retry-After` says when to try again.
#[derive(IntoResponses)]
pub enum TooManyError {
    /// Too many attempts; `Retry-After` says when to try again.
    #[response(status = 429)]
    TooMany(ErrorBody),
}

/// Something that the request needs is not there: Trakt, ffmpeg, a folder.
#[derive(IntoResponses)]
pub enum UnavailableError {
    /// Something that the request needs is not there: Trakt, ffmpeg, a folder.
    #[response(status = 503)]
    Unavailable(ErrorBody),
}
