//! People, for the administrator.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Admin, Json, Path};
use crate::http::responses::{AdminErrors, ConflictError, InvalidError, NotFoundError};
use crate::model::user::User;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_users, create_user)).routes(routes!(update_user, delete_user))
}

/// A person to add.
#[derive(Deserialize, ToSchema)]
pub struct NewUser {
    /// Name to sign in with.
    pub username: String,
    /// Password, at least 8 characters.
    pub password: String,
    /// Name to show; the user name when left out.
    pub display_name: Option<String>,
    /// May change the server's settings and people.
    #[serde(default)]
    pub is_admin: bool,
}

/// What to change about a person.
#[derive(Deserialize, ToSchema)]
pub struct UserPatch {
    /// Name to show.
    pub display_name: Option<String>,
    /// May change the server's settings and people.
    pub is_admin: Option<bool>,
    /// A new password; signs the person out everywhere.
    pub password: Option<String>,
}

/// Everybody with an account, by name.
#[utoipa::path(
    get,
    path = "/api/users",
    tag = "users",
    responses((status = 200, description = "The people.", body = Vec<User>), AdminErrors)
)]
async fn list_users(Admin(_caller): Admin) -> ApiResult<Json<Vec<User>>> {
    Err(ApiError::not_ready())
}

/// Adds a person.
#[utoipa::path(
    post,
    path = "/api/users",
    tag = "users",
    request_body = NewUser,
    responses((status = 201, description = "The new person.", body = User), AdminErrors, ConflictError, InvalidError)
)]
async fn create_user(Admin(_caller): Admin, Json(_body): Json<NewUser>) -> ApiResult<Json<User>> {
    Err(ApiError::not_ready())
}

/// Changes a person.
#[utoipa::path(
    patch,
    path = "/api/users/{id}",
    tag = "users",
    params(("id" = i64, Path, description = "The person")),
    request_body = UserPatch,
    responses((status = 200, description = "The person after the change.", body = User), AdminErrors, NotFoundError, ConflictError, InvalidError)
)]
async fn update_user(
    Admin(_caller): Admin,
    Path(_id): Path<i64>,
    Json(_body): Json<UserPatch>,
) -> ApiResult<Json<User>> {
    Err(ApiError::not_ready())
}

/// Removes a person with everything that is theirs. The last administrator stays.
#[utoipa::path(
    delete,
    path = "/api/users/{id}",
    tag = "users",
    params(("id" = i64, Path, description = "The person")),
    responses((status = 204, description = "Gone."), AdminErrors, NotFoundError, ConflictError)
)]
async fn delete_user(Admin(_caller): Admin, Path(_id): Path<i64>) -> ApiResult<StatusCode> {
    Err(ApiError::not_ready())
}
