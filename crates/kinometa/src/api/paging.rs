//! Validation of the `offset` and `limit` query parameters.

use crate::http::errors::{ApiError, ApiResult};

/// Validates `limit` and applies the default.
pub(super) fn page_size(limit: Option<i64>, default: usize, max: usize) -> ApiResult<usize> {
    let Some(limit) = limit else { return Ok(default) };
    usize::try_from(limit)
        .ok()
        .filter(|limit| (1..=max).contains(limit))
        .ok_or_else(|| ApiError::malformed_field("limit", format!("limit must be between 1 and {max}.")))
}

/// Validates `offset`.
pub(super) fn offset(offset: Option<i64>) -> ApiResult<usize> {
    usize::try_from(offset.unwrap_or(0))
        .map_err(|_| ApiError::malformed_field("offset", "offset cannot be negative."))
}
