//! Information about the server.

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::extract::{Admin, Json};
use crate::http::handler::routes;
use crate::http::responses::AdminErrors;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_system))
}

/// Configuration and environment of the server.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct System {
    /// Version of the running binary.
    pub version: String,
    /// `SQLite` or `PostgreSQL`.
    pub database: String,
    /// The installed ffmpeg; absent if it was not found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ffmpeg: Option<Ffmpeg>,
    /// Path of the data directory.
    pub data_dir: String,
    /// Base URL of the Trakt API.
    pub trakt_api_url: String,
    /// Base URL of Trakt's sign-in service.
    pub trakt_auth_url: String,
    /// When the server started.
    pub started_at: DateTime<Utc>,
}

/// The ffmpeg used for remuxing and transcoding.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Ffmpeg {
    /// Version of ffmpeg.
    pub version: String,
}

/// Returns information about the server.
#[utoipa::path(
    get,
    path = "/api/system",
    tag = "system",
    responses((status = 200, description = "Information about the server.", body = System), AdminErrors)
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
