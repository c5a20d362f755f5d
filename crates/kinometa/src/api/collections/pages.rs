//! Collections for all users.

use std::collections::HashMap;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use db::ids::{CollectionId, LibraryId};
use db::kinds::{CollectionImageKind, LibraryKind, TitleKind};
use db::rows::Library;
use db::{collection_images, collection_pages};
use serde::{Deserialize, Serialize};
use sync::NewPreference;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::api::images::{self, ImageQuery};
use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Path, Query, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{ConflictError, InvalidError, NotFoundError, SignedInErrors, UnavailableError};
use crate::present;
use crate::present::collections::members_of;
use api_types::collections::{
    CollectionCard, CollectionDetail, CollectionRow, MissingTitle, WatchlistedTitle,
};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_collections))
        .routes(routes!(list_collection_rows))
        .routes(routes!(get_collection))
        .routes(routes!(get_collection_image))
        .routes(routes!(list_missing_titles, add_missing_title_to_watchlist))
}

/// A page that shows collections as rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowPlace {
    /// Home.
    Home,
    /// The page of all movies or shows.
    Library,
}

/// Filter of the collection rows.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RowQuery {
    /// The page.
    pub place: RowPlace,
    /// Only collections of libraries with this media type.
    pub kind: Option<LibraryKind>,
}

/// A title missing from a collection.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingTitleRef {
    /// `movie` or `show`.
    pub kind: TitleKind,
    /// The title's Trakt ID.
    pub trakt_id: i64,
}

async fn libraries(app: &App) -> ApiResult<HashMap<LibraryId, Library>> {
    let rows = db::libraries::list(app.db()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Lists all collections, ordered by name.
#[utoipa::path(
    get,
    path = "/api/collections",
    tag = "collections",
    responses((status = 200, description = "The collections.", body = Vec<CollectionCard>), SignedInErrors)
)]
async fn list_collections(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> ApiResult<Json<Vec<CollectionCard>>> {
    let mut rows = collection_pages::list(app.db()).await?;
    rows.sort_by_cached_key(|row| row.sort_title.as_ref().unwrap_or(&row.name).to_lowercase());
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let members = collection_pages::members(app.db(), &ids).await?;
    let images = collection_images::of(app.db(), &ids).await?;
    let (libraries, view) = (libraries(&app).await?, app.catalogue().view(caller.user_id).await?);
    let card = |row: &db::rows::Collection| {
        let members = members_of(&members, row.id);
        present::collections::collection_card(row, members, &images, &libraries, &view)
    };
    Ok(Json(rows.iter().map(card).collect()))
}

/// Lists the collections that are shown as rows of a page, with their first titles.
#[utoipa::path(
    get,
    path = "/api/collections/rows",
    tag = "collections",
    params(RowQuery),
    responses((status = 200, description = "The rows.", body = Vec<CollectionRow>), SignedInErrors, InvalidError)
)]
async fn list_collection_rows(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<RowQuery>,
) -> ApiResult<Json<Vec<CollectionRow>>> {
    let libraries = libraries(&app).await?;
    let mut rows = collection_pages::list(app.db()).await?;
    rows.retain(|row| {
        let visible = match query.place {
            RowPlace::Home => row.visible_home,
            RowPlace::Library => row.visible_library,
        };
        let kind = libraries.get(&row.library_id).map(|library| library.kind);
        visible == Some(true) && (query.kind.is_none() || query.kind == kind)
    });
    rows.sort_by_cached_key(|row| row.sort_title.as_ref().unwrap_or(&row.name).to_lowercase());
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let members = collection_pages::members(app.db(), &ids).await?;
    let view = app.catalogue().view(caller.user_id).await?;
    let row = |row: db::rows::Collection| {
        let members = members_of(&members, row.id);
        present::collections::row(row, members, &view)
    };
    Ok(Json(rows.into_iter().filter_map(row).collect()))
}

/// Returns a collection with its titles, in order.
#[utoipa::path(
    get,
    path = "/api/collections/{id}",
    tag = "collections",
    params(("id" = i64, Path, description = "The collection")),
    responses((status = 200, description = "The collection.", body = CollectionDetail), SignedInErrors, NotFoundError)
)]
async fn get_collection(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<CollectionId>,
) -> ApiResult<Json<CollectionDetail>> {
    let row = collection_pages::find(app.db(), id).await?;
    let row = row.ok_or_else(|| ApiError::not_found("collection"))?;
    let members = collection_pages::members(app.db(), &[id]).await?;
    let missing = collection_pages::missing(app.db(), id).await?.len();
    let (libraries, view) = (libraries(&app).await?, app.catalogue().view(caller.user_id).await?);
    let images = collection_images::of(app.db(), &[id]).await?;
    let members = members_of(&members, id);
    Ok(Json(present::collections::collection_detail(&row, members, &images, &libraries, missing, &view)))
}

/// Returns an image from the definition of a collection.
#[utoipa::path(
    get,
    path = "/api/collections/{id}/images/{kind}",
    tag = "collections",
    params(
        ("id" = i64, Path, description = "The collection"),
        ("kind" = CollectionImageKind, Path, description = "Kind of image"),
        ImageQuery
    ),
    responses(
        (status = 200, description = "The image.", body = [u8], content_type = "image/*"),
        (status = 304, description = "The cached image is current."),
        SignedInErrors, NotFoundError, InvalidError, UnavailableError
    )
)]
async fn get_collection_image(
    State(app): State<App>,
    SignedIn(_caller): SignedIn,
    Path((id, kind)): Path<(CollectionId, CollectionImageKind)>,
    Query(query): Query<ImageQuery>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let picture = app.artwork().of_collection(id, kind, query.width, query.v.as_deref()).await?;
    images::respond(picture, &query, &headers)
}

/// Lists the titles on a collection's lists that were missing from the library in the last run.
#[utoipa::path(
    get,
    path = "/api/collections/{id}/missing",
    tag = "collections",
    params(("id" = i64, Path, description = "The collection")),
    responses((status = 200, description = "The titles.", body = Vec<MissingTitle>), SignedInErrors, NotFoundError)
)]
async fn list_missing_titles(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<CollectionId>,
) -> ApiResult<Json<Vec<MissingTitle>>> {
    if collection_pages::find(app.db(), id).await?.is_none() {
        return Err(ApiError::not_found("collection"));
    }
    let view = app.catalogue().view(caller.user_id).await?;
    let missing = app.collections().missing(id).await?;
    let shown = missing.into_iter().map(|(entry, title)| {
        let listed = title.is_some_and(|title| view.user_data.preferences_of(title).in_watchlist);
        present::collections::missing(entry, listed)
    });
    Ok(Json(shown.collect()))
}

/// Adds a title missing from a collection to the watchlist of the connected Trakt account.
#[utoipa::path(
    put,
    path = "/api/collections/{id}/missing",
    tag = "collections",
    params(("id" = i64, Path, description = "The collection")),
    request_body = MissingTitleRef,
    responses(
        (status = 200, description = "The title, which is on the watchlist.", body = WatchlistedTitle),
        SignedInErrors, NotFoundError, ConflictError, InvalidError
    )
)]
async fn add_missing_title_to_watchlist(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<CollectionId>,
    Json(body): Json<MissingTitleRef>,
) -> ApiResult<Json<WatchlistedTitle>> {
    let title = app.collections().missing_title(id, body.kind, body.trakt_id).await?;
    if app.engine().set_preference(caller.user_id, title, NewPreference::Watchlist(true)).await? {
        app.catalogue().user_titles_changed(caller.user_id, [title]);
    }
    Ok(Json(WatchlistedTitle { id: title, kind: body.kind }))
}
