//! Removals that wait for the user's decision.

use axum::extract::State;
use axum::http::StatusCode;
use db::ids::SyncPlanId;
use serde::Deserialize;
use sync::Decision;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::api::paging;
use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, Path, Query, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{ConflictError, InvalidError, NotFoundError, SignedInErrors};
use crate::present;
use api_types::trakt_log::{TraktPlan, TraktPlanItems};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_trakt_plans)).routes(routes!(get_trakt_plan, decide_trakt_plan))
}

/// Page of the items.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlanQuery {
    /// The number of items to skip.
    pub offset: Option<i64>,
    /// Maximum number of items, 1 to 500; 100 by default.
    pub limit: Option<i64>,
}

/// The decision about waiting removals.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanDecision {
    /// The decision.
    pub decision: PlanChoice,
}

/// A choice about waiting removals.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanChoice {
    /// Carry out the removals.
    Remove,
    /// Keep the items, and send them again to the side that lost them.
    SendAgain,
    /// Keep the items, and send nothing.
    Leave,
}

/// Lists the removals that wait for the signed-in user.
#[utoipa::path(
    get,
    path = "/api/trakt/plans",
    tag = "trakt",
    responses((status = 200, description = "The removals, oldest first.", body = Vec<TraktPlan>), SignedInErrors)
)]
async fn list_trakt_plans(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> ApiResult<Json<Vec<TraktPlan>>> {
    let plans = app.engine().plans(caller.user_id).await?;
    Ok(Json(plans.into_iter().map(present::trakt_log::plan).collect()))
}

/// Lists the items that would be removed.
#[utoipa::path(
    get,
    path = "/api/trakt/plans/{id}",
    tag = "trakt",
    params(("id" = i64, Path, description = "The removals"), PlanQuery),
    responses(
        (status = 200, description = "The items.", body = TraktPlanItems),
        SignedInErrors, NotFoundError, InvalidError
    )
)]
async fn get_trakt_plan(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<SyncPlanId>,
    Query(query): Query<PlanQuery>,
) -> ApiResult<Json<TraktPlanItems>> {
    let (offset, limit) = (paging::offset(query.offset)?, paging::page_size(query.limit, 100, 500)?);
    let items = app.engine().plan_items(caller.user_id, id, offset as u64, limit as u64).await?;
    let view = app.catalogue().view(caller.user_id).await?;
    Ok(Json(present::trakt_log::plan_items(items, &view)))
}

/// Decides about waiting removals. The decision is carried out in the background.
#[utoipa::path(
    post,
    path = "/api/trakt/plans/{id}",
    tag = "trakt",
    params(("id" = i64, Path, description = "The removals")),
    request_body = PlanDecision,
    responses(
        (status = 202, description = "The decision was saved."),
        SignedInErrors, NotFoundError, ConflictError, InvalidError
    )
)]
async fn decide_trakt_plan(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<SyncPlanId>,
    Json(body): Json<PlanDecision>,
) -> ApiResult<StatusCode> {
    let decision = match body.decision {
        PlanChoice::Remove => Decision::Remove,
        PlanChoice::SendAgain => Decision::SendAgain,
        PlanChoice::Leave => Decision::Leave,
    };
    app.engine().decide_plan(caller.user_id, id, decision).await?;
    Ok(StatusCode::ACCEPTED)
}
