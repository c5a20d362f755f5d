//! Playing: the session between a player and the server.

use axum::extract::State;
use axum::http::StatusCode;
use db::ids::{FileId, TitleId};
use serde::Deserialize;
use sync::scrobble::Input;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, Path, SignedIn};
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors, UnavailableError};
use crate::present;
use api_types::playback::{Playback, PlaybackReport};
use playback::decision::Browser;
use playback::{Report, Start};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(start_playback))
        .routes(routes!(get_playback))
        .routes(routes!(report_playback))
        .routes(routes!(switch_audio))
        .routes(routes!(switch_subtitle))
}

/// What to play, and what the browser can play.
#[derive(Deserialize, ToSchema)]
pub struct StartPlayback {
    /// A movie or episode.
    #[schema(value_type = i64)]
    pub title_id: TitleId,
    /// Which version; the best that the browser can play when left out.
    #[schema(value_type = Option<i64>)]
    pub file_id: Option<FileId>,
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

/// Other subtitles in the picture.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct SwitchSubtitle {
    /// Which picture subtitles to draw into the film; none when left out.
    pub subtitle_index: Option<i32>,
    /// Where the player is, in milliseconds.
    pub position_ms: i64,
}

/// Begins to play. Error codes: `busy`, `ffmpeg_missing`, `file_missing`.
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

/// A playback under way, to go on after a reload.
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
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
    Json(body): Json<ReportPlayback>,
) -> ApiResult<Json<PlaybackReport>> {
    let report = Report { input: body.event.into(), position_ms: body.position_ms, seq: body.seq };
    let progress = app.playback().report(caller.user_id, &id, report).await?;
    let scrobble = present::scrobble_status(progress.scrobble);
    Ok(Json(PlaybackReport { scrobble, position_ms: progress.position_ms }))
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
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
    Json(body): Json<SwitchAudio>,
) -> ApiResult<Json<Playback>> {
    let audio = usize::try_from(body.audio_index).unwrap_or(usize::MAX);
    let playback = app.playback().switch_audio(caller.user_id, &id, audio, body.position_ms).await?;
    Ok(Json(present::playback(playback)))
}

/// Draws picture subtitles into the film, or stops doing so. Text subtitles need no such call.
#[utoipa::path(
    post,
    path = "/api/playback/{id}/subtitle",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    request_body = SwitchSubtitle,
    responses((status = 200, description = "The playback with its new address.", body = Playback), SignedInErrors, NotFoundError, InvalidError, UnavailableError)
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
