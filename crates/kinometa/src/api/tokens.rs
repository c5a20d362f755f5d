//! API tokens of the signed-in user.

use axum::extract::State;
use axum::http::StatusCode;
use db::ids::ApiTokenId;
use secrecy::ExposeSecret;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::views;
use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, Path, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{InvalidError, NotFoundError, SignedInErrors};
use api_types::user::{ApiToken, CreatedApiToken};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_api_tokens, create_api_token)).routes(routes!(delete_api_token))
}

/// Request to create an API token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApiToken {
    /// Name that distinguishes the token from others.
    pub name: String,
}

/// Lists the signed-in user's API tokens, newest first.
#[utoipa::path(
    get,
    path = "/api/me/tokens",
    tag = "me",
    responses((status = 200, description = "The tokens, without their secrets.", body = Vec<ApiToken>), SignedInErrors)
)]
async fn list_api_tokens(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> ApiResult<Json<Vec<ApiToken>>> {
    let tokens = app.accounts().api_tokens(caller.user_id).await?;
    Ok(Json(tokens.into_iter().map(views::api_token).collect()))
}

/// Creates an API token. The response is the only one that contains the secret.
#[utoipa::path(
    post,
    path = "/api/me/tokens",
    tag = "me",
    request_body = NewApiToken,
    responses((status = 201, description = "The token with its secret.", body = CreatedApiToken), SignedInErrors, InvalidError)
)]
async fn create_api_token(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<NewApiToken>,
) -> ApiResult<(StatusCode, Json<CreatedApiToken>)> {
    let (row, secret) = app.accounts().create_api_token(caller.user_id, &body.name).await?;
    let token = secret.expose_secret().to_owned();
    Ok((StatusCode::CREATED, Json(CreatedApiToken { token, details: views::api_token(row) })))
}

/// Revokes an API token.
#[utoipa::path(
    delete,
    path = "/api/me/tokens/{id}",
    tag = "me",
    params(("id" = i64, Path, description = "The token")),
    responses((status = 204, description = "The token was revoked."), SignedInErrors, NotFoundError)
)]
async fn delete_api_token(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<ApiTokenId>,
) -> ApiResult<StatusCode> {
    app.accounts().delete_api_token(caller.user_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
