//! Whether the server is well, for machines.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::Json;
use crate::http::responses::{PublicErrors, UnavailableError};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(healthz))
}

/// Whether the server is well.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Health {
    /// `ok`.
    #[schema(example = "ok")]
    pub status: String,
}

/// Answers when the server is up and its database answers.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "system",
    responses((status = 200, description = "All is well.", body = Health), PublicErrors, UnavailableError)
)]
async fn healthz(State(app): State<App>) -> ApiResult<Json<Health>> {
    app.db().ping().await?;
    Ok(Json(Health { status: "ok".to_owned() }))
}
