//! Playing: the session between a player and the server.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Path, SignedIn};
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors, UnavailableError};
use crate::model::playback::{Playback, PlaybackReport};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(start_playback))
        .routes(routes!(get_playback))
        .routes(routes!(report_playback))
        .routes(routes!(switch_audio))
}

/// What to play, and what the browser can play.
#[derive(Deserialize, ToSchema)]
pub struct StartPlayback {
    /// A movie or episode.
    pub title_id: i64,
    /// Which version; the best that the browser can play when left out.
    pub file_id: Option<i64>,
    /// Keep it from Trakt.
    #[serde(default)]
    pub private: bool,
    /// What this browser can play.
    pub capabilities: Capabilities,
    /// Which sound track.
    pub audio_index: Option<i32>,
    /// Where to begin, in milliseconds.
    pub start_ms: Option<i64>,
}

/// What a browser can play.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Capabilities {
    /// Containers, such as `mp4`, `webm`, `mkv`.
    pub containers: Vec<String>,
    /// Video codecs, such as `h264`, `hevc`, `vp9`, `av1`.
    pub video: Vec<String>,
    /// Audio codecs, such as `aac`, `opus`, `flac`.
    pub audio: Vec<String>,
    /// HLS, by itself or by hls.js.
    pub hls: bool,
    /// Lines beyond which the picture is to be made smaller.
    pub max_height: Option<i32>,
}

/// What happened in the player.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaybackEvent {
    /// Began or went on.
    Play,
    /// Paused.
    Pause,
    /// Jumped.
    Seek,
    /// Still playing; every 10 seconds.
    Progress,
    /// Ended or closed.
    Stop,
}

/// A report of the player.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct ReportPlayback {
    /// What happened.
    pub event: PlaybackEvent,
    /// Where the player is, in milliseconds.
    pub position_ms: i64,
    /// Number of the report, growing; late ones are left out.
    pub seq: i64,
}

/// Another sound track.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct SwitchAudio {
    /// Which sound track.
    pub audio_index: i32,
    /// Where the player is, in milliseconds.
    pub position_ms: i64,
}

/// Begins to play. Error codes: `ffmpeg_missing`, `file_missing`.
#[utoipa::path(
    post,
    path = "/api/playback",
    tag = "playback",
    request_body = StartPlayback,
    responses((status = 201, description = "The playback.", body = Playback), SignedInErrors, NotFoundError, InvalidError, UnavailableError)
)]
async fn start_playback(
    SignedIn(_caller): SignedIn,
    Json(_body): Json<StartPlayback>,
) -> ApiResult<Json<Playback>> {
    Err(ApiError::not_ready())
}

/// A playback under way, to go on after a reload.
#[utoipa::path(
    get,
    path = "/api/playback/{id}",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    responses((status = 200, description = "The playback.", body = Playback), SignedInErrors, NotFoundError)
)]
async fn get_playback(SignedIn(_caller): SignedIn, Path(_id): Path<String>) -> ApiResult<Json<Playback>> {
    Err(ApiError::not_ready())
}

/// Reports what happened in the player.
#[utoipa::path(
    post,
    path = "/api/playback/{id}/events",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    request_body = ReportPlayback,
    responses((status = 200, description = "What Trakt hears.", body = PlaybackReport), SignedInErrors, NotFoundError, InvalidError)
)]
async fn report_playback(
    SignedIn(_caller): SignedIn,
    Path(_id): Path<String>,
    Json(_body): Json<ReportPlayback>,
) -> ApiResult<Json<PlaybackReport>> {
    Err(ApiError::not_ready())
}

/// Changes the sound track.
#[utoipa::path(
    post,
    path = "/api/playback/{id}/audio",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    request_body = SwitchAudio,
    responses((status = 200, description = "The playback with its new address.", body = Playback), SignedInErrors, NotFoundError, InvalidError, UnavailableError)
)]
async fn switch_audio(
    SignedIn(_caller): SignedIn,
    Path(_id): Path<String>,
    Json(_body): Json<SwitchAudio>,
) -> ApiResult<Json<Playback>> {
    Err(ApiError::not_ready())
}
