//! The signed-in user's own account.

use axum::extract::State;
use axum::http::StatusCode;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::views;
use crate::accounts::{self, AccountPatch};
use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Json, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{InvalidError, SignedInErrors, TooManyError};
use api_types::user::User;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_me, update_me)).routes(routes!(change_password))
}

/// Changes to the signed-in user's account. Omitted fields stay unchanged.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MePatch {
    /// New display name.
    pub display_name: Option<String>,
    /// Preferences to merge into the stored ones. A null value removes the key.
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    pub preferences: Option<serde_json::Map<String, serde_json::Value>>,
}

/// A change of password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// Current password.
    #[schema(value_type = String)]
    pub current: SecretString,
    /// New password, at least 8 characters.
    #[schema(value_type = String)]
    pub new: SecretString,
    /// Whether to revoke the user's API tokens as well. They stay valid otherwise.
    #[serde(default)]
    pub revoke_api_tokens: bool,
}

/// Returns the signed-in user.
#[utoipa::path(
    get,
    path = "/api/me",
    tag = "me",
    responses((status = 200, description = "The signed-in user.", body = User), SignedInErrors)
)]
async fn get_me(State(app): State<App>, SignedIn(caller): SignedIn) -> ApiResult<Json<User>> {
    let user = app.accounts().user(caller.user_id).await?;
    Ok(Json(views::user(&app, user).await?))
}

/// Changes the signed-in user's display name or preferences.
#[utoipa::path(
    patch,
    path = "/api/me",
    tag = "me",
    request_body = MePatch,
    responses((status = 200, description = "The changed user.", body = User), SignedInErrors, InvalidError)
)]
async fn update_me(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<MePatch>,
) -> ApiResult<Json<User>> {
    let patch = AccountPatch {
        display_name: body.display_name,
        preferences: body.preferences,
        ..AccountPatch::default()
    };
    let user = app.accounts().update(caller.user_id, patch).await?;
    Ok(Json(views::user(&app, user).await?))
}

/// Changes the signed-in user's password and ends all their other sessions. API tokens stay valid unless the
/// request revokes them.
#[utoipa::path(
    post,
    path = "/api/me/password",
    tag = "me",
    request_body = PasswordChange,
    responses((status = 204, description = "The password was changed."), SignedInErrors, InvalidError, TooManyError)
)]
async fn change_password(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<PasswordChange>,
) -> ApiResult<StatusCode> {
    let PasswordChange { current, new, revoke_api_tokens } = body;
    let change = accounts::PasswordChange { current, new, revoke_api_tokens };
    app.accounts().change_password(caller, change).await?;
    Ok(StatusCode::NO_CONTENT)
}
