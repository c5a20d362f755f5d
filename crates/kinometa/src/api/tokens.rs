//! API tokens for scripts.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Json, Path, SignedIn};
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors};
use crate::model::user::{ApiToken, CreatedApiToken};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_api_tokens, create_api_token)).routes(routes!(delete_api_token))
}

/// A token to make.
#[derive(Deserialize, ToSchema)]
pub struct NewApiToken {
    /// What it is for.
    pub name: String,
}

/// The API tokens of the person signed in, newest first.
#[utoipa::path(
    get,
    path = "/api/me/tokens",
    tag = "me",
    responses((status = 200, description = "The tokens without their secrets.", body = Vec<ApiToken>), SignedInErrors)
)]
async fn list_api_tokens(SignedIn(_caller): SignedIn) -> ApiResult<Json<Vec<ApiToken>>> {
    Err(ApiError::not_ready())
}

/// Makes an API token. Its secret is shown this once.
#[utoipa::path(
    post,
    path = "/api/me/tokens",
    tag = "me",
    request_body = NewApiToken,
    responses((status = 201, description = "The token with its secret.", body = CreatedApiToken), SignedInErrors, InvalidError)
)]
async fn create_api_token(
    SignedIn(_caller): SignedIn,
    Json(_body): Json<NewApiToken>,
) -> ApiResult<Json<CreatedApiToken>> {
    Err(ApiError::not_ready())
}

/// Takes an API token back.
#[utoipa::path(
    delete,
    path = "/api/me/tokens/{id}",
    tag = "me",
    params(("id" = i64, Path, description = "The token")),
    responses((status = 204, description = "Gone."), SignedInErrors, NotFoundError)
)]
async fn delete_api_token(SignedIn(_caller): SignedIn, Path(_id): Path<i64>) -> ApiResult<StatusCode> {
    Err(ApiError::not_ready())
}
