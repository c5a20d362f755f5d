//! Recommendations from Trakt.

use axum::extract::State;
use axum::http::StatusCode;
use db::ids::{TitleId, UserId};
use sync::NewPreference;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, Path, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{NotFoundError, SignedInErrors};
use crate::present;
use api_types::recommendations::Recommendations;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_recommendations))
        .routes(routes!(mark_not_interested, unmark_not_interested))
}

/// Lists Trakt's recommendations for the signed-in user as last read, those in the library first.
#[utoipa::path(
    get,
    path = "/api/recommendations",
    tag = "titles",
    responses((status = 200, description = "The recommendations.", body = Recommendations), SignedInErrors)
)]
async fn get_recommendations(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> ApiResult<Json<Recommendations>> {
    let recommended = app.engine().recommendations(caller.user_id).await?;
    let view = app.catalogue().view(caller.user_id).await?;
    Ok(Json(present::recommendations(&recommended, &view)))
}

/// Hides a movie or show from recommendations, also on Trakt.
#[utoipa::path(
    put,
    path = "/api/titles/{id}/not-interested",
    tag = "preferences",
    params(("id" = i64, Path, description = "The movie or show")),
    responses((status = 204, description = "The title is no longer recommended."), SignedInErrors, NotFoundError)
)]
async fn mark_not_interested(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TitleId>,
) -> ApiResult<StatusCode> {
    set(&app, caller.user_id, id, true).await
}

/// Allows a movie or show to be recommended again.
#[utoipa::path(
    delete,
    path = "/api/titles/{id}/not-interested",
    tag = "preferences",
    params(("id" = i64, Path, description = "The movie or show")),
    responses((status = 204, description = "The title may be recommended again."), SignedInErrors, NotFoundError)
)]
async fn unmark_not_interested(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TitleId>,
) -> ApiResult<StatusCode> {
    set(&app, caller.user_id, id, false).await
}

async fn set(app: &App, user_id: UserId, id: TitleId, is_hidden: bool) -> ApiResult<StatusCode> {
    if app.engine().set_preference(user_id, id, NewPreference::NotInterested(is_hidden)).await? {
        app.catalogue().user_titles_changed(user_id, [id]);
    }
    Ok(StatusCode::NO_CONTENT)
}
