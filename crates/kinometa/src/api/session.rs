//! Signing in and out, and the first run.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::Json;
use crate::http::responses::{ConflictError, InvalidError, PublicErrors, TooManyError};
use crate::model::user::Session;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_session, sign_in, sign_out)).routes(routes!(create_administrator))
}

/// The first administrator.
#[derive(Deserialize, ToSchema)]
pub struct Setup {
    /// Name to sign in with.
    pub username: String,
    /// Password, at least 8 characters.
    pub password: String,
    /// Name to show; the user name when left out.
    pub display_name: Option<String>,
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
pub struct Credentials {
    /// Name to sign in with.
    pub username: String,
    /// Password.
    pub password: String,
}

/// Who is signed in. In the demo the first visit signs the demo user in.
#[utoipa::path(
    get,
    path = "/api/session",
    tag = "session",
    responses((status = 200, description = "The session.", body = Session), PublicErrors)
)]
async fn get_session() -> ApiResult<Json<Session>> {
    Err(ApiError::not_ready())
}

/// Makes the administrator of a new server and signs them in.
#[utoipa::path(
    post,
    path = "/api/setup",
    tag = "session",
    request_body = Setup,
    responses((status = 201, description = "The new session; its cookie is set.", body = Session), PublicErrors, ConflictError, InvalidError)
)]
async fn create_administrator(Json(_body): Json<Setup>) -> ApiResult<Json<Session>> {
    Err(ApiError::not_ready())
}

/// Signs in.
#[utoipa::path(
    post,
    path = "/api/session",
    tag = "session",
    request_body = Credentials,
    responses((status = 201, description = "The new session; its cookie is set.", body = Session), PublicErrors, InvalidError, TooManyError)
)]
async fn sign_in(Json(_body): Json<Credentials>) -> ApiResult<Json<Session>> {
    Err(ApiError::not_ready())
}

/// Signs out. Nothing happens when nobody is signed in.
#[utoipa::path(
    delete,
    path = "/api/session",
    tag = "session",
    responses((status = 200, description = "The session without a user.", body = Session), PublicErrors)
)]
async fn sign_out() -> ApiResult<Json<Session>> {
    Err(ApiError::not_ready())
}
