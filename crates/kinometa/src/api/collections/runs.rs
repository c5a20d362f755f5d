//! Runs of config files.

use axum::extract::State;
use axum::http::StatusCode;
use db::collection_runs;
use db::ids::CollectionConfigId;
use db::kinds::CollectionRunReason;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::api::paging;
use crate::app::App;
use crate::collections::Scope;
use crate::http::errors::ApiResult;
use crate::http::extract::{Admin, Json, Path, Query};
use crate::http::handler::routes;
use crate::http::responses::{AdminErrors, ConflictError, InvalidError, NotFoundError};
use crate::present;
use api_types::collections::{CollectionRun, CollectionRunProgress};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(run_collections, cancel_collection_run))
        .routes(routes!(list_collection_runs))
}

/// What to run.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RunCollections {
    /// Only this collection, regardless of its schedule.
    pub collection: Option<String>,
}

/// Filter and page of the runs.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RunQuery {
    /// Only runs of this file.
    #[param(value_type = Option<i64>)]
    pub config: Option<CollectionConfigId>,
    /// The number of items to skip.
    pub offset: Option<i64>,
    /// Maximum number of items, 1 to 50; 10 by default.
    pub limit: Option<i64>,
}

/// Builds the collections of a file in the background, from the current contents of Trakt's lists and charts.
#[utoipa::path(
    post,
    path = "/api/collections/configs/{id}/run",
    tag = "collections",
    params(("id" = i64, Path, description = "The file")),
    request_body = RunCollections,
    responses(
        (status = 202, description = "The run, started or queued.", body = CollectionRunProgress),
        AdminErrors, NotFoundError, ConflictError, InvalidError
    )
)]
async fn run_collections(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<CollectionConfigId>,
    Json(body): Json<RunCollections>,
) -> ApiResult<(StatusCode, Json<CollectionRunProgress>)> {
    let scope = body.collection.map_or(Scope::All, |name| Scope::Collection { name });
    let progress = app.collections().run(id, CollectionRunReason::Manual, scope).await?;
    Ok((StatusCode::ACCEPTED, Json(present::collections::progress(progress))))
}

/// Cancels the runs of a file. Collections that are already built are kept.
#[utoipa::path(
    delete,
    path = "/api/collections/configs/{id}/run",
    tag = "collections",
    params(("id" = i64, Path, description = "The file")),
    responses((status = 204, description = "The runs were cancelled."), AdminErrors, ConflictError)
)]
async fn cancel_collection_run(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<CollectionConfigId>,
) -> ApiResult<StatusCode> {
    app.collections().cancel(id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists runs with the results of each collection, newest first.
#[utoipa::path(
    get,
    path = "/api/collections/runs",
    tag = "collections",
    params(RunQuery),
    responses((status = 200, description = "The runs.", body = Vec<CollectionRun>), AdminErrors, InvalidError)
)]
async fn list_collection_runs(
    State(app): State<App>,
    Admin(_caller): Admin,
    Query(query): Query<RunQuery>,
) -> ApiResult<Json<Vec<CollectionRun>>> {
    let (offset, limit) = (paging::offset(query.offset)?, paging::page_size(query.limit, 10, 50)?);
    let runs = collection_runs::list(app.db(), query.config, offset as u64, limit as u64).await?;
    let ids: Vec<_> = runs.iter().map(|run| run.id).collect();
    let results = collection_runs::results(app.db(), &ids).await?;
    Ok(Json(present::collections::runs(runs, results)))
}
