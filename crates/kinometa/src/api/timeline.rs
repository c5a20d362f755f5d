//! The timeline.

use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Query, SignedIn};
use crate::http::responses::{InvalidError, SignedInErrors};
use crate::model::play::Timeline;

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
    /// Time zone that days are counted in: minutes east of UTC, such as 120; UTC when left out.
    pub tz: Option<i32>,
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
    SignedIn(_caller): SignedIn,
    Query(_query): Query<TimelineQuery>,
) -> ApiResult<Json<Timeline>> {
    Err(ApiError::not_ready())
}
