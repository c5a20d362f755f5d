//! What Trakt is still to hear.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Path, Query, SignedIn};
use crate::http::responses::{ConflictError, InvalidError, NotFoundError, SignedInErrors};
use crate::model::trakt::TraktQueue;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_trakt_queue))
        .routes(routes!(retry_trakt_queue_item))
        .routes(routes!(delete_trakt_queue_item))
}

/// Which part.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QueueQuery {
    /// Where to begin.
    pub offset: Option<i64>,
    /// How many, 1 to 500; 100 when left out.
    pub limit: Option<i64>,
}

/// The queue of the person signed in, in the order of sending.
#[utoipa::path(
    get,
    path = "/api/trakt/queue",
    tag = "trakt",
    params(QueueQuery),
    responses((status = 200, description = "The queue.", body = TraktQueue), SignedInErrors, InvalidError)
)]
async fn list_trakt_queue(
    SignedIn(_caller): SignedIn,
    Query(_query): Query<QueueQuery>,
) -> ApiResult<Json<TraktQueue>> {
    Err(ApiError::not_ready())
}

/// Tries a queued item again now.
#[utoipa::path(
    post,
    path = "/api/trakt/queue/{id}/retry",
    tag = "trakt",
    params(("id" = i64, Path, description = "The item")),
    responses((status = 204, description = "It will be tried."), SignedInErrors, NotFoundError, ConflictError)
)]
async fn retry_trakt_queue_item(SignedIn(_caller): SignedIn, Path(_id): Path<i64>) -> ApiResult<StatusCode> {
    Err(ApiError::not_ready())
}

/// Drops a queued item: Trakt will not hear of it.
#[utoipa::path(
    delete,
    path = "/api/trakt/queue/{id}",
    tag = "trakt",
    params(("id" = i64, Path, description = "The item")),
    responses((status = 204, description = "Dropped."), SignedInErrors, NotFoundError, ConflictError)
)]
async fn delete_trakt_queue_item(SignedIn(_caller): SignedIn, Path(_id): Path<i64>) -> ApiResult<StatusCode> {
    Err(ApiError::not_ready())
}
