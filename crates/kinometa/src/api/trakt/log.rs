//! The sync log, and undoing changes.

use axum::extract::State;
use db::ids::{SyncChangeId, TitleId};
use db::kinds::{SyncCategory, SyncDirection, SyncReason, SyncWhat};
use db::sync_changes::ChangeFilter;
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
use api_types::trakt_log::{TraktLog, TraktLogItem, UndoneTraktRun};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_trakt_log))
        .routes(routes!(undo_trakt_change))
        .routes(routes!(undo_trakt_run))
}

/// Filter and page of the sync log.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LogQuery {
    /// Only changes of this category.
    pub category: Option<SyncCategory>,
    /// Only changes in this direction.
    pub direction: Option<SyncDirection>,
    /// Only changes of this kind.
    pub what: Option<SyncWhat>,
    /// Only changes with this reason.
    pub reason: Option<SyncReason>,
    /// Only changes of this title.
    #[param(value_type = Option<i64>)]
    pub title_id: Option<TitleId>,
    /// The number of items to skip.
    pub offset: Option<i64>,
    /// Maximum number of items, 1 to 500; 100 by default.
    pub limit: Option<i64>,
}

/// Lists what syncing has changed for the signed-in user, on Trakt and on this server, newest first.
#[utoipa::path(
    get,
    path = "/api/trakt/log",
    tag = "trakt",
    params(LogQuery),
    responses((status = 200, description = "The changes.", body = TraktLog), SignedInErrors, InvalidError)
)]
async fn list_trakt_log(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<LogQuery>,
) -> ApiResult<Json<TraktLog>> {
    let (offset, limit) = (paging::offset(query.offset)?, paging::page_size(query.limit, 100, 500)?);
    let LogQuery { category, direction, what, reason, title_id, .. } = query;
    let filter = ChangeFilter { category, direction, what, reason, title_id };
    let log = app.engine().sync_log(caller.user_id, filter, offset as u64, limit as u64).await?;
    let view = app.catalogue().view(caller.user_id).await?;
    Ok(Json(present::trakt_log::log(log, &view)))
}

/// Undoes a change on both sides.
#[utoipa::path(
    post,
    path = "/api/trakt/log/{id}/undo",
    tag = "trakt",
    params(("id" = i64, Path, description = "The change")),
    responses(
        (status = 200, description = "The undone change.", body = TraktLogItem),
        SignedInErrors, NotFoundError, ConflictError
    )
)]
async fn undo_trakt_change(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<SyncChangeId>,
) -> ApiResult<Json<TraktLogItem>> {
    let undone = app.engine().undo(caller.user_id, id).await?;
    app.catalogue().user_titles_changed(caller.user_id, undone.title_id);
    let view = app.catalogue().view(caller.user_id).await?;
    Ok(Json(present::trakt_log::item(undone, &view)))
}

/// Undoes, on both sides, all changes of the same sync run: those with the same `run_at`.
#[utoipa::path(
    post,
    path = "/api/trakt/log/{id}/undo-run",
    tag = "trakt",
    params(("id" = i64, Path, description = "A change of the run")),
    responses(
        (status = 200, description = "The number of undone and kept changes.", body = UndoneTraktRun),
        SignedInErrors, NotFoundError, ConflictError
    )
)]
async fn undo_trakt_run(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<SyncChangeId>,
) -> ApiResult<Json<UndoneTraktRun>> {
    let undone = app.engine().undo_run(caller.user_id, id).await?;
    let body = present::trakt_log::undone_run(&undone);
    app.catalogue().user_titles_changed(caller.user_id, undone.title_ids);
    Ok(Json(body))
}
