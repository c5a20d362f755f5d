//! The signed-in user's timeline.

use super::paging::page_size;
use crate::http::handler::routes;
use crate::timeline::days::{Part, timeline};
use crate::timeline::export::plays_of;
use crate::timeline::zone::{UnknownZone, Zone};
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use catalogue::search::played;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Query, SignedIn};
use crate::http::responses::{InvalidError, SignedInErrors};
use crate::present;
use api_types::play::{ExportedPlay, Timeline};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_timeline)).routes(routes!(export_timeline))
}

/// Page of the timeline.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TimelineQuery {
    /// `next_before` of the previous page; starts with the newest play by default.
    pub before: Option<String>,
    /// Approximate number of plays, 1 to 500; 100 by default. Days are never split.
    pub limit: Option<i64>,
    /// Only plays of titles whose name, or whose show's name, contains all of these words.
    pub q: Option<String>,
    /// Time zone of the days, such as `Europe/Amsterdam`, or an offset in minutes east of UTC. UTC by default.
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
    let zone = read_zone(query.tz.as_deref())?;
    let before = match &query.before {
        Some(text) => Some(present::read_cursor(text).ok_or_else(|| {
            ApiError::malformed_field("before", "before must be the next_before of the previous page.")
        })?),
        None => None,
    };
    let view = app.catalogue().view(caller.user_id).await?;
    let words = query.q.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let titles = words.map(|words| played(&view, words));
    let part = Part { before, limit: limit as u64, titles: titles.as_deref(), zone };
    let page = timeline(app.db(), &view, caller.user_id, part).await?;
    Ok(Json(present::timeline(page)))
}

/// Parses a time zone; UTC by default.
pub(super) fn read_zone(name: Option<&str>) -> ApiResult<Zone> {
    let zone = name.unwrap_or("UTC").parse();
    zone.map_err(|error: UnknownZone| ApiError::malformed_field("tz", error.to_string()))
}

/// Format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Comma-separated values with a header line, for spreadsheets.
    Csv,
    /// A JSON array.
    Json,
}

/// Format of the export.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// `csv` or `json`.
    pub format: ExportFormat,
}

/// Downloads all plays of the signed-in user, newest first.
///
/// In CSV, a text that a spreadsheet would interpret as a formula (it begins with `=`, `+`, `-` or `@`) gets a
/// leading `'`.
#[utoipa::path(
    get,
    path = "/api/timeline/export",
    tag = "plays",
    params(ExportQuery),
    responses((status = 200, description = "All plays.", content((Vec<ExportedPlay> = "application/json"), (String = "text/csv"))), SignedInErrors, InvalidError)
)]
async fn export_timeline(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<ExportQuery>,
) -> ApiResult<Response> {
    let plays = plays_of(app.db().clone(), caller.user_id);
    let day = app.now().date_naive();
    let (media_type, name, body) = match query.format {
        ExportFormat::Csv => (
            "text/csv; charset=utf-8",
            format!("kinometa-{day}.csv"),
            Body::from_stream(present::to_csv(plays)),
        ),
        ExportFormat::Json => {
            ("application/json", format!("kinometa-{day}.json"), Body::from_stream(present::to_json(plays)))
        }
    };
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, &disposition)], body)
        .into_response())
}
