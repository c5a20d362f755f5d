//! Movies, shows, seasons and episodes.

use super::paging::{offset, page_size};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use catalogue::detail::{detail, season_of};
use catalogue::facets::facets;
use catalogue::list::page;
use catalogue::query::{ListQuery, Selection, Shelf, Sort};
use db::ids::{LibraryId, TitleId};
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Path, Query, SignedIn};
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors};
use crate::present;
use api_types::title::{TitleFacets, Titles};
use api_types::title_detail::TitleDetail;
use db::kinds::TitleKind;

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
    #[param(value_type = Option<i64>)]
    pub library: Option<LibraryId>,
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
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<TitleQuery>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let query = query.read()?;
    let view = app.catalogue().view(caller.user_id).await?;
    let tag = entity_tag(&view.stamp, &query);
    if not_changed(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let json = HeaderValue::from_static("application/json");
    let headers = [
        (header::CONTENT_TYPE, json),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
        (header::ETAG, tag),
    ];
    Ok((headers, Body::from(app.card_cache().page(caller.user_id, &view, &page(&view, &query))))
        .into_response())
}

impl TitleQuery {
    fn read(self) -> ApiResult<ListQuery> {
        let sort = match self.sort.unwrap_or(TitleSort::Name) {
            TitleSort::Name => Sort::Name,
            TitleSort::Added => Sort::Added,
            TitleSort::Year => Sort::Year,
            TitleSort::Rating => Sort::Rating,
            TitleSort::Runtime => Sort::Runtime,
        };
        let selection = Selection {
            shelf: shelf(self.kind)?,
            sort,
            // Newest and best come first, names and lengths begin at the beginning.
            descending: match self.order {
                Some(order) => order == SortOrder::Desc,
                None => matches!(sort, Sort::Added | Sort::Year | Sort::Rating),
            },
            genre: self.genre.filter(|genre| !genre.is_empty()),
            year: self.year,
            decade: self.decade,
            watched: self.watched.map(|watched| watched == YesNo::Yes),
            resolution: self.resolution.filter(|resolution| !resolution.is_empty()),
            library: self.library,
        };
        Ok(ListQuery { selection, offset: offset(self.offset)?, limit: page_size(self.limit, 100, 500)? })
    }
}

fn shelf(kind: TitleKind) -> ApiResult<Shelf> {
    match kind {
        TitleKind::Movie => Ok(Shelf::Movies),
        TitleKind::Show => Ok(Shelf::Shows),
        TitleKind::Season | TitleKind::Episode => {
            Err(ApiError::invalid_field("kind", "Only movies and shows are listed."))
        }
    }
}

/// The same tag means the same page: the view's stamp changes with every change that the person could see.
fn entity_tag(stamp: &str, query: &ListQuery) -> HeaderValue {
    let mut hasher = DefaultHasher::new();
    query.hash(&mut hasher);
    let tag = format!("\"{stamp}-{:x}\"", hasher.finish());
    HeaderValue::from_str(&tag).expect("a tag of letters and digits")
}

fn not_changed(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let Some(known) = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let tag = tag.to_str().unwrap_or_default();
    known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)
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
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<FacetQuery>,
) -> ApiResult<Json<TitleFacets>> {
    let view = app.catalogue().view(caller.user_id).await?;
    Ok(Json(present::facets(facets(&view, shelf(query.kind)?))))
}

/// One title.
#[utoipa::path(
    get,
    path = "/api/titles/{id}",
    tag = "titles",
    params(("id" = i64, Path, description = "The title")),
    responses((status = 200, description = "The title.", body = TitleDetail), SignedInErrors, NotFoundError)
)]
async fn get_title(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TitleId>,
) -> ApiResult<Json<TitleDetail>> {
    let view = app.catalogue().view(caller.user_id).await?;
    let found = detail(app.db(), &view, caller.user_id, id, app.now()).await?;
    Ok(Json(present::title_detail(found.ok_or_else(|| ApiError::not_found("This title"))?)))
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
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path((id, number)): Path<(TitleId, i32)>,
) -> ApiResult<Json<TitleDetail>> {
    let missing = || ApiError::not_found("This season");
    let view = app.catalogue().view(caller.user_id).await?;
    let season = season_of(&view, id, number).ok_or_else(missing)?;
    let found = detail(app.db(), &view, caller.user_id, season, app.now()).await?;
    Ok(Json(present::title_detail(found.ok_or_else(missing)?)))
}
