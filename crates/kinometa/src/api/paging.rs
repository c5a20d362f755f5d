//! Where a page begins and how long it is.

use crate::http::errors::{ApiError, ApiResult};

/// The `limit` of a request.
pub(super) fn page_size(limit: Option<i64>, usual: usize, largest: usize) -> ApiResult<usize> {
    let Some(limit) = limit else { return Ok(usual) };
    usize::try_from(limit)
        .ok()
        .filter(|limit| (1..=largest).contains(limit))
        .ok_or_else(|| ApiError::invalid_field("limit", format!("Ask for 1 to {largest}.")))
}

/// The `offset` of a request.
pub(super) fn offset(offset: Option<i64>) -> ApiResult<usize> {
    usize::try_from(offset.unwrap_or(0))
        .map_err(|_| ApiError::invalid_field("offset", "Begin at 0 or later."))
}
