//! This server's Trakt API application.

use axum::extract::State;
use axum::http::StatusCode;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::http::errors::ApiResult;
use crate::http::extract::{Admin, Json};
use crate::http::handler::routes;
use crate::http::responses::{AdminErrors, InvalidError, UnavailableError};
use crate::present;
use api_types::trakt::TraktApplication;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(
        get_trakt_application,
        save_trakt_application,
        delete_trakt_application
    ))
}

/// A Trakt API application.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationKey {
    /// The Client ID.
    pub client_id: String,
    /// The Client Secret; defaults to the saved one if the Client ID is the same.
    #[schema(value_type = Option<String>)]
    pub client_secret: Option<SecretString>,
}

/// Returns the application, without its secret.
#[utoipa::path(
    get,
    path = "/api/trakt/application",
    tag = "trakt",
    responses((status = 200, description = "The application.", body = TraktApplication), AdminErrors)
)]
async fn get_trakt_application(
    State(app): State<App>,
    Admin(_caller): Admin,
) -> ApiResult<Json<TraktApplication>> {
    Ok(Json(present::trakt::application(app.trakt().application().await?)))
}

/// Checks an application with Trakt and saves it.
#[utoipa::path(
    put,
    path = "/api/trakt/application",
    tag = "trakt",
    request_body = ApplicationKey,
    responses((status = 200, description = "The application.", body = TraktApplication), AdminErrors, InvalidError, UnavailableError)
)]
async fn save_trakt_application(
    State(app): State<App>,
    Admin(_caller): Admin,
    Json(body): Json<ApplicationKey>,
) -> ApiResult<Json<TraktApplication>> {
    let saved = app.trakt().save_application(&body.client_id, body.client_secret).await?;
    Ok(Json(present::trakt::application(saved)))
}

/// Removes the application. Connections and queues are kept for a new one.
#[utoipa::path(
    delete,
    path = "/api/trakt/application",
    tag = "trakt",
    responses((status = 204, description = "The application was removed."), AdminErrors)
)]
async fn delete_trakt_application(State(app): State<App>, Admin(_caller): Admin) -> ApiResult<StatusCode> {
    app.trakt().remove_application().await?;
    Ok(StatusCode::NO_CONTENT)
}
