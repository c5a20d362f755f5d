//! The signed-in user's timeline.

use super::paging::page_size;
use crate::timeline::days::{UnknownZone, Zone, timeline};
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Query, SignedIn};
use crate::http::responses::{InvalidError, SignedInErrors};
use crate::present;
use api_types::play::Timeline;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_timeline))
}

/// Page of the timeline.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TimelineQuery {
    /// `next_before` of the previous page; starts with the newest play when left out.
    pub before: Option<String>,
    /// Approximate number of plays, 1 to 500; 100 by default. Days are never split.
    pub limit: Option<i64>,
    /// Time zone that defines the days, such as `Europe/Amsterdam`, or an offset in minutes east of UTC. UTC by default.
    pub tz: Option<String>,
}

/// Lists the signed-in user's plays by day, newest first.
#[utoipa::path(
    get,
    path = "/api/timeline",
    tag = "plays",
    params(TimelineQuery),
    responses((status = 200, description = "The page of the timeline.", body = Timeline), SignedInErrors, InvalidError)
)]
async fn get_timeline(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<TimelineQuery>,
) -> ApiResult<Json<Timeline>> {
    let limit = page_size(query.limit, 100, 500)?;
    let zone: Zone = query
        .tz
        .as_deref()
        .unwrap_or("UTC")
        .parse()
        .map_err(|error: UnknownZone| ApiError::invalid_field("tz", error.to_string()))?;
    let before = match &query.before {
        Some(text) => Some(present::read_place(text).ok_or_else(|| {
            ApiError::invalid_field("before", "before must be the next_before of the previous page.")
        })?),
        None => None,
    };
    let view = app.catalogue().view(caller.user_id).await?;
    let page = timeline(app.db(), &view, caller.user_id, before, limit as u64, zone).await?;
    Ok(Json(present::timeline(page)))
}
