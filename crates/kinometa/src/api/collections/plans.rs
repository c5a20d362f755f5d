//! Removals from collections that wait for confirmation.

use axum::extract::State;
use axum::http::StatusCode;
use db::collection_plans;
use db::ids::CollectionPlanId;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Admin, Json, Path};
use crate::http::handler::routes;
use crate::http::responses::{AdminErrors, ConflictError, NotFoundError};
use crate::present::{self, collections::Removals};
use api_types::collections::{CollectionPlan, CollectionRunProgress};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_collection_plans))
        .routes(routes!(confirm_collection_plan))
        .routes(routes!(dismiss_collection_plan))
}

/// Lists removals that wait for confirmation, and those that were declined, oldest first.
#[utoipa::path(
    get,
    path = "/api/collections/plans",
    tag = "collections",
    responses((status = 200, description = "The plans.", body = Vec<CollectionPlan>), AdminErrors)
)]
async fn list_collection_plans(
    State(app): State<App>,
    Admin(caller): Admin,
) -> ApiResult<Json<Vec<CollectionPlan>>> {
    let view = app.catalogue().view(caller.user_id).await?;
    let running = app.collections().running();
    let mut plans = Vec::new();
    for row in collection_plans::list(app.db()).await? {
        let items = collection_plans::items(app.db(), row.id).await?;
        let entries = crate::collections::entries(row.entries.clone())?;
        let (removed, elsewhere) = app.collections().removed(row.id).await?;
        let removals = Removals { items, entries, elsewhere, removed };
        plans.push(present::collections::plan(row, removals, &running, &view));
    }
    Ok(Json(plans))
}

/// Carries out the removals of a plan in the background. The collection is planned again first; if that would
/// remove other titles, a new plan waits for confirmation.
#[utoipa::path(
    post,
    path = "/api/collections/plans/{id}/confirm",
    tag = "collections",
    params(("id" = i64, Path, description = "The plan")),
    responses(
        (status = 202, description = "The run, started or queued.", body = CollectionRunProgress),
        AdminErrors, NotFoundError, ConflictError
    )
)]
async fn confirm_collection_plan(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<CollectionPlanId>,
) -> ApiResult<(StatusCode, Json<CollectionRunProgress>)> {
    let progress = app.collections().confirm(id).await?;
    Ok((StatusCode::ACCEPTED, Json(present::collections::progress(progress))))
}

/// Rejects a plan: its titles are kept, and later runs that would remove the same titles do not ask again.
#[utoipa::path(
    post,
    path = "/api/collections/plans/{id}/dismiss",
    tag = "collections",
    params(("id" = i64, Path, description = "The plan")),
    responses((status = 204, description = "The titles are kept."), AdminErrors, NotFoundError)
)]
async fn dismiss_collection_plan(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<CollectionPlanId>,
) -> ApiResult<StatusCode> {
    app.collections().keep(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
