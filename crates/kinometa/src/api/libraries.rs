//! Libraries.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Admin, Json, Path, SignedIn};
use crate::http::responses::{AdminErrors, ConflictError, InvalidError, NotFoundError, SignedInErrors};
use crate::model::library::{Library, LibraryKind};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_libraries, create_library))
        .routes(routes!(update_library, delete_library))
}

/// A library to make.
#[derive(Deserialize, ToSchema)]
pub struct NewLibrary {
    /// Name to show.
    pub name: String,
    /// What it holds.
    pub kind: LibraryKind,
    /// Absolute path of its folder on the server.
    pub path: String,
}

/// What to change about a library.
#[derive(Deserialize, ToSchema)]
pub struct LibraryPatch {
    /// Name to show.
    pub name: Option<String>,
    /// New place of the same folder.
    pub path: Option<String>,
}

/// Every library, by name.
#[utoipa::path(
    get,
    path = "/api/libraries",
    tag = "libraries",
    responses((status = 200, description = "The libraries.", body = Vec<Library>), SignedInErrors)
)]
async fn list_libraries(SignedIn(_caller): SignedIn) -> ApiResult<Json<Vec<Library>>> {
    Err(ApiError::not_ready())
}

/// Makes a library and scans it.
#[utoipa::path(
    post,
    path = "/api/libraries",
    tag = "libraries",
    request_body = NewLibrary,
    responses((status = 201, description = "The new library.", body = Library), AdminErrors, ConflictError, InvalidError)
)]
async fn create_library(Admin(_caller): Admin, Json(_body): Json<NewLibrary>) -> ApiResult<Json<Library>> {
    Err(ApiError::not_ready())
}

/// Changes a library.
#[utoipa::path(
    patch,
    path = "/api/libraries/{id}",
    tag = "libraries",
    params(("id" = i64, Path, description = "The library")),
    request_body = LibraryPatch,
    responses((status = 200, description = "The library after the change.", body = Library), AdminErrors, NotFoundError, ConflictError, InvalidError)
)]
async fn update_library(
    Admin(_caller): Admin,
    Path(_id): Path<i64>,
    Json(_body): Json<LibraryPatch>,
) -> ApiResult<Json<Library>> {
    Err(ApiError::not_ready())
}

/// Takes a library out of Kinometa. Its files and everybody's plays stay.
#[utoipa::path(
    delete,
    path = "/api/libraries/{id}",
    tag = "libraries",
    params(("id" = i64, Path, description = "The library")),
    responses((status = 204, description = "Gone."), AdminErrors, NotFoundError)
)]
async fn delete_library(Admin(_caller): Admin, Path(_id): Path<i64>) -> ApiResult<StatusCode> {
    Err(ApiError::not_ready())
}
