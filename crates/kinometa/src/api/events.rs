//! Live updates.

use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::SignedIn;
use crate::http::responses::SignedInErrors;
use crate::model::event::ServerEvent;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(events))
}

/// Live updates as server-sent events. Each event's name is `event` of a `ServerEvent`, its data is `data` as JSON.
#[utoipa::path(
    get,
    path = "/api/events",
    tag = "events",
    responses((status = 200, description = "Events until the client goes.", body = ServerEvent, content_type = "text/event-stream"), SignedInErrors)
)]
async fn events(SignedIn(_caller): SignedIn) -> ApiResult<Response> {
    Err(ApiError::not_ready())
}
