//! Statistics of the signed-in user.

use api_types::error::ErrorReason;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use super::timeline::read_zone;
use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Query, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{InvalidError, SignedInErrors};
use api_types::statistics::Statistics;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_statistics))
}

/// The valid range of years.
const YEARS: std::ops::RangeInclusive<i32> = 1888..=9998;

/// Period of the statistics.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatisticsQuery {
    /// A year; all time by default.
    pub year: Option<i32>,
    /// Time zone of days and hours, such as `Europe/Amsterdam`, or an offset in minutes east of UTC. UTC by
    /// default.
    pub tz: Option<String>,
}

/// Returns statistics of the signed-in user's plays, for one year or all time.
#[utoipa::path(
    get,
    path = "/api/statistics",
    tag = "plays",
    params(StatisticsQuery),
    responses((status = 200, description = "The statistics.", body = Statistics), SignedInErrors, InvalidError)
)]
async fn get_statistics(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<StatisticsQuery>,
) -> ApiResult<Response> {
    let zone = read_zone(query.tz.as_deref())?;
    if query.year.is_some_and(|year| !YEARS.contains(&year)) {
        return Err(ApiError::invalid_field(
            "year",
            ErrorReason::YearRange,
            "Enter a year between 1888 and 9998.",
        ));
    }
    let view = app.catalogue().view(caller.user_id).await?;
    let cache = app.statistics_cache();
    let json = cache.json(app.db(), &view, caller.user_id, (zone, query.year), app.now()).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], json).into_response())
}
