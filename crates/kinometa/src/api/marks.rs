//! Marking many titles as watched or unwatched, and undoing it.

use api_types::play::{PlayIds, RemovedPlay, RemovedPlays};
use axum::extract::State;
use axum::http::StatusCode;
use db::ids::{PlayId, TitleId};
use db::rows;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::plays::{marks, read_time};
use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, SignedIn};
use crate::http::failures::too_many_at_once;
use crate::http::handler::routes;
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors};
use crate::timeline::mark::WatchedAt;

/// Maximum number of titles or plays per request. More do not fit into a request body.
const MAX_ITEMS: usize = 20_000;
/// Maximum number of plays to restore per request.
const MAX_RESTORED: usize = 2_000;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(mark_together))
        .routes(routes!(mark_unwatched))
        .routes(routes!(delete_plays))
        .routes(routes!(restore_plays))
}

/// Request to mark titles as watched.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkTogether {
    /// The titles: movies, shows, seasons and episodes.
    #[schema(value_type = Vec<i64>)]
    pub title_ids: Vec<TitleId>,
    /// Whether to also mark everything before an episode in its show.
    #[serde(default)]
    pub and_earlier: bool,
    /// `now` (default), `released`, `unknown`, or a date and time in ISO 8601.
    #[schema(example = "now")]
    pub watched_at: Option<String>,
}

/// Request to mark titles as unwatched.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkUnwatched {
    /// The titles: movies, shows, seasons and episodes.
    #[schema(value_type = Vec<i64>)]
    pub title_ids: Vec<TitleId>,
    /// Whether to only return the plays and delete nothing.
    #[serde(default)]
    pub preview: bool,
}

/// Request to delete plays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeletePlays {
    /// The plays.
    #[schema(value_type = Vec<i64>)]
    pub play_ids: Vec<PlayId>,
}

/// Marks titles as watched, unless they already are; for shows and seasons, the episodes that have aired.
#[utoipa::path(
    post,
    path = "/api/plays/mark",
    tag = "plays",
    request_body = MarkTogether,
    responses((status = 201, description = "The new plays.", body = PlayIds), SignedInErrors, NotFoundError, InvalidError)
)]
async fn mark_together(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<MarkTogether>,
) -> ApiResult<(StatusCode, Json<PlayIds>)> {
    check_count("title_ids", body.title_ids.len(), MAX_ITEMS)?;
    let watched = body.watched_at.as_deref().map_or(Ok(WatchedAt::Now), read_time)?;
    let (ids, and_earlier) = (&body.title_ids, body.and_earlier);
    let rows = marks(&app).mark_together(caller.user_id, ids, and_earlier, watched, app.now()).await?;
    Ok((StatusCode::CREATED, Json(ids_of(&rows))))
}

/// Marks titles as unwatched: deletes all their plays, also on Trakt. Returns the plays, for `restore_plays`.
#[utoipa::path(
    post,
    path = "/api/plays/unmark",
    tag = "plays",
    request_body = MarkUnwatched,
    responses((status = 200, description = "The deleted plays.", body = RemovedPlays), SignedInErrors, NotFoundError, InvalidError)
)]
async fn mark_unwatched(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<MarkUnwatched>,
) -> ApiResult<Json<RemovedPlays>> {
    check_count("title_ids", body.title_ids.len(), MAX_ITEMS)?;
    let marks = marks(&app);
    let rows = match body.preview {
        true => marks.plays_of(caller.user_id, &body.title_ids).await?,
        false => marks.mark_unwatched(caller.user_id, &body.title_ids, app.now()).await?,
    };
    Ok(Json(removed(&rows)))
}

/// Deletes several plays, also on Trakt. Returns them, for `restore_plays`.
#[utoipa::path(
    post,
    path = "/api/plays/delete",
    tag = "plays",
    request_body = DeletePlays,
    responses((status = 200, description = "The deleted plays.", body = RemovedPlays), SignedInErrors, InvalidError)
)]
async fn delete_plays(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<DeletePlays>,
) -> ApiResult<Json<RemovedPlays>> {
    check_count("play_ids", body.play_ids.len(), MAX_ITEMS)?;
    Ok(Json(removed(&marks(&app).delete_plays(caller.user_id, &body.play_ids, app.now()).await?)))
}

/// Restores deleted plays, also on Trakt. Repeating the request changes nothing.
#[utoipa::path(
    post,
    path = "/api/plays/restore",
    tag = "plays",
    request_body = RemovedPlays,
    responses((status = 201, description = "The restored plays.", body = PlayIds), SignedInErrors, NotFoundError, InvalidError)
)]
async fn restore_plays(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<RemovedPlays>,
) -> ApiResult<(StatusCode, Json<PlayIds>)> {
    check_count("plays", body.plays.len(), MAX_RESTORED)?;
    let plays: Vec<_> = body.plays.iter().map(removed_play).collect();
    let rows = marks(&app).restore_plays(caller.user_id, &plays, app.now()).await?;
    Ok((StatusCode::CREATED, Json(ids_of(&rows))))
}

fn check_count(field: &str, count: usize, most: usize) -> ApiResult<()> {
    match count <= most {
        true => Ok(()),
        false => Err(too_many_at_once(field, most)),
    }
}

fn ids_of(rows: &[rows::Play]) -> PlayIds {
    PlayIds { play_ids: rows.iter().map(|row| row.id).collect() }
}

fn removed(rows: &[rows::Play]) -> RemovedPlays {
    let plays = rows.iter().map(|row| RemovedPlay {
        title_id: row.title_id,
        watched_at: row.watched_at.map(|at| at.0),
        source: row.source,
        private: row.is_private,
    });
    RemovedPlays { plays: plays.collect() }
}

fn removed_play(play: &RemovedPlay) -> sync::outbox::RemovedPlay {
    sync::outbox::RemovedPlay {
        title_id: play.title_id,
        watched_at: play.watched_at.map(Into::into),
        source: play.source,
        is_private: play.private,
    }
}
