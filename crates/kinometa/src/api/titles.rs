//! Movies, shows, seasons and episodes.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Path, Query, SignedIn};
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors};
use crate::model::title::{TitleDetail, TitleFacets, TitleKind, Titles};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_titles))
        .routes(routes!(title_facets))
        .routes(routes!(get_title))
        .routes(routes!(get_season))
}

/// What to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TitleSort {
    /// Title without its article.
    Name,
    /// When it came to the library.
    Added,
    /// Year.
    Year,
    /// Trakt's rating.
    Rating,
    /// Running time.
    Runtime,
}

/// Direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SortOrder {
    /// Smallest first.
    Asc,
    /// Largest first.
    Desc,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// Which titles.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TitleQuery {
    /// Movies or shows.
    pub kind: TitleKind,
    /// What to sort by; `name` when left out.
    pub sort: Option<TitleSort>,
    /// Direction; the natural one of `sort` when left out.
    pub order: Option<SortOrder>,
    /// Only this genre.
    pub genre: Option<String>,
    /// Only this year.
    pub year: Option<i32>,
    /// Only this decade, such as 1990.
    pub decade: Option<i32>,
    /// Only watched or unwatched.
    pub watched: Option<YesNo>,
    /// Only this resolution.
    pub resolution: Option<String>,
    /// Only this library.
    pub library: Option<i64>,
    /// Where to begin.
    pub offset: Option<i64>,
    /// How many, 1 to 500; 100 when left out.
    pub limit: Option<i64>,
}

/// Which kind.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FacetQuery {
    /// Movies or shows.
    pub kind: TitleKind,
}

/// Movies or shows of the library.
#[utoipa::path(
    get,
    path = "/api/titles",
    tag = "titles",
    params(TitleQuery),
    responses((status = 200, description = "The titles.", body = Titles), SignedInErrors, InvalidError)
)]
async fn list_titles(
    SignedIn(_caller): SignedIn,
    Query(_query): Query<TitleQuery>,
) -> ApiResult<Json<Titles>> {
    Err(ApiError::not_ready())
}

/// What the titles can be filtered by.
#[utoipa::path(
    get,
    path = "/api/titles/facets",
    tag = "titles",
    params(FacetQuery),
    responses((status = 200, description = "The values.", body = TitleFacets), SignedInErrors, InvalidError)
)]
async fn title_facets(
    SignedIn(_caller): SignedIn,
    Query(_query): Query<FacetQuery>,
) -> ApiResult<Json<TitleFacets>> {
    Err(ApiError::not_ready())
}

/// One title.
#[utoipa::path(
    get,
    path = "/api/titles/{id}",
    tag = "titles",
    params(("id" = i64, Path, description = "The title")),
    responses((status = 200, description = "The title.", body = TitleDetail), SignedInErrors, NotFoundError)
)]
async fn get_title(SignedIn(_caller): SignedIn, Path(_id): Path<i64>) -> ApiResult<Json<TitleDetail>> {
    Err(ApiError::not_ready())
}

/// A season of a show by its number.
#[utoipa::path(
    get,
    path = "/api/titles/{id}/seasons/{number}",
    tag = "titles",
    params(("id" = i64, Path, description = "The show"), ("number" = i32, Path, description = "The season; 0 holds the specials")),
    responses((status = 200, description = "The season.", body = TitleDetail), SignedInErrors, NotFoundError)
)]
async fn get_season(
    SignedIn(_caller): SignedIn,
    Path((_id, _number)): Path<(i64, i32)>,
) -> ApiResult<Json<TitleDetail>> {
    Err(ApiError::not_ready())
}
