//! Libraries.

use axum::extract::State;
use axum::http::StatusCode;
use db::ids::LibraryId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Admin, Json, Path, SignedIn};
use crate::http::responses::{AdminErrors, ConflictError, InvalidError, NotFoundError, SignedInErrors};
use crate::present;
use api_types::library::Library;
use db::kinds::LibraryKind;

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
async fn list_libraries(
    State(app): State<App>,
    SignedIn(_caller): SignedIn,
) -> ApiResult<Json<Vec<Library>>> {
    Ok(Json(app.libraries().list().await?.into_iter().map(present::library).collect()))
}

/// Makes a library and scans it.
#[utoipa::path(
    post,
    path = "/api/libraries",
    tag = "libraries",
    request_body = NewLibrary,
    responses((status = 201, description = "The new library.", body = Library), AdminErrors, ConflictError, InvalidError)
)]
async fn create_library(
    State(app): State<App>,
    Admin(_caller): Admin,
    Json(body): Json<NewLibrary>,
) -> ApiResult<(StatusCode, Json<Library>)> {
    let library = app.libraries().create(&body.name, body.kind, &body.path).await?;
    Ok((StatusCode::CREATED, Json(present::library(library))))
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
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<LibraryId>,
    Json(body): Json<LibraryPatch>,
) -> ApiResult<Json<Library>> {
    let library = app.libraries().update(id, body.name.as_deref(), body.path.as_deref()).await?;
    Ok(Json(present::library(library)))
}

/// Takes a library out of Kinometa. Its files and everybody's plays stay.
#[utoipa::path(
    delete,
    path = "/api/libraries/{id}",
    tag = "libraries",
    params(("id" = i64, Path, description = "The library")),
    responses((status = 204, description = "Gone."), AdminErrors, NotFoundError)
)]
async fn delete_library(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<LibraryId>,
) -> ApiResult<StatusCode> {
    app.libraries().delete(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
