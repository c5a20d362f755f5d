//! The timeline.

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

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_timeline))
}

/// Which part.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TimelineQuery {
    /// `next_before` of the part before.
    pub before: Option<String>,
    /// About how many plays, 1 to 500; 100 when left out.
    pub limit: Option<i64>,
    /// Time zone that days are counted in, such as `Europe/Amsterdam`, or minutes east of UTC; UTC when left out.
    pub tz: Option<String>,
}

/// The plays of the person signed in, by day.
#[utoipa::path(
    get,
    path = "/api/timeline",
    tag = "plays",
    params(TimelineQuery),
    responses((status = 200, description = "The days.", body = Timeline), SignedInErrors, InvalidError)
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
            ApiError::invalid_field("before", "Send what the part before gave as next_before.")
        })?),
        None => None,
    };
    let view = app.catalogue().view(caller.user_id).await?;
    let part = timeline(app.db(), &view, caller.user_id, before, limit as u64, zone).await?;
    Ok(Json(present::timeline(part)))
}
