//! Pictures of titles.

use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Path, Query, SignedIn};
use crate::http::responses::{NotFoundError, SignedInErrors};
use crate::model::title::ImageKind;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_image))
}

/// Which size.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImageQuery {
    /// Width in pixels; rounded up to a step.
    pub width: Option<u32>,
    /// Version from the address that the server gave: lets the browser keep the picture for good.
    pub v: Option<String>,
}

/// A picture of a title.
#[utoipa::path(
    get,
    path = "/api/images/{title_id}/{kind}",
    tag = "titles",
    params(("title_id" = i64, Path, description = "The title"), ("kind" = ImageKind, Path, description = "Which picture"), ImageQuery),
    responses((status = 200, description = "The picture.", body = [u8], content_type = "image/jpeg"), (status = 304, description = "Not changed."), SignedInErrors, NotFoundError)
)]
async fn get_image(
    SignedIn(_caller): SignedIn,
    Path((_title_id, _kind)): Path<(i64, ImageKind)>,
    Query(_query): Query<ImageQuery>,
) -> ApiResult<Response> {
    Err(ApiError::not_ready())
}
