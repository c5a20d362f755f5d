//! Images of titles.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse as _;
use axum::response::Response;
use db::ids::TitleId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Path, Query, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors, UnavailableError};
use library::artwork::Rendered;
use model::title::ImageKind;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_image))
}

/// Query of an image.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImageQuery {
    /// Width in pixels, rounded up to the next available size.
    pub width: Option<u32>,
    /// Version from the image URL. The response to the current version can be cached forever.
    pub v: Option<String>,
}

/// Returns an image of a title.
#[utoipa::path(
    get,
    path = "/api/images/{title_id}/{kind}",
    tag = "titles",
    params(("title_id" = i64, Path, description = "The title"), ("kind" = ImageKind, Path, description = "Kind of image"), ImageQuery),
    responses((status = 200, description = "The image.", body = [u8], content_type = "image/*"), (status = 304, description = "The cached image is current."), SignedInErrors, NotFoundError, InvalidError, UnavailableError)
)]
async fn get_image(
    State(app): State<App>,
    SignedIn(_caller): SignedIn,
    Path((title_id, kind)): Path<(TitleId, ImageKind)>,
    Query(query): Query<ImageQuery>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let picture = app.artwork().get(title_id, kind, query.width, query.v.as_deref()).await?;
    respond(picture, &query, &headers)
}

/// An image, which can be cached forever if it was requested by its version.
pub(super) fn respond(picture: Rendered, query: &ImageQuery, headers: &HeaderMap) -> ApiResult<Response> {
    let is_versioned = query.v.as_deref() == Some(picture.version.as_str());
    let lifetime = if is_versioned { "private, max-age=31536000, immutable" } else { "private, no-cache" };
    let caching = [
        (header::ETAG, HeaderValue::from_str(&picture.tag).map_err(ApiError::internal)?),
        (header::CACHE_CONTROL, HeaderValue::from_static(lifetime)),
    ];
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    if known == Some(picture.tag.as_str()) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(header::CONTENT_TYPE, picture.content_type)], picture.bytes).into_response())
}
