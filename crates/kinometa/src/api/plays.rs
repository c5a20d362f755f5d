//! Plays made and taken back by hand.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Path, SignedIn};
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors};
use crate::model::play::Plays;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(mark_watched))
        .routes(routes!(clear_progress))
        .routes(routes!(delete_play))
}

/// When it was watched.
#[derive(Deserialize, ToSchema)]
pub struct MarkWatched {
    /// `now` (also when left out), `released`, `unknown`, or a time in ISO 8601.
    #[schema(example = "now")]
    pub watched_at: Option<String>,
}

/// Marks a title as watched; of a show or season every aired episode that is not watched yet.
#[utoipa::path(
    post,
    path = "/api/titles/{id}/watched",
    tag = "plays",
    params(("id" = i64, Path, description = "The title")),
    request_body = MarkWatched,
    responses((status = 201, description = "The plays made.", body = Plays), SignedInErrors, NotFoundError, InvalidError)
)]
async fn mark_watched(
    SignedIn(_caller): SignedIn,
    Path(_id): Path<i64>,
    Json(_body): Json<MarkWatched>,
) -> ApiResult<Json<Plays>> {
    Err(ApiError::not_ready())
}

/// Forgets where the person stopped.
#[utoipa::path(
    delete,
    path = "/api/titles/{id}/progress",
    tag = "plays",
    params(("id" = i64, Path, description = "The title")),
    responses((status = 204, description = "Forgotten."), SignedInErrors, NotFoundError)
)]
async fn clear_progress(SignedIn(_caller): SignedIn, Path(_id): Path<i64>) -> ApiResult<StatusCode> {
    Err(ApiError::not_ready())
}

/// Takes a play out of the timeline, at Trakt too.
#[utoipa::path(
    delete,
    path = "/api/plays/{id}",
    tag = "plays",
    params(("id" = i64, Path, description = "The play")),
    responses((status = 204, description = "Gone."), SignedInErrors, NotFoundError)
)]
async fn delete_play(SignedIn(_caller): SignedIn, Path(_id): Path<i64>) -> ApiResult<StatusCode> {
    Err(ApiError::not_ready())
}
