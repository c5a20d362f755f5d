//! Movies, shows, seasons and episodes.

use super::paging::{offset, page_size};
use crate::http::handler::routes;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use catalogue::detail::{detail, season_of};
use catalogue::facets::facets;
use catalogue::list::page;
use catalogue::query::{ListQuery, Section, Selection, Sort};
use db::ids::{LibraryId, TitleId};
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Path, Query, SignedIn};
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors};
use crate::present::{self, Folders};
use api_types::title::{SelectedTitles, TitleFacets, Titles};
use api_types::title_detail::TitleDetail;
use db::kinds::TitleKind;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_titles))
        .routes(routes!(list_title_ids))
        .routes(routes!(title_facets))
        .routes(routes!(get_title))
        .routes(routes!(get_season))
}

/// Sort key of a title list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TitleSort {
    /// Name, ignoring a leading article.
    Name,
    /// Date added to the library.
    Added,
    /// Release year.
    Year,
    /// Rating on Trakt.
    Rating,
    /// Runtime.
    Runtime,
}

/// Sort order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SortOrder {
    /// Ascending.
    Asc,
    /// Descending.
    Desc,
}

/// Value of a yes/no filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// Filter, sort order and page of a title list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TitleQuery {
    /// `movie` or `show`.
    pub kind: TitleKind,
    /// Sort key; `name` by default.
    pub sort: Option<TitleSort>,
    /// Sort order. Descending by default for `added`, `year` and `rating`, ascending otherwise.
    pub order: Option<SortOrder>,
    /// Only titles of this genre.
    pub genre: Option<String>,
    /// Only titles from this year.
    pub year: Option<i32>,
    /// Only titles from the decade that starts with this year, such as 1990.
    pub decade: Option<i32>,
    /// Only watched (`yes`) or unwatched (`no`) titles.
    pub watched: Option<YesNo>,
    /// Only titles with a file of this resolution.
    pub resolution: Option<String>,
    /// Only titles in this library.
    #[param(value_type = Option<i64>)]
    pub library: Option<LibraryId>,
    /// Number of items to skip; 0 by default.
    pub offset: Option<i64>,
    /// Maximum number of items, 1 to 500; 100 by default.
    pub limit: Option<i64>,
}

/// Query of the filter values.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FacetQuery {
    /// `movie` or `show`.
    pub kind: TitleKind,
}

/// Lists movies or shows.
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
    if is_current(&headers, &tag) {
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
            section: section(self.kind)?,
            sort,
            // By default, the newest and best rated come first, but names start at A and runtimes at the shortest.
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

fn section(kind: TitleKind) -> ApiResult<Section> {
    match kind {
        TitleKind::Movie => Ok(Section::Movies),
        TitleKind::Show => Ok(Section::Shows),
        TitleKind::Season | TitleKind::Episode => {
            Err(ApiError::malformed_field("kind", "Use movie or show."))
        }
    }
}

/// Entity tag of a page. The view's stamp changes with every change that is visible to the user.
fn entity_tag(stamp: &str, query: &ListQuery) -> HeaderValue {
    let mut hasher = DefaultHasher::new();
    query.hash(&mut hasher);
    let tag = format!("\"{stamp}-{:x}\"", hasher.finish());
    HeaderValue::from_str(&tag).expect("the tag is ASCII")
}

fn is_current(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let Some(known) = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let tag = tag.to_str().unwrap_or_default();
    known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)
}

/// Lists the ids of all titles in a selection, in the order of the list. `offset` and `limit` are ignored.
#[utoipa::path(
    get,
    path = "/api/titles/ids",
    tag = "titles",
    params(TitleQuery),
    responses((status = 200, description = "The ids.", body = SelectedTitles), SignedInErrors, InvalidError)
)]
async fn list_title_ids(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<TitleQuery>,
) -> ApiResult<Json<SelectedTitles>> {
    let query = ListQuery { offset: 0, limit: usize::MAX, ..query.read()? };
    let view = app.catalogue().view(caller.user_id).await?;
    Ok(Json(SelectedTitles { ids: page(&view, &query).ids().to_vec() }))
}

/// Lists the values that titles can be filtered by.
#[utoipa::path(
    get,
    path = "/api/titles/facets",
    tag = "titles",
    params(FacetQuery),
    responses((status = 200, description = "The filter values.", body = TitleFacets), SignedInErrors, InvalidError)
)]
async fn title_facets(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<FacetQuery>,
) -> ApiResult<Json<TitleFacets>> {
    let view = app.catalogue().view(caller.user_id).await?;
    Ok(Json(present::facets(facets(&view, section(query.kind)?))))
}

/// Returns a title.
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
    let found = found.ok_or_else(|| ApiError::not_found("title"))?;
    let why = app.engine().why_not_on_trakt(caller.user_id, id).await?;
    let mut body = present::title_detail(found, why, Folders::for_user(caller.is_admin));
    let collections = db::collection_pages::of_title(app.db(), id).await?;
    body.collections = collections.into_iter().map(present::collections::link).collect();
    Ok(Json(body))
}

/// Returns a season of a show.
#[utoipa::path(
    get,
    path = "/api/titles/{id}/seasons/{number}",
    tag = "titles",
    params(("id" = i64, Path, description = "The show"), ("number" = i32, Path, description = "Season number; 0 for specials")),
    responses((status = 200, description = "The season.", body = TitleDetail), SignedInErrors, NotFoundError)
)]
async fn get_season(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path((id, number)): Path<(TitleId, i32)>,
) -> ApiResult<Json<TitleDetail>> {
    let missing = || ApiError::not_found("season");
    let view = app.catalogue().view(caller.user_id).await?;
    let season = season_of(&view, id, number).ok_or_else(missing)?;
    let found = detail(app.db(), &view, caller.user_id, season, app.now()).await?;
    Ok(Json(present::title_detail(found.ok_or_else(missing)?, None, Folders::for_user(caller.is_admin))))
}
