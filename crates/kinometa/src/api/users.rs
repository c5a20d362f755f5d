//! People, for the administrator.

use axum::extract::State;
use axum::http::StatusCode;
use db::ids::UserId;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::views;
use crate::accounts::{NewPerson, PersonPatch};
use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Admin, Json, Path};
use crate::http::responses::{AdminErrors, ConflictError, InvalidError, NotFoundError};
use api_types::user::User;

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
    #[schema(value_type = String)]
    pub password: SecretString,
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
    #[schema(value_type = Option<String>)]
    pub password: Option<SecretString>,
}

/// Everybody with an account, by name.
#[utoipa::path(
    get,
    path = "/api/users",
    tag = "users",
    responses((status = 200, description = "The people.", body = Vec<User>), AdminErrors)
)]
async fn list_users(State(app): State<App>, Admin(_caller): Admin) -> ApiResult<Json<Vec<User>>> {
    let mut users = Vec::new();
    for row in app.accounts().people().await? {
        users.push(views::user(&app, row).await?);
    }
    Ok(Json(users))
}

/// Adds a person.
#[utoipa::path(
    post,
    path = "/api/users",
    tag = "users",
    request_body = NewUser,
    responses((status = 201, description = "The new person.", body = User), AdminErrors, ConflictError, InvalidError)
)]
async fn create_user(
    State(app): State<App>,
    Admin(_caller): Admin,
    Json(body): Json<NewUser>,
) -> ApiResult<(StatusCode, Json<User>)> {
    let person = NewPerson {
        username: body.username,
        password: body.password,
        display_name: body.display_name,
        is_admin: body.is_admin,
    };
    let user = app.accounts().create(person).await?;
    Ok((StatusCode::CREATED, Json(views::user(&app, user).await?)))
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
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<UserId>,
    Json(body): Json<UserPatch>,
) -> ApiResult<Json<User>> {
    let patch = PersonPatch {
        display_name: body.display_name,
        is_admin: body.is_admin,
        password: body.password,
        preferences: None,
    };
    let user = app.accounts().update(id, patch).await?;
    Ok(Json(views::user(&app, user).await?))
}

/// Removes a person with everything that is theirs. The last administrator stays.
#[utoipa::path(
    delete,
    path = "/api/users/{id}",
    tag = "users",
    params(("id" = i64, Path, description = "The person")),
    responses((status = 204, description = "Gone."), AdminErrors, NotFoundError, ConflictError)
)]
async fn delete_user(
    State(app): State<App>,
    Admin(_caller): Admin,
    Path(id): Path<UserId>,
) -> ApiResult<StatusCode> {
    app.accounts().check_removable(id).await?;
    // A code that waits must not connect somebody who is gone, and Trakt is told while the token is still there.
    app.trakt().cancel_connect(id);
    app.trakt().disconnect(id).await?;
    app.accounts().remove(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
