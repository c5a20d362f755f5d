//! Adding, changing and deleting plays.

use crate::http::handler::routes;
use crate::timeline::mark::{Marks, WatchedAt};
use axum::extract::State;
use axum::http::StatusCode;
use catalogue::plays;
use db::ids::{PlayId, TitleId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Path, SignedIn};
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors};
use crate::present;
use api_types::play::{Play, Plays};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(mark_watched))
        .routes(routes!(clear_progress))
        .routes(routes!(edit_play, delete_play))
}

/// Request to mark a title as watched.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkWatched {
    /// `now` (default), `released`, `unknown`, or a date and time in ISO 8601.
    #[schema(example = "now")]
    pub watched_at: Option<String>,
}

/// Marks a title as watched; for a show or season, every aired episode that is not watched yet.
#[utoipa::path(
    post,
    path = "/api/titles/{id}/watched",
    tag = "plays",
    params(("id" = i64, Path, description = "The title")),
    request_body = MarkWatched,
    responses((status = 201, description = "The new plays.", body = Plays), SignedInErrors, NotFoundError, InvalidError)
)]
async fn mark_watched(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TitleId>,
    Json(body): Json<MarkWatched>,
) -> ApiResult<(StatusCode, Json<Plays>)> {
    let watched = body.watched_at.as_deref().map_or(Ok(WatchedAt::Now), read_time)?;
    let rows = marks(&app).mark_watched(caller.user_id, id, watched, app.now()).await?;
    let view = app.catalogue().view(caller.user_id).await?;
    let plays = plays::from_rows(app.db(), &view, rows).await?;
    Ok((StatusCode::CREATED, Json(Plays { plays: plays.into_iter().map(present::play).collect() })))
}

pub(super) fn read_time(text: &str) -> ApiResult<WatchedAt> {
    let message = "Use now, released, unknown, or a date and time in ISO 8601.";
    text.parse().map_err(|_| ApiError::malformed_field("watched_at", message))
}

pub(super) fn marks(app: &App) -> Marks<'_> {
    Marks { db: app.db(), catalogue: app.catalogue(), engine: app.engine() }
}

/// Clears the resume point of a title.
#[utoipa::path(
    delete,
    path = "/api/titles/{id}/progress",
    tag = "plays",
    params(("id" = i64, Path, description = "The title")),
    responses((status = 204, description = "The resume point was cleared."), SignedInErrors, NotFoundError)
)]
async fn clear_progress(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TitleId>,
) -> ApiResult<StatusCode> {
    marks(&app).clear_progress(caller.user_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Request to change a play.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditPlay {
    /// `now`, `released`, `unknown`, or a date and time in ISO 8601.
    #[schema(example = "2026-01-31T20:15:00Z")]
    pub watched_at: String,
}

/// Changes when a play was watched, also on Trakt, where it is removed and added again. The play gets a new id.
#[utoipa::path(
    patch,
    path = "/api/plays/{id}",
    tag = "plays",
    params(("id" = i64, Path, description = "The play")),
    request_body = EditPlay,
    responses((status = 200, description = "The changed play.", body = Play), SignedInErrors, NotFoundError, InvalidError)
)]
async fn edit_play(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<PlayId>,
    Json(body): Json<EditPlay>,
) -> ApiResult<Json<Play>> {
    let watched = read_time(&body.watched_at)?;
    let row = marks(&app).change_time(caller.user_id, id, watched, app.now()).await?;
    let view = app.catalogue().view(caller.user_id).await?;
    let play = plays::from_rows(app.db(), &view, vec![row]).await?.pop();
    Ok(Json(present::play(play.ok_or_else(|| ApiError::not_found("play"))?)))
}

/// Deletes a play, also on Trakt.
#[utoipa::path(
    delete,
    path = "/api/plays/{id}",
    tag = "plays",
    params(("id" = i64, Path, description = "The play")),
    responses((status = 204, description = "The play was deleted."), SignedInErrors, NotFoundError)
)]
async fn delete_play(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<PlayId>,
) -> ApiResult<StatusCode> {
    marks(&app).delete_play(caller.user_id, id, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
