//! Error responses that operations declare in the OpenAPI document.

use utoipa::IntoResponses;

use super::errors::ErrorBody;

/// Errors of public operations.
#[derive(IntoResponses)]
pub enum PublicErrors {
    /// The request came from another website.
    #[response(status = 403)]
    CrossSite(ErrorBody),
    /// Unexpected server error.
    #[response(status = 500)]
    Internal(ErrorBody),
    /// The database is unavailable.
    #[response(status = 503)]
    Unavailable(ErrorBody),
}

/// Errors of operations that require a signed-in user.
#[derive(IntoResponses)]
pub enum SignedInErrors {
    /// Not signed in.
    #[response(status = 401)]
    SignedOut(ErrorBody),
    /// The request came from another website.
    #[response(status = 403)]
    CrossSite(ErrorBody),
    /// Unexpected server error.
    #[response(status = 500)]
    Internal(ErrorBody),
    /// The database is unavailable.
    #[response(status = 503)]
    Unavailable(ErrorBody),
}

/// Errors of operations that require an administrator.
#[derive(IntoResponses)]
pub enum AdminErrors {
    /// Not signed in.
    #[response(status = 401)]
    SignedOut(ErrorBody),
    /// Not an administrator, or the request came from another website.
    #[response(status = 403)]
    Forbidden(ErrorBody),
    /// Unexpected server error.
    #[response(status = 500)]
    Internal(ErrorBody),
    /// The database is unavailable.
    #[response(status = 503)]
    Unavailable(ErrorBody),
}

/// Not found.
#[derive(IntoResponses)]
pub enum NotFoundError {
    /// Not found.
    #[response(status = 404)]
    NotFound(ErrorBody),
}

/// The request conflicts with the current state.
#[derive(IntoResponses)]
pub enum ConflictError {
    /// The request conflicts with the current state.
    #[response(status = 409)]
    Conflict(ErrorBody),
}

/// Invalid request; `fields` lists the problems by field.
#[derive(IntoResponses)]
pub enum InvalidError {
    /// Invalid request; `fields` lists the problems by field.
    #[response(status = 422)]
    Invalid(ErrorBody),
}

/// Too many attempts; try again after `Retry-After` seconds.
#[derive(IntoResponses)]
pub enum TooManyError {
    /// Too many attempts; try again after `Retry-After` seconds.
    #[response(status = 429)]
    TooMany(ErrorBody),
}

/// A dependency of the request is unavailable, such as Trakt, ffmpeg or a disk.
#[derive(IntoResponses)]
pub enum UnavailableError {
    /// A dependency of the request is unavailable, such as Trakt, ffmpeg or a disk.
    #[response(status = 503)]
    Unavailable(ErrorBody),
}
