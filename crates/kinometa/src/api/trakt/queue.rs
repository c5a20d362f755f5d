//! The queue of changes for Trakt.

use axum::extract::State;
use axum::http::StatusCode;
use db::ids::OutboxId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use crate::api::paging;
use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, Path, Query, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{ConflictError, InvalidError, NotFoundError, SignedInErrors};
use crate::present;
use api_types::trakt::TraktQueue;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_trakt_queue))
        .routes(routes!(retry_trakt_queue_item))
        .routes(routes!(delete_trakt_queue_item))
}

/// Page of the queue.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QueueQuery {
    /// The number of items to skip.
    pub offset: Option<i64>,
    /// Maximum number of items, 1 to 500; 100 by default.
    pub limit: Option<i64>,
}

/// Lists the signed-in user's queue, in the order of sending.
#[utoipa::path(
    get,
    path = "/api/trakt/queue",
    tag = "trakt",
    params(QueueQuery),
    responses((status = 200, description = "The queue.", body = TraktQueue), SignedInErrors, InvalidError)
)]
async fn list_trakt_queue(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<QueueQuery>,
) -> ApiResult<Json<TraktQueue>> {
    let (offset, limit) = (paging::offset(query.offset)?, paging::page_size(query.limit, 100, 500)?);
    let view = app.catalogue().view(caller.user_id).await?;
    let queue = app.trakt().queue(caller.user_id, offset as u64, limit as u64).await?;
    Ok(Json(present::trakt::queue(queue, &view)))
}

/// Retries a queued item now.
#[utoipa::path(
    post,
    path = "/api/trakt/queue/{id}/retry",
    tag = "trakt",
    params(("id" = i64, Path, description = "The item")),
    responses((status = 204, description = "The item will be sent."), SignedInErrors, NotFoundError, ConflictError)
)]
async fn retry_trakt_queue_item(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<OutboxId>,
) -> ApiResult<StatusCode> {
    app.trakt().retry(caller.user_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Discards a queued item: it is never sent to Trakt.
#[utoipa::path(
    delete,
    path = "/api/trakt/queue/{id}",
    tag = "trakt",
    params(("id" = i64, Path, description = "The item")),
    responses((status = 204, description = "The item was discarded."), SignedInErrors, NotFoundError, ConflictError)
)]
async fn delete_trakt_queue_item(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<OutboxId>,
) -> ApiResult<StatusCode> {
    app.trakt().discard(caller.user_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
