//! The Plex server on which collections are created.

use api_types::plex::{PlexSettings, PlexTest};
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
use crate::plex::{self, NewServer};
use crate::present;

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_plex, save_plex, delete_plex)).routes(routes!(test_plex))
}

/// A Plex server.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlexServerForm {
    /// URL of the server, such as `http://192.168.1.5:32400`.
    pub url: String,
    /// The owner's X-Plex-Token; defaults to the saved one if the URL is the same.
    #[schema(value_type = Option<String>)]
    pub token: Option<SecretString>,
    /// The timeout of a request in seconds.
    #[serde(default = "minute")]
    pub timeout_seconds: u64,
    /// Whether the server's certificate must be valid.
    #[serde(default = "yes")]
    pub verify_ssl: bool,
}

fn minute() -> u64 {
    60
}

fn yes() -> bool {
    true
}

impl From<PlexServerForm> for NewServer {
    fn from(form: PlexServerForm) -> Self {
        let PlexServerForm { url, token, timeout_seconds, verify_ssl } = form;
        Self { url, token, timeout: timeout_seconds, verify_ssl }
    }
}

async fn settings(app: &App) -> ApiResult<PlexSettings> {
    let saved = plex::SavedServer::load(app.db()).await?;
    let (libraries, run) = (plex::libraries(app.db()).await?, plex::last_run(app.db()).await?);
    Ok(present::plex::settings(saved, libraries, run))
}

/// Returns the Plex server, without its token, and the results of the last run there.
#[utoipa::path(
    get,
    path = "/api/plex",
    tag = "plex",
    responses((status = 200, description = "The server.", body = PlexSettings), AdminErrors)
)]
async fn get_plex(State(app): State<App>, Admin(_caller): Admin) -> ApiResult<Json<PlexSettings>> {
    Ok(Json(settings(&app).await?))
}

/// Saves the Plex server without contacting it; use the test for that.
#[utoipa::path(
    put,
    path = "/api/plex",
    tag = "plex",
    request_body = PlexServerForm,
    responses((status = 200, description = "The server.", body = PlexSettings), AdminErrors, InvalidError)
)]
async fn save_plex(
    State(app): State<App>,
    Admin(_caller): Admin,
    Json(form): Json<PlexServerForm>,
) -> ApiResult<Json<PlexSettings>> {
    plex::save(app.db(), app.config(), form.into()).await?;
    Ok(Json(settings(&app).await?))
}

/// Removes the Plex server from the settings. Its collections stay on Plex.
#[utoipa::path(
    delete,
    path = "/api/plex",
    tag = "plex",
    responses((status = 204, description = "The server was removed."), AdminErrors)
)]
async fn delete_plex(State(app): State<App>, Admin(_caller): Admin) -> ApiResult<StatusCode> {
    plex::remove(app.db()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tests a Plex server: reads its name and libraries, and changes nothing there.
#[utoipa::path(
    post,
    path = "/api/plex/test",
    tag = "plex",
    request_body = PlexServerForm,
    responses((status = 200, description = "The server responded.", body = PlexTest), AdminErrors, InvalidError, UnavailableError)
)]
async fn test_plex(
    State(app): State<App>,
    Admin(_caller): Admin,
    Json(form): Json<PlexServerForm>,
) -> ApiResult<Json<PlexTest>> {
    let tested = plex::test(app.db(), app.config(), form.into()).await?;
    Ok(Json(present::plex::test(tested)))
}
