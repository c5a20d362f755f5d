//! User management for administrators.

use axum::extract::State;
use axum::http::StatusCode;
use db::ids::UserId;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::views;
use crate::accounts::{AccountPatch, NewAccount};
use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Admin, Json, Path};
use crate::http::handler::routes;
use crate::http::responses::{AdminErrors, ConflictError, InvalidError, NotFoundError};
use api_types::user::User;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_users, create_user)).routes(routes!(update_user, delete_user))
}

/// Request to create a user.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// User name for signing in.
    pub username: String,
    /// Password, at least 8 characters.
    #[schema(value_type = String)]
    pub password: SecretString,
    /// Display name; defaults to the user name.
    pub display_name: Option<String>,
    /// Whether the user is an administrator.
    #[serde(default)]
    pub is_admin: bool,
}

/// Changes to a user. Omitted fields stay unchanged.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserPatch {
    /// New display name.
    pub display_name: Option<String>,
    /// Whether the user is an administrator.
    pub is_admin: Option<bool>,
    /// New password, at least 8 characters. Signs the user out everywhere.
    #[schema(value_type = Option<String>)]
    pub password: Option<SecretString>,
    /// Whether a new password also revokes the user's API tokens. They stay valid otherwise.
    #[serde(default)]
    pub revoke_api_tokens: bool,
}

/// Lists all users, ordered by name.
#[utoipa::path(
    get,
    path = "/api/users",
    tag = "users",
    responses((status = 200, description = "The users.", body = Vec<User>), AdminErrors)
)]
async fn list_users(State(app): State<App>, Admin(_caller): Admin) -> ApiResult<Json<Vec<User>>> {
    let mut users = Vec::new();
    for row in app.accounts().users().await? {
        users.push(views::user(&app, row).await?);
    }
    Ok(Json(users))
}

/// Creates a user.
#[utoipa::path(
    post,
    path = "/api/users",
    tag = "users",
    request_body = NewUser,
    responses((status = 201, description = "The new user.", body = User), AdminErrors, ConflictError, InvalidError)
)]
async fn create_user(
    State(app): State<App>,
    Admin(_caller): Admin,
    Json(body): Json<NewUser>,
) -> ApiResult<(StatusCode, Json<User>)> {
    let account = NewAccount {
        username: body.username,
        password: body.password,
        display_name: body.display_name,
        is_admin: body.is_admin,
    };
    let user = app.accounts().create(account).await?;
    Ok((StatusCode::CREATED, Json(views::user(&app, user).await?)))
}

/// Changes a user.
#[utoipa::path(
    patch,
    path = "/api/users/{id}",
    tag = "users",
    params(("id" = i64, Path, description = "The user")),
    request_body = UserPatch,
    responses((status = 200, description = "The changed user.", body = User), AdminErrors, NotFoundError, ConflictError, InvalidError)
)]
async fn update_user(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<UserId>,
    Json(body): Json<UserPatch>,
) -> ApiResult<Json<User>> {
    let patch = AccountPatch {
        display_name: body.display_name,
        is_admin: body.is_admin,
        password: body.password,
        revoke_api_tokens: body.revoke_api_tokens,
        preferences: None,
    };
    let user = app.accounts().update(id, patch).await?;
    Ok(Json(views::user(&app, user).await?))
}

/// Removes a user with their timeline and Trakt connection. The last administrator cannot be removed.
#[utoipa::path(
    delete,
    path = "/api/users/{id}",
    tag = "users",
    params(("id" = i64, Path, description = "The user")),
    responses((status = 204, description = "The user was removed."), AdminErrors, NotFoundError, ConflictError)
)]
async fn delete_user(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<UserId>,
) -> ApiResult<StatusCode> {
    app.accounts().check_removable(id).await?;
    // Cancel a pending code first, so that it cannot connect a removed user. Disconnecting needs the stored token.
    app.engine().cancel_connect(id);
    app.trakt().disconnect(id).await?;
    app.accounts().remove(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
