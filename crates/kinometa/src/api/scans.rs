//! Library scans.

use axum::extract::State;
use axum::http::StatusCode;
use db::ids::LibraryId;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Admin, Json, Path};
use crate::http::handler::routes;
use crate::http::responses::{AdminErrors, NotFoundError};
use crate::present;
use api_types::library::ScanStatus;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_scans)).routes(routes!(start_scan, stop_scan))
}

/// Lists running scans, and the last scan of every other library.
#[utoipa::path(
    get,
    path = "/api/scans",
    tag = "libraries",
    responses((status = 200, description = "The scans.", body = Vec<ScanStatus>), AdminErrors)
)]
async fn list_scans(State(app): State<App>, Admin(_caller): Admin) -> ApiResult<Json<Vec<ScanStatus>>> {
    let scans = app.libraries().scanner().list();
    Ok(Json(scans.into_iter().map(present::scan_status).collect()))
}

/// Starts a scan. Returns the running scan if there is one.
#[utoipa::path(
    post,
    path = "/api/libraries/{id}/scan",
    tag = "libraries",
    params(("id" = i64, Path, description = "The library")),
    responses((status = 202, description = "The scan.", body = ScanStatus), AdminErrors, NotFoundError)
)]
async fn start_scan(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<LibraryId>,
) -> ApiResult<(StatusCode, Json<ScanStatus>)> {
    let status = app.libraries().scanner().start(id).await?;
    Ok((StatusCode::ACCEPTED, Json(present::scan_status(status))))
}

/// Stops the running scan. Titles and files found so far are kept.
#[utoipa::path(
    delete,
    path = "/api/libraries/{id}/scan",
    tag = "libraries",
    params(("id" = i64, Path, description = "The library")),
    responses((status = 204, description = "The scan was stopped."), AdminErrors, NotFoundError)
)]
async fn stop_scan(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<LibraryId>,
) -> ApiResult<StatusCode> {
    app.libraries().get(id).await?;
    app.libraries().scanner().stop(id).await;
    Ok(StatusCode::NO_CONTENT)
}
