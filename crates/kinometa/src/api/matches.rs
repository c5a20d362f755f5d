//! Which title a folder or file is: the doubts, and deciding them.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Admin, Json, Path, Query, SignedIn};
use crate::http::responses::{AdminErrors, InvalidError, NotFoundError, SignedInErrors, UnavailableError};
use crate::model::matching::{Candidate, Match, MatchState, Matches};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_matches))
        .routes(routes!(get_match, decide_match))
        .routes(routes!(search_candidates))
}

/// Which matches.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MatchQuery {
    /// Only in this state.
    pub state: Option<MatchState>,
    /// Only this library.
    pub library: Option<i64>,
    /// Where to begin.
    pub offset: Option<i64>,
    /// How many, 1 to 500.
    pub limit: Option<i64>,
}

/// What to search for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CandidateQuery {
    /// Title; the one read from the names when left out.
    pub query: Option<String>,
    /// Year.
    pub year: Option<i32>,
}

/// A decision: exactly one of the three. It survives every scan.
#[derive(Deserialize, ToSchema)]
pub struct MatchDecision {
    /// It is this title at Trakt.
    pub trakt_id: Option<i64>,
    /// It is not to appear.
    pub ignore: Option<bool>,
    /// It is to appear as its names say, unknown to Trakt.
    pub local: Option<bool>,
}

/// Matches by state.
#[utoipa::path(
    get,
    path = "/api/matches",
    tag = "matches",
    params(MatchQuery),
    responses((status = 200, description = "The matches.", body = Matches), SignedInErrors, InvalidError)
)]
async fn list_matches(
    SignedIn(_caller): SignedIn,
    Query(_query): Query<MatchQuery>,
) -> ApiResult<Json<Matches>> {
    Err(ApiError::not_ready())
}

/// One match.
#[utoipa::path(
    get,
    path = "/api/matches/{id}",
    tag = "matches",
    params(("id" = i64, Path, description = "The match")),
    responses((status = 200, description = "The match.", body = Match), SignedInErrors, NotFoundError)
)]
async fn get_match(SignedIn(_caller): SignedIn, Path(_id): Path<i64>) -> ApiResult<Json<Match>> {
    Err(ApiError::not_ready())
}

/// Searches Trakt for what it could be.
#[utoipa::path(
    get,
    path = "/api/matches/{id}/candidates",
    tag = "matches",
    params(("id" = i64, Path, description = "The match"), CandidateQuery),
    responses((status = 200, description = "Candidates, best first.", body = Vec<Candidate>), AdminErrors, NotFoundError, InvalidError, UnavailableError)
)]
async fn search_candidates(
    Admin(_caller): Admin,
    Path(_id): Path<i64>,
    Query(_query): Query<CandidateQuery>,
) -> ApiResult<Json<Vec<Candidate>>> {
    Err(ApiError::not_ready())
}

/// Decides what it is.
#[utoipa::path(
    put,
    path = "/api/matches/{id}",
    tag = "matches",
    params(("id" = i64, Path, description = "The match")),
    request_body = MatchDecision,
    responses((status = 200, description = "The match after the decision.", body = Match), AdminErrors, NotFoundError, InvalidError, UnavailableError)
)]
async fn decide_match(
    Admin(_caller): Admin,
    Path(_id): Path<i64>,
    Json(_body): Json<MatchDecision>,
) -> ApiResult<Json<Match>> {
    Err(ApiError::not_ready())
}
