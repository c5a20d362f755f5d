//! Health check for monitoring.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::Json;
use crate::http::handler::routes;
use crate::http::responses::{PublicErrors, UnavailableError};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(healthz))
}

/// Health of the server.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`.
    #[schema(example = "ok")]
    pub status: String,
}

/// Checks that the server is running and its database is available.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "system",
    responses((status = 200, description = "The server is healthy.", body = Health), PublicErrors, UnavailableError)
)]
async fn healthz(State(app): State<App>) -> ApiResult<Json<Health>> {
    app.db().ping().await?;
    Ok(Json(Health { status: "ok".to_owned() }))
}
