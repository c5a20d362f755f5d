//! Management of libraries.

use axum::extract::State;
use axum::http::StatusCode;
use db::ids::LibraryId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Admin, Json, Path};
use crate::http::handler::routes;
use crate::http::responses::{AdminErrors, ConflictError, InvalidError, NotFoundError};
use crate::present;
use api_types::library::Library;
use db::kinds::LibraryKind;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_libraries, create_library))
        .routes(routes!(update_library, delete_library))
}

/// A library to create.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLibrary {
    /// Display name.
    pub name: String,
    /// Whether the library contains movies or shows.
    pub kind: LibraryKind,
    /// Absolute path of the library's folder on the server.
    pub path: String,
}

/// Changes to a library. Omitted fields stay unchanged.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LibraryPatch {
    /// New display name.
    pub name: Option<String>,
    /// New absolute path, when the folder was moved.
    pub path: Option<String>,
}

/// Lists all libraries, ordered by name.
#[utoipa::path(
    get,
    path = "/api/libraries",
    tag = "libraries",
    responses((status = 200, description = "The libraries.", body = Vec<Library>), AdminErrors)
)]
async fn list_libraries(State(app): State<App>, Admin(_caller): Admin) -> ApiResult<Json<Vec<Library>>> {
    Ok(Json(app.libraries().list().await?.into_iter().map(present::library).collect()))
}

/// Creates a library and starts a scan.
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

/// Changes the name or path of a library.
#[utoipa::path(
    patch,
    path = "/api/libraries/{id}",
    tag = "libraries",
    params(("id" = i64, Path, description = "The library")),
    request_body = LibraryPatch,
    responses((status = 200, description = "The changed library.", body = Library), AdminErrors, NotFoundError, ConflictError, InvalidError)
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

/// Removes a library. Its files and all plays are kept.
#[utoipa::path(
    delete,
    path = "/api/libraries/{id}",
    tag = "libraries",
    params(("id" = i64, Path, description = "The library")),
    responses((status = 204, description = "The library was removed."), AdminErrors, NotFoundError)
)]
async fn delete_library(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<LibraryId>,
) -> ApiResult<StatusCode> {
    app.libraries().delete(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
