//! Connecting to Trakt with a code.

use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{ConflictError, SignedInErrors};
use crate::present;
use api_types::trakt::TraktConnect;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(start_trakt_connect, get_trakt_connect, cancel_trakt_connect))
}

/// Requests a code from Trakt, replacing any earlier code.
#[utoipa::path(
    post,
    path = "/api/trakt/connect",
    tag = "trakt",
    responses((status = 201, description = "The code, or why there is none.", body = TraktConnect), SignedInErrors, ConflictError)
)]
async fn start_trakt_connect(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> ApiResult<(StatusCode, Json<TraktConnect>)> {
    let state = app.engine().start_connect(caller.user_id).await?;
    Ok((StatusCode::CREATED, Json(present::trakt::connect(&state))))
}

/// Returns the state of connecting; also sent as `connect` events.
#[utoipa::path(
    get,
    path = "/api/trakt/connect",
    tag = "trakt",
    responses((status = 200, description = "The current state.", body = TraktConnect), SignedInErrors)
)]
async fn get_trakt_connect(State(app): State<App>, SignedIn(caller): SignedIn) -> Json<TraktConnect> {
    Json(present::trakt::connect(&app.engine().connect_state(caller.user_id)))
}

/// Cancels connecting.
#[utoipa::path(
    delete,
    path = "/api/trakt/connect",
    tag = "trakt",
    responses((status = 200, description = "The new state.", body = TraktConnect), SignedInErrors)
)]
async fn cancel_trakt_connect(State(app): State<App>, SignedIn(caller): SignedIn) -> Json<TraktConnect> {
    app.engine().cancel_connect(caller.user_id);
    Json(present::trakt::connect(&app.engine().connect_state(caller.user_id)))
}
