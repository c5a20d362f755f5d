//! Matches between files and Trakt titles, and the user's decisions about them.

use super::paging::{offset, page_size};
use crate::http::handler::routes;
use axum::extract::State;
use db::ids::{LibraryId, MatchGroupId};
use library::matching::decide::MatchChoice;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Admin, Json, Path, Query};
use crate::http::responses::{AdminErrors, InvalidError, NotFoundError, UnavailableError};
use crate::present;
use api_types::matching::{Candidate, Match, MatchState, Matches};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_matches))
        .routes(routes!(get_match, decide_match))
        .routes(routes!(search_candidates))
}

/// Filter and page of the match list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MatchQuery {
    /// Only matches in this state.
    pub state: Option<MatchState>,
    /// Only matches in this library.
    #[param(value_type = Option<i64>)]
    pub library: Option<LibraryId>,
    /// Number of items to skip; 0 by default.
    pub offset: Option<i64>,
    /// Maximum number of items, 1 to 500; 100 by default.
    pub limit: Option<i64>,
}

/// Search terms for candidates.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CandidateQuery {
    /// Title; defaults to the one from the file names.
    pub query: Option<String>,
    /// Release year.
    pub year: Option<i32>,
}

/// A decision: exactly one of the three fields. Later scans do not change it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchDecision {
    /// Match with the title that has this Trakt id.
    pub trakt_id: Option<i64>,
    /// Hide from the library.
    pub ignore: Option<bool>,
    /// Show under the name of its files, without a Trakt title.
    pub local: Option<bool>,
}

/// Lists matches.
#[utoipa::path(
    get,
    path = "/api/matches",
    tag = "matches",
    params(MatchQuery),
    responses((status = 200, description = "The matches.", body = Matches), AdminErrors, InvalidError)
)]
async fn list_matches(
    State(app): State<App>,
    Admin(caller): Admin,
    Query(query): Query<MatchQuery>,
) -> ApiResult<Json<Matches>> {
    let (offset, limit) = (offset(query.offset)?, page_size(query.limit, 100, 500)?);
    let found = app
        .matching()
        .list(caller.user_id, query.state.map(present::read_match_state), query.library, offset, limit)
        .await?;
    let (items, total) = found;
    let api = &app.config().trakt_api_url;
    Ok(Json(Matches {
        items: items.into_iter().map(|group| present::match_group(group, api)).collect(),
        total: total.cast_signed(),
    }))
}

/// Returns a match.
#[utoipa::path(
    get,
    path = "/api/matches/{id}",
    tag = "matches",
    params(("id" = i64, Path, description = "The match")),
    responses((status = 200, description = "The match.", body = Match), AdminErrors, NotFoundError)
)]
async fn get_match(
    State(app): State<App>,
    Admin(caller): Admin,
    Path(id): Path<MatchGroupId>,
) -> ApiResult<Json<Match>> {
    let group = app.matching().get(caller.user_id, id).await?;
    Ok(Json(present::match_group(group, &app.config().trakt_api_url)))
}

/// Searches Trakt for titles that the files of a match could be.
#[utoipa::path(
    get,
    path = "/api/matches/{id}/candidates",
    tag = "matches",
    params(("id" = i64, Path, description = "The match"), CandidateQuery),
    responses((status = 200, description = "The candidates, best first.", body = Vec<Candidate>), AdminErrors, NotFoundError, InvalidError, UnavailableError)
)]
async fn search_candidates(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<MatchGroupId>,
    Query(query): Query<CandidateQuery>,
) -> ApiResult<Json<Vec<Candidate>>> {
    let found = app.matching().candidates(id, query.query.as_deref(), query.year).await?;
    let api = &app.config().trakt_api_url;
    Ok(Json(found.into_iter().map(|found| present::candidate(found, api)).collect()))
}

/// Sets the title of a match, hides it, or keeps it without a Trakt title.
#[utoipa::path(
    put,
    path = "/api/matches/{id}",
    tag = "matches",
    params(("id" = i64, Path, description = "The match")),
    request_body = MatchDecision,
    responses((status = 200, description = "The changed match.", body = Match), AdminErrors, NotFoundError, InvalidError, UnavailableError)
)]
async fn decide_match(
    State(app): State<App>,
    Admin(caller): Admin,
    Path(id): Path<MatchGroupId>,
    Json(body): Json<MatchDecision>,
) -> ApiResult<Json<Match>> {
    let decision = match (body.trakt_id, body.ignore.unwrap_or(false), body.local.unwrap_or(false)) {
        (Some(id), false, false) => MatchChoice::Trakt(id),
        (None, true, false) => MatchChoice::Ignore,
        (None, false, true) => MatchChoice::Local,
        _ => return Err(ApiError::malformed("Send exactly one of trakt_id, ignore and local.")),
    };
    let group = app.matching().decide(caller.user_id, id, decision).await?;
    Ok(Json(present::match_group(group, &app.config().trakt_api_url)))
}
