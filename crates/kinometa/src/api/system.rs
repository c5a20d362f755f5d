//! The server itself.

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::extract::{Admin, Json};
use crate::http::responses::AdminErrors;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_system))
}

/// How the server is set up and what it found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct System {
    /// Version of the running binary.
    pub version: String,
    /// `SQLite` or `PostgreSQL`.
    pub database: String,
    /// ffmpeg, when it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ffmpeg: Option<Ffmpeg>,
    /// Where the server keeps its data.
    pub data_dir: String,
    /// Trakt's API as this server calls it.
    pub trakt_api_url: String,
    /// Trakt's sign-in as this server calls it.
    pub trakt_auth_url: String,
    /// When the server started.
    pub started_at: DateTime<Utc>,
}

/// The ffmpeg that remuxes and transcodes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Ffmpeg {
    /// Its version.
    pub version: String,
}

/// How the server is set up.
#[utoipa::path(
    get,
    path = "/api/system",
    tag = "system",
    responses((status = 200, description = "The server.", body = System), AdminErrors)
)]
async fn get_system(State(app): State<App>, Admin(_caller): Admin) -> Json<System> {
    let config = app.config();
    Json(System {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        database: app.db().kind().to_owned(),
        ffmpeg: app.playback().tools().await.map(|tools| Ffmpeg { version: tools.version.clone() }),
        data_dir: config.data_dir.display().to_string(),
        trakt_api_url: config.trakt_api_url.to_string(),
        trakt_auth_url: config.trakt_auth_url.to_string(),
        started_at: app.started_at(),
    })
}
