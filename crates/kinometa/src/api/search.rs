//! Search in the libraries.

use super::paging::page_size;
use crate::http::handler::routes;
use axum::extract::State;
use catalogue::search::{people, search as find};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, Query, SignedIn};
use crate::http::responses::{InvalidError, SignedInErrors};
use crate::present;
use api_types::title::SearchResults;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(search))
}

/// Query of a search.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// Search words. The last one may be incomplete.
    pub q: String,
    /// Maximum number of results of each kind, 1 to 50; 8 by default.
    pub limit: Option<i64>,
}

/// Searches movies, shows and episodes by title, year, genre and number, and people by name.
#[utoipa::path(
    get,
    path = "/api/search",
    tag = "titles",
    params(SearchQuery),
    responses((status = 200, description = "The search results.", body = SearchResults), SignedInErrors, InvalidError)
)]
async fn search(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<SearchQuery>,
) -> ApiResult<Json<SearchResults>> {
    let limit = page_size(query.limit, 8, 50)?;
    let view = app.catalogue().view(caller.user_id).await?;
    let people = people(app.db(), &view, &query.q, limit).await?;
    Ok(Json(present::search_results(find(&view, &query.q, limit), people)))
}
