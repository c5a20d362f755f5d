//! The bytes of a playback.

use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult, ErrorBody};
use crate::http::extract::{Path, SignedIn};
use crate::http::responses::{NotFoundError, SignedInErrors, UnavailableError};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(stream_file))
        .routes(routes!(hls_playlist))
        .routes(routes!(hls_segment))
        .routes(routes!(playback_subtitle))
}

/// The file as it is, in ranges.
#[utoipa::path(
    get,
    path = "/api/playback/{id}/stream",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    responses((status = 200, description = "The file.", body = [u8], content_type = "video/mp4"), (status = 206, description = "Part of the file.", body = [u8], content_type = "video/mp4"), (status = 416, description = "No such part.", body = ErrorBody), SignedInErrors, NotFoundError, UnavailableError)
)]
async fn stream_file(SignedIn(_caller): SignedIn, Path(_id): Path<String>) -> ApiResult<Response> {
    Err(ApiError::not_ready())
}

/// The HLS playlist.
#[utoipa::path(
    get,
    path = "/api/playback/{id}/hls/index.m3u8",
    tag = "playback",
    params(("id" = String, Path, description = "The playback")),
    responses((status = 200, description = "The playlist.", body = String, content_type = "application/vnd.apple.mpegurl"), SignedInErrors, NotFoundError, UnavailableError)
)]
async fn hls_playlist(SignedIn(_caller): SignedIn, Path(_id): Path<String>) -> ApiResult<Response> {
    Err(ApiError::not_ready())
}

/// A piece of the HLS stream.
#[utoipa::path(
    get,
    path = "/api/playback/{id}/hls/{segment}",
    tag = "playback",
    params(("id" = String, Path, description = "The playback"), ("segment" = String, Path, description = "Name from the playlist")),
    responses((status = 200, description = "The piece.", body = [u8], content_type = "video/mp4"), SignedInErrors, NotFoundError, UnavailableError)
)]
async fn hls_segment(
    SignedIn(_caller): SignedIn,
    Path((_id, _segment)): Path<(String, String)>,
) -> ApiResult<Response> {
    Err(ApiError::not_ready())
}

/// A subtitle track as WebVTT.
#[utoipa::path(
    get,
    path = "/api/playback/{id}/subtitles/{track}",
    tag = "playback",
    params(("id" = String, Path, description = "The playback"), ("track" = String, Path, description = "Index and `.vtt`, such as `0.vtt`")),
    responses((status = 200, description = "WebVTT.", body = String, content_type = "text/vtt"), SignedInErrors, NotFoundError, UnavailableError)
)]
async fn playback_subtitle(
    SignedIn(_caller): SignedIn,
    Path((_id, _track)): Path<(String, String)>,
) -> ApiResult<Response> {
    Err(ApiError::not_ready())
}
