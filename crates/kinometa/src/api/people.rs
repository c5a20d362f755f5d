//! Cast, crew and related titles.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use catalogue::view::View;
use db::ids::{PersonId, TitleId};
use db::kinds::TitleKind;
use library::about::Related;
use utoipa_axum::router::OpenApiRouter;

use super::images::{ImageQuery, respond};
use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Path, Query, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors, UnavailableError};
use crate::present::{self, LocalCards};
use api_types::people::{PersonDetail, TitleAbout};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_title_about))
        .routes(routes!(get_related_poster))
        .routes(routes!(get_person))
        .routes(routes!(get_person_photo))
}

/// Returns cast and crew, related titles and ratings of a title from Trakt, as last read. The first request waits
/// briefly for Trakt.
#[utoipa::path(
    get,
    path = "/api/titles/{id}/about",
    tag = "titles",
    params(("id" = i64, Path, description = "The title")),
    responses((status = 200, description = "The details.", body = TitleAbout), SignedInErrors, NotFoundError)
)]
async fn get_title_about(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TitleId>,
) -> ApiResult<Json<TitleAbout>> {
    let view = app.catalogue().view(caller.user_id).await?;
    view.snapshot.get(id).ok_or_else(|| ApiError::not_found("title"))?;
    let about = app.about().title(id).await?;
    let lists = db::lists::holding(app.db(), caller.user_id, id).await?;
    let local = local_cards(&app, &view, &about.related).await?;
    Ok(Json(present::title_about(id, about, &local, lists)))
}

/// The cards of those titles that have a page on this server.
async fn local_cards(app: &App, view: &Arc<View>, titles: &[Related]) -> ApiResult<LocalCards> {
    let mut local = LocalCards::new();
    for kind in [TitleKind::Movie, TitleKind::Show] {
        let ids: Vec<i64> =
            titles.iter().filter(|title| title.kind == kind).map(|title| title.trakt_id).collect();
        for row in db::titles::find_many_by_trakt(app.db(), kind, &ids).await? {
            if let (Some(trakt_id), Some(card)) = (row.trakt_id, view.card_of(row.id)) {
                local.insert((kind, trakt_id), card);
            }
        }
    }
    Ok(local)
}

/// Returns the poster of a related title that is not in the library.
#[utoipa::path(
    get,
    path = "/api/titles/{id}/related/{trakt_id}/poster",
    tag = "titles",
    params(("id" = i64, Path, description = "The title"), ("trakt_id" = i64, Path, description = "Trakt ID of the related title"), ImageQuery),
    responses((status = 200, description = "The image.", body = [u8], content_type = "image/*"), (status = 304, description = "The cached image is current."), SignedInErrors, NotFoundError, InvalidError, UnavailableError)
)]
async fn get_related_poster(
    State(app): State<App>,
    SignedIn(_caller): SignedIn,
    Path((id, trakt_id)): Path<(TitleId, i64)>,
    Query(query): Query<ImageQuery>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let missing = || ApiError::not_found("image");
    if let Some(kept) = app.artwork().cached_version(query.v.as_deref(), query.width).await {
        return respond(kept, &query, &headers);
    }
    let about = db::title_abouts::find(app.db(), id).await?.ok_or_else(missing)?;
    let related = Related::from_json(about.related);
    let poster = related.into_iter().find(|title| title.trakt_id == trakt_id).and_then(|title| title.poster);
    respond(app.artwork().remote(&poster.ok_or_else(missing)?, query.width).await?, &query, &headers)
}

/// Returns a person with their titles, those in the library first.
#[utoipa::path(
    get,
    path = "/api/people/{id}",
    tag = "titles",
    params(("id" = i64, Path, description = "The person")),
    responses((status = 200, description = "The person.", body = PersonDetail), SignedInErrors, NotFoundError)
)]
async fn get_person(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<PersonId>,
) -> ApiResult<Json<PersonDetail>> {
    let about = app.about().person(id).await?.ok_or_else(|| ApiError::not_found("person"))?;
    let view = app.catalogue().view(caller.user_id).await?;
    let titles: Vec<Related> = about.titles.iter().map(|title| title.title.clone()).collect();
    let local = local_cards(&app, &view, &titles).await?;
    let parts = catalogue::search::works_of(&view, &about.credits);
    let parts = parts.into_iter().filter_map(|(id, part)| Some((view.card_of(id)?, part))).collect();
    Ok(Json(present::person_detail(about, &local, parts)))
}

/// Returns the portrait of a person.
#[utoipa::path(
    get,
    path = "/api/people/{id}/photo",
    tag = "titles",
    params(("id" = i64, Path, description = "The person"), ImageQuery),
    responses((status = 200, description = "The image.", body = [u8], content_type = "image/*"), (status = 304, description = "The cached image is current."), SignedInErrors, NotFoundError, InvalidError, UnavailableError)
)]
async fn get_person_photo(
    State(app): State<App>,
    SignedIn(_caller): SignedIn,
    Path(id): Path<PersonId>,
    Query(query): Query<ImageQuery>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    if let Some(kept) = app.artwork().cached_version(query.v.as_deref(), query.width).await {
        return respond(kept, &query, &headers);
    }
    let photo = db::people::find(app.db(), id).await?.and_then(|person| person.photo);
    let photo = photo.ok_or_else(|| ApiError::not_found("image"))?;
    respond(app.artwork().remote(&photo, query.width).await?, &query, &headers)
}
