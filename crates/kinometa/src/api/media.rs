//! Media streams: files, HLS and subtitles.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult, ErrorBody};
use crate::http::extract::{Json, Path, Query, SignedIn};
use crate::http::handler::routes;
use crate::http::ranges;
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors, TooManyError, UnavailableError};
use crate::present;
use api_types::playback::PlaybackTimeline;
use playback::SegmentRequest;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(stream_file))
        .routes(routes!(hls_playlist))
        .routes(routes!(hls_segment))
        .routes(routes!(playback_subtitle))
        .routes(routes!(playback_timeline))
        .routes(routes!(playback_preview))
}

/// Query of an HLS stream.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct StreamQuery {
    /// Stream plan from the playback URL.
    plan: String,
    /// Index of the file for a movie in several files, from 0; 0 by default.
    part: Option<usize>,
}

/// Streams the original file, with support for range requests.
#[utoipa::path(
    get,
    path = "/api/playback/{id}/stream",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    responses((status = 200, description = "The file.", body = [u8], content_type = "video/*"), (status = 206, description = "The requested range.", body = [u8], content_type = "video/*"), (status = 416, description = "The range is outside the file.", body = ErrorBody), SignedInErrors, NotFoundError, TooManyError, UnavailableError)
)]
async fn stream_file(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let file = app.playback().file(caller.user_id, &id).await?;
    let stream = app.streams().open(caller.user_id)?;
    let response = ranges::serve(file, &headers).await.map_err(ApiError::internal)?;
    Ok(stream.until_sent(response))
}

/// Returns the HLS playlist.
#[utoipa::path(
    get,
    path = "/api/playback/{id}/hls/index.m3u8",
    tag = "playback",
    params(("id" = String, Path, description = "The playback"), StreamQuery),
    responses((status = 200, description = "The playlist.", body = String, content_type = "application/vnd.apple.mpegurl"), SignedInErrors, NotFoundError, InvalidError, TooManyError, UnavailableError)
)]
async fn hls_playlist(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
    Query(stream): Query<StreamQuery>,
) -> ApiResult<Response> {
    let _stream = app.streams().open(caller.user_id)?;
    let playlist = app.playback().playlist(caller.user_id, &id, &stream.plan).await?;
    Ok(([(header::CONTENT_TYPE, "application/vnd.apple.mpegurl")], playlist).into_response())
}

/// Returns a segment of the HLS stream.
#[utoipa::path(
    get,
    path = "/api/playback/{id}/hls/{segment}",
    tag = "playback",
    params(("id" = String, Path, description = "The playback"), ("segment" = String, Path, description = "Segment name from the playlist"), StreamQuery),
    responses((status = 200, description = "The segment.", body = [u8], content_type = "video/mp4"), SignedInErrors, NotFoundError, InvalidError, TooManyError, UnavailableError)
)]
async fn hls_segment(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path((id, segment)): Path<(String, String)>,
    Query(stream): Query<StreamQuery>,
) -> ApiResult<Response> {
    let _stream = app.streams().open(caller.user_id)?;
    let bytes = {
        let part = stream.part.unwrap_or_default();
        let request = SegmentRequest { plan: &stream.plan, part, name: &segment };
        app.playback().segment(caller.user_id, &id, request).await?
    };
    Ok(([(header::CONTENT_TYPE, "video/mp4")], bytes).into_response())
}

/// Returns a subtitle track as WebVTT.
#[utoipa::path(
    get,
    path = "/api/playback/{id}/subtitles/{track}",
    tag = "playback",
    params(("id" = String, Path, description = "The playback"), ("track" = String, Path, description = "Track index with the suffix `.vtt`, such as `0.vtt`")),
    responses((status = 200, description = "The subtitle track.", body = String, content_type = "text/vtt"), SignedInErrors, NotFoundError, TooManyError, UnavailableError)
)]
async fn playback_subtitle(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path((id, track)): Path<(String, String)>,
) -> ApiResult<Response> {
    let index = track.strip_suffix(".vtt").and_then(|index| index.parse().ok());
    let index = index.ok_or_else(|| ApiError::not_found("subtitle track"))?;
    let _stream = app.streams().open(caller.user_id)?;
    let text = app.playback().subtitle(caller.user_id, &id, index).await?;
    Ok(([(header::CONTENT_TYPE, "text/vtt; charset=utf-8")], text).into_response())
}

/// Returns the chapters of the video, and the layout of its preview images.
#[utoipa::path(
    get,
    path = "/api/playback/{id}/timeline",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    responses((status = 200, description = "Chapters and previews.", body = PlaybackTimeline), SignedInErrors, NotFoundError)
)]
async fn playback_timeline(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
) -> ApiResult<Json<PlaybackTimeline>> {
    let timeline = app.playback().timeline(caller.user_id, &id).await?;
    Ok(Json(present::playback_timeline(&id, timeline)))
}

/// Returns a sheet of preview images. It is generated when it is first requested.
#[utoipa::path(
    get,
    path = "/api/playback/{id}/previews/{sheet}",
    tag = "playback",
    params(("id" = String, Path, description = "The playback"), ("sheet" = String, Path, description = "Number of the sheet with the suffix `.jpg`, such as `0.jpg`")),
    responses((status = 200, description = "The sheet.", body = [u8], content_type = "image/jpeg"), SignedInErrors, NotFoundError, UnavailableError)
)]
async fn playback_preview(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path((id, sheet)): Path<(String, String)>,
) -> ApiResult<Response> {
    let number = sheet.strip_suffix(".jpg").and_then(|number| number.parse().ok());
    let number = number.ok_or_else(|| ApiError::not_found("preview"))?;
    let sheet = app.playback().preview(caller.user_id, &id, number).await?;
    let kept = (header::CACHE_CONTROL, "private, max-age=86400");
    Ok(([(header::CONTENT_TYPE, "image/jpeg"), kept], sheet).into_response())
}
