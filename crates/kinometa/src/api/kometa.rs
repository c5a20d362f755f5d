//! Authorization of the `trakt` block in Kometa's config.yml. Nothing is stored unless a registered file is chosen.

use api_types::error::{ErrorCode, ErrorReason};
use std::path::Path as FilePath;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use db::ids::CollectionConfigId;
use kometa::edit;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use trakt::auth::{DeviceCode, DevicePoll, OUT_OF_BAND};
use trakt::{Client, MemoryTokenStore, RetryPolicy, Token, TokenStore};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::credentials::clients::{client_of, outdated_message};
use crate::credentials::grants::{self, Failure};
use crate::credentials::{ConfigStore, authorization};
use crate::http::errors::{ApiError, ApiResult};
use crate::http::extract::{Admin, Json};
use crate::http::handler::routes;
use crate::http::responses::{AdminErrors, InvalidError, NotFoundError, UnavailableError};
use api_types::collections::{
    CredentialReason, KometaAuthorization, KometaDevice, KometaGrant, KometaGrantState,
};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(start_kometa_authorization))
        .routes(routes!(exchange_kometa_pin))
        .routes(routes!(start_kometa_device))
        .routes(routes!(poll_kometa_device))
}

/// A Trakt application: either the one in a registered file, into which the token pair is then written, or one
/// entered by the user.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KometaApplication {
    /// The registered file that contains the application.
    #[schema(value_type = Option<i64>)]
    pub config_id: Option<CollectionConfigId>,
    /// Client ID of the application; omit with a file.
    #[schema(value_type = Option<String>)]
    pub client_id: Option<SecretString>,
    /// Client Secret of the application; omit with a file.
    #[schema(value_type = Option<String>)]
    pub client_secret: Option<SecretString>,
}

/// A PIN from Trakt.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KometaPin {
    /// The application that the PIN is for.
    pub application: KometaApplication,
    /// The PIN.
    #[schema(value_type = String)]
    pub pin: SecretString,
}

/// A check whether a code was entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KometaDevicePoll {
    /// The application that the code is for.
    pub application: KometaApplication,
    /// `device_code` of the requested code.
    #[schema(value_type = String)]
    pub device_code: SecretString,
}

/// A client for an application, and the file that stores its token pair.
struct ApplicationClient {
    client: Client,
    file: Option<Arc<ConfigStore>>,
}

async fn open(app: &App, wanted: &KometaApplication) -> ApiResult<ApplicationClient> {
    let typed = |secret: &Option<SecretString>| {
        secret.as_ref().map(|text| text.expose_secret().trim().to_owned()).filter(|text| !text.is_empty())
    };
    let (id, secret, file) = match wanted.config_id {
        Some(config) => {
            let row = app.collections().config(config).await?;
            let store = ConfigStore::open(FilePath::new(&row.path), app.config());
            let store = store.map_err(|error| rejected("config_id", error.into()))?;
            let block = store.trakt().map_err(|error| rejected("config_id", error))?;
            (typed(&block.client_id), typed(&block.client_secret), Some(Arc::new(store)))
        }
        None => (typed(&wanted.client_id), typed(&wanted.client_secret), None),
    };
    let field = if file.is_some() { "config_id" } else { "client_id" };
    let id = id.ok_or_else(|| {
        ApiError::invalid_field(
            field,
            ErrorReason::ClientIdMissing,
            "Enter the Client ID of your Trakt application.",
        )
    })?;
    let store: Arc<dyn TokenStore> = match &file {
        Some(store) => store.clone(),
        None => Arc::new(MemoryTokenStore::new()),
    };
    let client = client_of(&id, secret.as_deref(), app.config(), app.clock().clone(), store);
    // The user is waiting: temporary failures are reported immediately instead of retried.
    let client = client.retries(RetryPolicy::NONE).max_wait(Duration::from_secs(10)).build();
    let client = client.map_err(|_| {
        ApiError::invalid_field(
            field,
            ErrorReason::ClientIdMalformed,
            "This is not a Client ID. Copy it again.",
        )
    })?;
    Ok(ApplicationClient { client, file })
}

/// The error for a failure whose text contains advice.
fn rejected(field: &'static str, failure: Failure) -> ApiError {
    let reason = match field {
        "client_id" => ErrorReason::ClientIdRefused,
        _ => ErrorReason::ConfigUnusable { detail: failure.to_string() },
    };
    ApiError::invalid_field(field, reason, failure.to_string())
}

/// The error for a failed request to Trakt.
async fn failed(client: &Client, error: trakt::Error) -> ApiError {
    match error {
        trakt::Error::ApplicationNotAllowed { status } => {
            rejected("client_id", grants::wrong_key(client, status).await)
        }
        error => ApiError::unavailable(ErrorCode::TraktUnavailable, "Trakt cannot be reached right now.")
            .action("Nothing was changed. Try again later.")
            .caused_by(error),
    }
}

/// Writes the new token pair into the file, or returns the block to paste if there is no file.
async fn granted(opened: &ApplicationClient, token: Token) -> ApiResult<KometaGrant> {
    let done = KometaGrant {
        state: KometaGrantState::Granted,
        block: None,
        written_to: None,
        message: None,
        because: None,
    };
    let Some(store) = &opened.file else {
        let application = opened.client.application();
        let secret = application.client_secret.as_ref().map(|secret| secret.expose_secret());
        let block = edit::block(&application.client_id, secret, &authorization(&token));
        return Ok(KometaGrant { block: Some(block), ..done });
    };
    let kept = opened.client.connect(token).await;
    kept.map_err(|error| rejected("config_id", grants::reason(error)))?;
    let (path, write_error) = (store.path().display().to_string(), store.write_error());
    let message = write_error.as_deref().map(|why| outdated_message(store.path(), why));
    let because = write_error.map(|detail| CredentialReason::Behind { path: path.clone(), detail });
    Ok(KometaGrant { written_to: Some(path), message, because, ..done })
}

/// Returns the URL at which the user authorizes an application. Nothing is stored.
#[utoipa::path(
    post,
    path = "/api/kometa/authorization",
    tag = "collections",
    request_body = KometaApplication,
    responses(
        (status = 200, description = "The URL.", body = KometaAuthorization),
        AdminErrors, NotFoundError, InvalidError
    )
)]
async fn start_kometa_authorization(
    State(app): State<App>,
    Admin(_caller): Admin,
    Json(body): Json<KometaApplication>,
) -> ApiResult<Json<KometaAuthorization>> {
    let opened = open(&app, &body).await?;
    Ok(Json(KometaAuthorization { url: opened.client.auth().authorize_url(OUT_OF_BAND, None).to_string() }))
}

/// Exchanges a PIN for a token pair, and returns the finished block or writes the pair into the registered file.
#[utoipa::path(
    post,
    path = "/api/kometa/authorization/pin",
    tag = "collections",
    request_body = KometaPin,
    responses(
        (status = 200, description = "The result.", body = KometaGrant),
        AdminErrors, NotFoundError, InvalidError, UnavailableError
    )
)]
async fn exchange_kometa_pin(
    State(app): State<App>,
    Admin(_caller): Admin,
    Json(body): Json<KometaPin>,
) -> ApiResult<Json<KometaGrant>> {
    let opened = open(&app, &body.application).await?;
    if let Some(store) = &opened.file {
        // An unwritable file must be noticed before the PIN, which can be used only once, is exchanged.
        store.probe().await.map_err(|error| rejected("config_id", error))?;
    }
    let pin = body.pin.expose_secret().trim();
    let token = grants::exchange(&opened.client, pin, "The PIN").await;
    let token = token.map_err(|failure| rejected("pin", failure))?;
    Ok(Json(granted(&opened, token).await?))
}

/// Requests a code to enter on Trakt's activation page. Nothing is stored.
#[utoipa::path(
    post,
    path = "/api/kometa/authorization/device",
    tag = "collections",
    request_body = KometaApplication,
    responses(
        (status = 200, description = "The code.", body = KometaDevice),
        AdminErrors, NotFoundError, InvalidError, UnavailableError
    )
)]
async fn start_kometa_device(
    State(app): State<App>,
    Admin(_caller): Admin,
    Json(body): Json<KometaApplication>,
) -> ApiResult<Json<KometaDevice>> {
    let opened = open(&app, &body).await?;
    let flow = match opened.client.auth().device().await {
        Ok(flow) => flow,
        Err(error) => return Err(failed(&opened.client, error).await),
    };
    let code = flow.code();
    let seconds = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    Ok(Json(KometaDevice {
        device_code: code.device_code.expose_secret().to_owned(),
        user_code: code.user_code.clone(),
        verification_url: code.verification_url.clone(),
        expires_in: seconds(code.expires_in),
        interval: seconds(code.interval),
    }))
}

/// Checks whether a code was entered; if so, returns the finished block or writes the pair into the registered
/// file.
#[utoipa::path(
    post,
    path = "/api/kometa/authorization/device/poll",
    tag = "collections",
    request_body = KometaDevicePoll,
    responses(
        (status = 200, description = "The result.", body = KometaGrant),
        AdminErrors, NotFoundError, InvalidError, UnavailableError
    )
)]
async fn poll_kometa_device(
    State(app): State<App>,
    Admin(_caller): Admin,
    Json(body): Json<KometaDevicePoll>,
) -> ApiResult<Json<KometaGrant>> {
    let opened = open(&app, &body.application).await?;
    if let Some(store) = &opened.file {
        store.probe().await.map_err(|error| rejected("config_id", error))?;
    }
    let code = DeviceCode {
        device_code: body.device_code,
        user_code: String::new(),
        verification_url: String::new(),
        expires_in: Duration::ZERO,
        interval: Duration::ZERO,
    };
    let waiting = |state| KometaGrant { state, block: None, written_to: None, message: None, because: None };
    let ended = |reason, message: &str| Err(ApiError::invalid_field("device_code", reason, message));
    match opened.client.auth().poll_device(&code).await {
        Ok(DevicePoll::Approved(token)) => Ok(Json(granted(&opened, token).await?)),
        Ok(DevicePoll::Pending) => Ok(Json(waiting(KometaGrantState::Pending))),
        Ok(DevicePoll::SlowDown) => Ok(Json(waiting(KometaGrantState::SlowDown))),
        Ok(DevicePoll::Denied) => {
            ended(ErrorReason::GrantDeclined, "The authorization was declined on Trakt.")
        }
        Ok(DevicePoll::Expired) => ended(ErrorReason::GrantExpired, "The code has expired. Get a new one."),
        Ok(DevicePoll::AlreadyUsed | DevicePoll::Unknown) => {
            ended(ErrorReason::GrantUsed, "The code was already used. Get a new one.")
        }
        Err(error) => Err(failed(&opened.client, error).await),
    }
}
