//! Directory listings for the folder picker.

use library::folders;
use serde::Deserialize;
use std::path::PathBuf;
use tokio::task::spawn_blocking;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Admin, Json, Query};
use crate::http::handler::routes;
use crate::http::responses::{AdminErrors, InvalidError, NotFoundError};
use crate::present;
use api_types::library::FolderListing;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_folders))
}

/// Query of a folder listing.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FolderQuery {
    /// Absolute path; defaults to the root directory.
    pub path: Option<String>,
}

/// Lists the subfolders of a folder on the server.
#[utoipa::path(
    get,
    path = "/api/folders",
    tag = "libraries",
    params(FolderQuery),
    responses((status = 200, description = "The folder and its subfolders.", body = FolderListing), AdminErrors, NotFoundError, InvalidError)
)]
async fn list_folders(
    Admin(_caller): Admin,
    Query(query): Query<FolderQuery>,
) -> ApiResult<Json<FolderListing>> {
    let path = PathBuf::from(query.path.unwrap_or_else(|| "/".to_owned()));
    let listing = spawn_blocking(move || folders::list(&path)).await.map_err(ApiError::internal)?;
    Ok(Json(present::folder_listing(listing?)))
}
