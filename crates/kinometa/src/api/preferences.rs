//! Preferences: ratings, the watchlist, dropped shows.

use api_types::error::ErrorReason;
use api_types::title::ChangedTitles;
use axum::extract::State;
use axum::http::StatusCode;
use db::ids::{TitleId, UserId};
use serde::Deserialize;
use sync::NewPreference;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Path, SignedIn};
use crate::http::failures::too_many_at_once;
use crate::http::handler::routes;
use crate::http::responses::{ConflictError, InvalidError, NotFoundError, SignedInErrors};

/// Maximum number of titles per request.
const MAX_TITLES: usize = 5_000;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(rate_title, unrate_title))
        .routes(routes!(add_to_watchlist, remove_from_watchlist))
        .routes(routes!(change_watchlist))
        .routes(routes!(drop_show, undrop_show))
}

/// A rating.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRating {
    /// The rating, 1 to 10.
    #[schema(minimum = 1, maximum = 10, example = 8)]
    pub rating: i64,
}

/// Rates a movie, show, season or episode, also on Trakt.
#[utoipa::path(
    put,
    path = "/api/titles/{id}/rating",
    tag = "preferences",
    params(("id" = i64, Path, description = "The title")),
    request_body = NewRating,
    responses((status = 204, description = "The title was rated."), SignedInErrors, NotFoundError, InvalidError)
)]
async fn rate_title(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TitleId>,
    Json(body): Json<NewRating>,
) -> ApiResult<StatusCode> {
    let stars = u8::try_from(body.rating).ok().filter(|stars| (1..=10).contains(stars));
    let stars = stars.ok_or_else(|| {
        ApiError::invalid_field("rating", ErrorReason::RatingRange, "Use a whole number from 1 to 10.")
    })?;
    set(&app, caller.user_id, id, NewPreference::Rating(Some(stars))).await
}

/// Removes a rating, also on Trakt.
#[utoipa::path(
    delete,
    path = "/api/titles/{id}/rating",
    tag = "preferences",
    params(("id" = i64, Path, description = "The title")),
    responses((status = 204, description = "The rating was removed."), SignedInErrors, NotFoundError)
)]
async fn unrate_title(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TitleId>,
) -> ApiResult<StatusCode> {
    set(&app, caller.user_id, id, NewPreference::Rating(None)).await
}

/// Adds a title to the watchlist of the connected Trakt account.
#[utoipa::path(
    put,
    path = "/api/titles/{id}/watchlist",
    tag = "preferences",
    params(("id" = i64, Path, description = "The title")),
    responses((status = 204, description = "The title is on the watchlist."), SignedInErrors, NotFoundError, ConflictError)
)]
async fn add_to_watchlist(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TitleId>,
) -> ApiResult<StatusCode> {
    set(&app, caller.user_id, id, NewPreference::Watchlist(true)).await
}

/// Removes a title from the watchlist.
#[utoipa::path(
    delete,
    path = "/api/titles/{id}/watchlist",
    tag = "preferences",
    params(("id" = i64, Path, description = "The title")),
    responses((status = 204, description = "The title is not on the watchlist."), SignedInErrors, NotFoundError, ConflictError)
)]
async fn remove_from_watchlist(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TitleId>,
) -> ApiResult<StatusCode> {
    set(&app, caller.user_id, id, NewPreference::Watchlist(false)).await
}

/// Request to change the watchlist.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WatchlistChange {
    /// The movies and shows.
    #[schema(value_type = Vec<i64>)]
    pub title_ids: Vec<TitleId>,
    /// Whether to add or remove them.
    pub on: bool,
}

/// Adds several titles to the watchlist, or removes them. Returns those that changed.
#[utoipa::path(
    post,
    path = "/api/watchlist",
    tag = "preferences",
    request_body = WatchlistChange,
    responses(
        (status = 200, description = "The titles that were added or removed.", body = ChangedTitles),
        SignedInErrors, NotFoundError, ConflictError, InvalidError
    )
)]
async fn change_watchlist(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<WatchlistChange>,
) -> ApiResult<Json<ChangedTitles>> {
    if body.title_ids.len() > MAX_TITLES {
        return Err(too_many_at_once("title_ids", MAX_TITLES));
    }
    let new = NewPreference::Watchlist(body.on);
    let title_ids = app.engine().set_preferences(caller.user_id, &body.title_ids, new).await?;
    app.catalogue().user_titles_changed(caller.user_id, title_ids.iter().copied());
    Ok(Json(ChangedTitles { title_ids }))
}

/// Drops a show, also on Trakt: its episodes are no longer up next.
#[utoipa::path(
    put,
    path = "/api/titles/{id}/dropped",
    tag = "preferences",
    params(("id" = i64, Path, description = "The show")),
    responses((status = 204, description = "The show was dropped."), SignedInErrors, NotFoundError)
)]
async fn drop_show(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TitleId>,
) -> ApiResult<StatusCode> {
    set(&app, caller.user_id, id, NewPreference::Dropped(true)).await
}

/// Undrops a show, also on Trakt.
#[utoipa::path(
    delete,
    path = "/api/titles/{id}/dropped",
    tag = "preferences",
    params(("id" = i64, Path, description = "The show")),
    responses((status = 204, description = "The show is no longer dropped."), SignedInErrors, NotFoundError)
)]
async fn undrop_show(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TitleId>,
) -> ApiResult<StatusCode> {
    set(&app, caller.user_id, id, NewPreference::Dropped(false)).await
}

async fn set(app: &App, user_id: UserId, id: TitleId, new: NewPreference) -> ApiResult<StatusCode> {
    if app.engine().set_preference(user_id, id, new).await? {
        app.catalogue().user_titles_changed(user_id, [id]);
    }
    Ok(StatusCode::NO_CONTENT)
}
