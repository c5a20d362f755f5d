//! Lists from Trakt.

use axum::extract::State;
use axum::http::StatusCode;
use catalogue::view::View;
use db::ids::{ListId, TitleId, UserId};
use db::kinds::SyncCategory;
use db::rows;
use serde::Deserialize;
use sync::AccountStatus;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::api::paging;
use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Path, Query, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{ConflictError, InvalidError, NotFoundError, SignedInErrors};
use crate::messages::lists::Source;
use crate::present;
use api_types::list::{List, ListChoice, ListDetail, ListPreview};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_lists, follow_list))
        .routes(routes!(preview_list))
        .routes(routes!(list_choices))
        .routes(routes!(get_list, unfollow_list))
        .routes(routes!(refresh_list))
        .routes(routes!(pin_list, unpin_list))
}

/// A list to follow.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewList {
    /// URL of the list on Trakt.
    #[schema(example = "https://trakt.tv/users/anna/lists/rainy-sunday")]
    pub url: String,
}

/// A list to preview.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PreviewQuery {
    /// URL of the list on Trakt.
    pub url: String,
}

/// Sort order of the titles on a list.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListSort {
    /// The order on Trakt.
    #[default]
    List,
    /// Most recently added first.
    Added,
    /// By name.
    Name,
    /// Newest year first.
    Year,
}

/// Filter, sort order and page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ItemsQuery {
    /// Only titles in the library.
    #[serde(default)]
    pub in_library: bool,
    /// The sort order.
    #[serde(default)]
    pub sort: ListSort,
    /// The number of items to skip.
    pub offset: Option<i64>,
    /// Maximum number of items, 1 to 500; 100 by default.
    pub limit: Option<i64>,
}

/// Lists the watchlist of the connected Trakt account, and the lists that the user follows.
#[utoipa::path(
    get,
    path = "/api/lists",
    tag = "lists",
    responses((status = 200, description = "The lists.", body = [List]), SignedInErrors)
)]
async fn list_lists(State(app): State<App>, SignedIn(caller): SignedIn) -> ApiResult<Json<Vec<List>>> {
    let rows = db::lists::of_user(app.db(), caller.user_id).await?;
    let view = app.catalogue().view(caller.user_id).await?;
    let source = source(&app, caller.user_id).await?;
    let mut lists = Vec::with_capacity(rows.len());
    for row in rows {
        let titles = db::lists::titles(app.db(), &row).await?;
        lists.push(present::list(row, &titles, source, &view));
    }
    Ok(Json(lists))
}

/// Follows a list on Trakt. Following it again changes nothing.
#[utoipa::path(
    post,
    path = "/api/lists",
    tag = "lists",
    request_body = NewList,
    responses(
        (status = 201, description = "The list, which is now followed.", body = List),
        (status = 200, description = "The list, which was already followed.", body = List),
        SignedInErrors, NotFoundError, ConflictError, InvalidError
    )
)]
async fn follow_list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<NewList>,
) -> ApiResult<(StatusCode, Json<List>)> {
    let (id, is_new) = app.engine().follow_list(caller.user_id, &body.url).await?;
    if is_new {
        // The next page shows the list's titles, so wait until new ones are in the catalogue.
        app.catalogue().library_changed();
        app.catalogue().refreshed().await;
    }
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(load_list(&app, caller.user_id, id).await?)))
}

/// Previews a list on Trakt.
#[utoipa::path(
    get,
    path = "/api/lists/preview",
    tag = "lists",
    params(PreviewQuery),
    responses(
        (status = 200, description = "The list.", body = ListPreview),
        SignedInErrors, NotFoundError, ConflictError, InvalidError
    )
)]
async fn preview_list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<PreviewQuery>,
) -> ApiResult<Json<ListPreview>> {
    let preview = app.engine().preview_list(caller.user_id, &query.url).await?;
    let view = app.catalogue().view(caller.user_id).await?;
    Ok(Json(present::list_preview(preview, &view)))
}

/// Lists the connected Trakt account's own lists, and those that it likes.
#[utoipa::path(
    get,
    path = "/api/lists/choices",
    tag = "lists",
    responses((status = 200, description = "The lists.", body = [ListChoice]), SignedInErrors, ConflictError)
)]
async fn list_choices(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> ApiResult<Json<Vec<ListChoice>>> {
    Ok(Json(present::list_choices(app.engine().list_choices(caller.user_id).await?)))
}

/// Returns a list and its titles, in order.
#[utoipa::path(
    get,
    path = "/api/lists/{id}",
    tag = "lists",
    params(("id" = i64, Path, description = "The list"), ItemsQuery),
    responses(
        (status = 200, description = "The list.", body = ListDetail),
        SignedInErrors, NotFoundError, InvalidError
    )
)]
async fn get_list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<ListId>,
    Query(query): Query<ItemsQuery>,
) -> ApiResult<Json<ListDetail>> {
    let part = (paging::offset(query.offset)?, paging::page_size(query.limit, 100, 500)?);
    let row = find(&app, caller.user_id, id).await?;
    let titles = db::lists::titles(app.db(), &row).await?;
    let view = app.catalogue().view(caller.user_id).await?;
    let sorted = sorted(&app, &row, &titles, query.sort, &view).await?;
    let list = present::list(row, &titles, source(&app, caller.user_id).await?, &view);
    Ok(Json(present::list_detail(list, &sorted, query.in_library, part, &view)))
}

/// Unfollows a list. The watchlist of the connected account cannot be unfollowed.
#[utoipa::path(
    delete,
    path = "/api/lists/{id}",
    tag = "lists",
    params(("id" = i64, Path, description = "The list")),
    responses((status = 204, description = "The list is no longer followed."), SignedInErrors, NotFoundError, ConflictError)
)]
async fn unfollow_list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<ListId>,
) -> ApiResult<StatusCode> {
    app.engine().unfollow_list(caller.user_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Refreshes a list from Trakt.
#[utoipa::path(
    post,
    path = "/api/lists/{id}/refresh",
    tag = "lists",
    params(("id" = i64, Path, description = "The list")),
    responses(
        (status = 200, description = "The refreshed list.", body = List),
        SignedInErrors, NotFoundError, ConflictError
    )
)]
async fn refresh_list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<ListId>,
) -> ApiResult<Json<List>> {
    app.engine().refresh_list(caller.user_id, id).await?;
    app.catalogue().library_changed();
    app.catalogue().refreshed().await;
    Ok(Json(load_list(&app, caller.user_id, id).await?))
}

/// Pins a list to the home page.
#[utoipa::path(
    put,
    path = "/api/lists/{id}/pin",
    tag = "lists",
    params(("id" = i64, Path, description = "The list")),
    responses((status = 204, description = "The list was pinned."), SignedInErrors, NotFoundError)
)]
async fn pin_list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<ListId>,
) -> ApiResult<StatusCode> {
    app.engine().pin_list(caller.user_id, id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Unpins a list from the home page.
#[utoipa::path(
    delete,
    path = "/api/lists/{id}/pin",
    tag = "lists",
    params(("id" = i64, Path, description = "The list")),
    responses((status = 204, description = "The list was unpinned."), SignedInErrors, NotFoundError)
)]
async fn unpin_list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<ListId>,
) -> ApiResult<StatusCode> {
    app.engine().pin_list(caller.user_id, id, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn load_list(app: &App, user_id: UserId, id: ListId) -> ApiResult<List> {
    let row = find(app, user_id, id).await?;
    let titles = db::lists::titles(app.db(), &row).await?;
    let view = app.catalogue().view(user_id).await?;
    Ok(present::list(row, &titles, source(app, user_id).await?, &view))
}

async fn find(app: &App, user_id: UserId, id: ListId) -> ApiResult<rows::List> {
    db::lists::find(app.db(), user_id, id).await?.ok_or_else(|| ApiError::not_found("list"))
}

/// The titles on a list in the requested order.
async fn sorted(
    app: &App,
    row: &rows::List,
    titles: &[TitleId],
    sort: ListSort,
    view: &View,
) -> ApiResult<Vec<TitleId>> {
    let mut sorted = titles.to_vec();
    match sort {
        ListSort::List => {}
        ListSort::Added => sorted = db::lists::newest_titles(app.db(), row).await?,
        ListSort::Name => present::list_by_name(&mut sorted, view),
        ListSort::Year => present::list_by_year(&mut sorted, view),
    }
    Ok(sorted)
}

/// The account through which lists are read, with the sync state of its watchlist.
async fn source(app: &App, user_id: UserId) -> ApiResult<Source> {
    let status = app.engine().account_status(user_id).await?;
    if matches!(status, AccountStatus::NotConfigured | AccountStatus::Disconnected) {
        return Ok(Source::None);
    }
    let categories = app.engine().sync_status(user_id).await?;
    let watchlist = categories.iter().find(|status| status.category == SyncCategory::Watchlist);
    Ok(watchlist.map_or(Source::None, |status| Source::Account(status.state)))
}
