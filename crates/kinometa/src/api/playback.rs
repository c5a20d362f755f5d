//! Playback sessions: start, report progress, switch tracks.
//!
//! Unlike other request bodies, these accept unknown fields, so that the reports of a page from another version
//! are not lost.

use axum::extract::State;
use axum::http::StatusCode;
use db::ids::{FileId, TitleId};
use serde::Deserialize;
use sync::scrobble::Input;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, Path, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors, UnavailableError};
use crate::present;
use api_types::playback::{Playback, PlaybackReport};
use playback::decision::Browser;
use playback::{Report, Start};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(start_playback))
        .routes(routes!(get_playback))
        .routes(routes!(report_playback))
        .routes(routes!(switch_audio))
        .routes(routes!(switch_subtitle))
}

/// Request to start playback.
#[derive(Deserialize, ToSchema)]
pub struct StartPlayback {
    /// Movie or episode to play.
    #[schema(value_type = i64)]
    pub title_id: TitleId,
    /// File to play; defaults to the best version that the browser can play.
    #[schema(value_type = Option<i64>)]
    pub file_id: Option<FileId>,
    /// Private session: nothing is sent to Trakt.
    #[serde(default)]
    pub private: bool,
    /// Formats that the browser can play.
    pub capabilities: Capabilities,
    /// Index of the audio track; defaults to the default track of the file.
    pub audio_index: Option<i32>,
    /// Start position in milliseconds; defaults to the beginning of the title.
    pub start_ms: Option<i64>,
}

/// Formats that a browser can play.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Capabilities {
    /// Container formats, such as `mp4`, `webm`, `mkv`.
    pub containers: Vec<String>,
    /// Video codecs, such as `h264`, `hevc`, `vp9`, `av1`.
    pub video: Vec<String>,
    /// Audio codecs, such as `aac`, `opus`, `flac`.
    pub audio: Vec<String>,
    /// Whether the browser can play HLS, natively or through hls.js.
    pub hls: bool,
    /// Maximum video height in pixels. Taller video is scaled down.
    pub max_height: Option<i32>,
}

/// Type of a player event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaybackEvent {
    /// Playback started or resumed.
    Play,
    /// Playback was paused.
    Pause,
    /// The user seeked to another position.
    Seek,
    /// Still playing. Sent every 10 seconds.
    Progress,
    /// Playback ended, or the player was closed.
    Stop,
}

/// A player event.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct ReportPlayback {
    /// Type of the event.
    pub event: PlaybackEvent,
    /// Current position in milliseconds.
    pub position_ms: i64,
    /// Increasing sequence number. Events that arrive out of order are ignored.
    pub seq: i64,
    /// How many milliseconds ago the event happened, if it could not be delivered immediately.
    #[serde(default)]
    #[schema(minimum = 0)]
    pub age_ms: i64,
}

/// Request to switch the audio track.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct SwitchAudio {
    /// Index of the audio track.
    pub audio_index: i32,
    /// Current position in milliseconds.
    pub position_ms: i64,
}

/// Request to change the subtitles that are burned into the video.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct SwitchSubtitle {
    /// Index of the image-based subtitle track; none if omitted.
    pub subtitle_index: Option<i32>,
    /// Current position in milliseconds.
    pub position_ms: i64,
}

/// Starts playback of a movie or episode. Error codes: `busy`, `ffmpeg_missing`, `file_missing`.
#[utoipa::path(
    post,
    path = "/api/playback",
    tag = "playback",
    request_body = StartPlayback,
    responses((status = 201, description = "The playback.", body = Playback), SignedInErrors, NotFoundError, InvalidError, UnavailableError)
)]
async fn start_playback(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<StartPlayback>,
) -> ApiResult<(StatusCode, Json<Playback>)> {
    let playback = app.playback().start(caller.user_id, body.into()).await?;
    Ok((StatusCode::CREATED, Json(present::playback(playback))))
}

/// Returns an active playback session, to continue after a page reload.
#[utoipa::path(
    get,
    path = "/api/playback/{id}",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    responses((status = 200, description = "The playback.", body = Playback), SignedInErrors, NotFoundError)
)]
async fn get_playback(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
) -> ApiResult<Json<Playback>> {
    Ok(Json(present::playback(app.playback().get(caller.user_id, &id).await?)))
}

/// Reports a player event.
#[utoipa::path(
    post,
    path = "/api/playback/{id}/events",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    request_body = ReportPlayback,
    responses((status = 200, description = "The scrobble status and resume point.", body = PlaybackReport), SignedInErrors, NotFoundError, InvalidError)
)]
async fn report_playback(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
    Json(body): Json<ReportPlayback>,
) -> ApiResult<Json<PlaybackReport>> {
    let report = Report {
        input: body.event.into(),
        position_ms: body.position_ms,
        seq: body.seq,
        age_ms: body.age_ms,
    };
    let progress = app.playback().report(caller.user_id, &id, report).await?;
    let scrobble = present::scrobble_status(progress.scrobble);
    Ok(Json(PlaybackReport { scrobble, position_ms: progress.position_ms }))
}

/// Switches the audio track.
#[utoipa::path(
    post,
    path = "/api/playback/{id}/audio",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    request_body = SwitchAudio,
    responses((status = 200, description = "The playback with its new URL.", body = Playback), SignedInErrors, NotFoundError, InvalidError, UnavailableError)
)]
async fn switch_audio(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
    Json(body): Json<SwitchAudio>,
) -> ApiResult<Json<Playback>> {
    let audio = usize::try_from(body.audio_index).unwrap_or(usize::MAX);
    let playback = app.playback().switch_audio(caller.user_id, &id, audio, body.position_ms).await?;
    Ok(Json(present::playback(playback)))
}

/// Burns image-based subtitles into the video, or stops doing so. Text subtitles do not need this.
#[utoipa::path(
    post,
    path = "/api/playback/{id}/subtitle",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    request_body = SwitchSubtitle,
    responses((status = 200, description = "The playback with its new URL.", body = Playback), SignedInErrors, NotFoundError, InvalidError, UnavailableError)
)]
async fn switch_subtitle(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
    Json(body): Json<SwitchSubtitle>,
) -> ApiResult<Json<Playback>> {
    let subtitle = body.subtitle_index.map(|index| usize::try_from(index).unwrap_or(usize::MAX));
    let playback = app.playback().switch_subtitle(caller.user_id, &id, subtitle, body.position_ms).await?;
    Ok(Json(present::playback(playback)))
}

impl From<StartPlayback> for Start {
    fn from(body: StartPlayback) -> Self {
        Self {
            title_id: body.title_id,
            file_id: body.file_id,
            is_private: body.private,
            browser: body.capabilities.into(),
            audio: body.audio_index.and_then(|index| usize::try_from(index).ok()),
            start_ms: body.start_ms,
        }
    }
}

impl From<Capabilities> for Browser {
    fn from(found: Capabilities) -> Self {
        Self {
            containers: found.containers,
            video: found.video,
            audio: found.audio,
            hls: found.hls,
            max_height: found.max_height.and_then(|height| u32::try_from(height).ok()),
        }
    }
}

impl From<PlaybackEvent> for Input {
    fn from(event: PlaybackEvent) -> Self {
        match event {
            PlaybackEvent::Play => Self::Play,
            PlaybackEvent::Pause => Self::Pause,
            PlaybackEvent::Seek => Self::Seek,
            PlaybackEvent::Progress => Self::Progress,
            PlaybackEvent::Stop => Self::Stop,
        }
    }
}
