//! A user's connection to Trakt.

use axum::extract::State;
use db::ids::UserId;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::SignedInErrors;
use crate::present;
use crate::trakt::TraktError;
use api_types::trakt::TraktStatus;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_trakt, disconnect_trakt))
}

/// Returns the signed-in user's connection.
#[utoipa::path(
    get,
    path = "/api/trakt",
    tag = "trakt",
    responses((status = 200, description = "The connection.", body = TraktStatus), SignedInErrors)
)]
async fn get_trakt(State(app): State<App>, SignedIn(caller): SignedIn) -> ApiResult<Json<TraktStatus>> {
    Ok(Json(status(&app, caller.user_id).await?))
}

/// Disconnects Trakt. The timeline and everything else on this server is kept.
#[utoipa::path(
    delete,
    path = "/api/trakt",
    tag = "trakt",
    responses((status = 200, description = "The disconnected state.", body = TraktStatus), SignedInErrors)
)]
async fn disconnect_trakt(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> ApiResult<Json<TraktStatus>> {
    app.trakt().disconnect(caller.user_id).await?;
    Ok(Json(status(&app, caller.user_id).await?))
}

/// The connection with the size of its queue.
pub(in crate::api) async fn status(app: &App, user_id: UserId) -> Result<TraktStatus, TraktError> {
    let connection = app.trakt().connection(user_id).await?;
    Ok(present::trakt::connection(connection, app.trakt().queue_counts(user_id).await?))
}
