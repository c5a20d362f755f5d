//! Importing from Trakt, and the sync status.

use axum::extract::State;
use axum::http::StatusCode;
use db::ids::UserId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{ConflictError, InvalidError, SignedInErrors};
use crate::present;
use api_types::trakt_sync::{TraktImport, TraktSync};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(preview_trakt_import, begin_trakt_import, cancel_trakt_import))
        .routes(routes!(get_trakt_sync, start_trakt_sync))
}

/// The decision about existing plays on Trakt.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginImport {
    /// Whether to import these plays and send those from this server. If false, existing plays stay where they are.
    pub import: bool,
    /// Whether to decide only about undecided categories, which a newer version has added.
    #[serde(default)]
    pub only_undecided: bool,
}

/// Returns what an import would do, based on complete counts from Trakt.
#[utoipa::path(
    get,
    path = "/api/trakt/import",
    tag = "trakt",
    responses((status = 200, description = "The preview.", body = TraktImport), SignedInErrors, ConflictError)
)]
async fn preview_trakt_import(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> ApiResult<Json<TraktImport>> {
    Ok(Json(present::trakt_sync::import(app.engine().preview_import(caller.user_id).await?)))
}

/// Decides about existing plays on Trakt. The decision is carried out in the background.
#[utoipa::path(
    post,
    path = "/api/trakt/import",
    tag = "trakt",
    request_body = BeginImport,
    responses(
        (status = 202, description = "The sync status after the decision.", body = TraktSync),
        SignedInErrors, ConflictError, InvalidError
    )
)]
async fn begin_trakt_import(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<BeginImport>,
) -> ApiResult<(StatusCode, Json<TraktSync>)> {
    if body.only_undecided {
        app.engine().begin_undecided(caller.user_id, body.import).await?;
    } else {
        app.engine().begin_import(caller.user_id, body.import).await?;
    }
    Ok((StatusCode::ACCEPTED, Json(status(&app, caller.user_id).await?)))
}

/// Cancels a running import. Plays that are already imported are kept.
#[utoipa::path(
    delete,
    path = "/api/trakt/import",
    tag = "trakt",
    responses((status = 200, description = "The sync status.", body = TraktSync), SignedInErrors, ConflictError)
)]
async fn cancel_trakt_import(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> ApiResult<Json<TraktSync>> {
    app.engine().cancel_import(caller.user_id).await?;
    Ok(Json(status(&app, caller.user_id).await?))
}

/// Returns the sync status of each category; also sent as `sync` events.
#[utoipa::path(
    get,
    path = "/api/trakt/sync",
    tag = "trakt",
    responses((status = 200, description = "The sync status.", body = TraktSync), SignedInErrors)
)]
async fn get_trakt_sync(State(app): State<App>, SignedIn(caller): SignedIn) -> ApiResult<Json<TraktSync>> {
    Ok(Json(status(&app, caller.user_id).await?))
}

/// Checks Trakt for changes immediately.
#[utoipa::path(
    post,
    path = "/api/trakt/sync",
    tag = "trakt",
    responses((status = 202, description = "The sync status after the request.", body = TraktSync), SignedInErrors, ConflictError)
)]
async fn start_trakt_sync(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> ApiResult<(StatusCode, Json<TraktSync>)> {
    app.engine().sync_now(caller.user_id).await?;
    Ok((StatusCode::ACCEPTED, Json(status(&app, caller.user_id).await?)))
}

/// The sync status of each category.
pub(in crate::api) async fn status(app: &App, user_id: UserId) -> sync::Result<TraktSync> {
    let engine = app.engine();
    let categories = engine.sync_status(user_id).await?;
    let (problems, requests) = (engine.sync_problems(user_id).await?, engine.requests(user_id).await?);
    Ok(present::trakt_sync::sync(&categories, problems, requests))
}
