//! Signing in and out, and initial setup.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum_extra::extract::CookieJar;
use db::ids::UserId;
use db::rows;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::views;
use crate::accounts::{Attempt, Caller, NewAccount};
use crate::app::App;
use crate::http::client::ClientAddress;
use crate::http::cookies;
use crate::http::errors::ApiResult;
use crate::http::extract::Json;
use crate::http::handler::routes;
use crate::http::responses::{ConflictError, InvalidError, PublicErrors, TooManyError};
use api_types::user::{ServerInfo, Session};

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_session, sign_in, sign_out)).routes(routes!(create_administrator))
}

/// Request to create the first administrator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// User name for signing in.
    pub username: String,
    /// Password, at least 8 characters.
    #[schema(value_type = String)]
    pub password: SecretString,
    /// Display name; defaults to the user name.
    pub display_name: Option<String>,
}

/// Credentials for signing in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// User name for signing in.
    pub username: String,
    /// Password.
    #[schema(value_type = String)]
    pub password: SecretString,
}

/// Returns the current session. The demo signs in visitors as the demo user.
#[utoipa::path(
    get,
    path = "/api/session",
    tag = "session",
    responses((status = 200, description = "The session.", body = Session), PublicErrors)
)]
async fn get_session(
    State(app): State<App>,
    caller: Option<Extension<Caller>>,
    headers: HeaderMap,
) -> ApiResult<(CookieJar, Json<Session>)> {
    let (cookies, session) = current(&app, caller.map(|Extension(caller)| caller), &headers).await?;
    Ok((cookies, Json(session)))
}

/// The current session, and the cookies to set.
pub(crate) async fn current(
    app: &App,
    caller: Option<Caller>,
    headers: &HeaderMap,
) -> ApiResult<(CookieJar, Session)> {
    let secret = cookies::session(headers);
    match (caller, secret, &app.config().demo_user) {
        (Some(caller), Some(secret), _) => {
            let user = app.accounts().user(caller.user_id).await?;
            // The cookie is renewed on every visit, so that it does not expire while it is used.
            Ok((remembered(app, &secret, caller.user_id, headers), signed_in(app, user).await?))
        }
        (Some(caller), None, _) => {
            let user = app.accounts().user(caller.user_id).await?;
            Ok((CookieJar::new(), signed_in(app, user).await?))
        }
        (None, _, Some(demo_user)) if !cookies::signed_out(headers) => {
            let user = app.accounts().user_named(demo_user).await?;
            let secret = app.accounts().open_session(user.id, user_agent(headers)).await?;
            Ok((cookies::sign_in(&secret, headers), signed_in(app, user).await?))
        }
        (None, ..) => Ok((CookieJar::new(), signed_out(app).await?)),
    }
}

/// Creates the first administrator of a new server and signs them in.
#[utoipa::path(
    post,
    path = "/api/setup",
    tag = "session",
    request_body = Setup,
    responses((status = 201, description = "The new session. The response sets its cookie.", body = Session), PublicErrors, ConflictError, InvalidError)
)]
async fn create_administrator(
    State(app): State<App>,
    headers: HeaderMap,
    Json(body): Json<Setup>,
) -> ApiResult<(StatusCode, CookieJar, Json<Session>)> {
    let account = NewAccount {
        username: body.username,
        password: body.password,
        display_name: body.display_name,
        is_admin: true,
    };
    let user = app.accounts().create_administrator(account).await?;
    let secret = app.accounts().open_session(user.id, user_agent(&headers)).await?;
    let jar = remembered(&app, &secret, user.id, &headers);
    Ok((StatusCode::CREATED, jar, Json(signed_in(&app, user).await?)))
}

/// Signs in with user name and password.
#[utoipa::path(
    post,
    path = "/api/session",
    tag = "session",
    request_body = Credentials,
    responses((status = 201, description = "The new session. The response sets its cookie.", body = Session), PublicErrors, InvalidError, TooManyError)
)]
async fn sign_in(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Json(body): Json<Credentials>,
) -> ApiResult<(StatusCode, CookieJar, Json<Session>)> {
    let attempt = Attempt {
        username: &body.username,
        password: body.password,
        address,
        device: cookies::device(&headers),
        user_agent: user_agent(&headers),
    };
    let browser = app.accounts().sign_in(attempt).await?;
    let jar =
        cookies::remember_device(cookies::sign_in(&browser.session, &headers), &browser.device, &headers);
    Ok((StatusCode::CREATED, jar, Json(signed_in(&app, browser.user).await?)))
}

/// Signs out. Succeeds even when not signed in.
#[utoipa::path(
    delete,
    path = "/api/session",
    tag = "session",
    responses((status = 200, description = "The session without a user.", body = Session), PublicErrors)
)]
async fn sign_out(
    State(app): State<App>,
    caller: Option<Extension<Caller>>,
    headers: HeaderMap,
) -> ApiResult<(CookieJar, Json<Session>)> {
    if let Some(Extension(caller)) = caller {
        app.accounts().sign_out(caller).await?;
    }
    Ok((cookies::sign_out(&headers), Json(signed_out(&app).await?)))
}

/// Cookies that keep the browser signed in, with a device cookie if the browser has none.
fn remembered(app: &App, session: &SecretString, user_id: UserId, headers: &HeaderMap) -> CookieJar {
    let jar = cookies::sign_in(session, headers);
    match cookies::device(headers) {
        Some(_) => jar,
        None => cookies::remember_device(jar, &app.accounts().device_cookie(user_id), headers),
    }
}

async fn signed_in(app: &App, user: rows::User) -> ApiResult<Session> {
    // Read before the user, so that data read from here on includes the effects of all updates before the cursor.
    let live_cursor = Some(app.updates().cursor().to_string());
    let user = views::user(app, user).await?;
    Ok(Session { setup_required: false, user: Some(user), server: server_info(app), live_cursor })
}

async fn signed_out(app: &App) -> ApiResult<Session> {
    let setup_required = app.accounts().setup_required().await?;
    Ok(Session { setup_required, user: None, server: server_info(app), live_cursor: None })
}

fn server_info(app: &App) -> ServerInfo {
    ServerInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: app.config().demo_user.is_some(),
        name: app.config().server_name.clone(),
    }
}

fn user_agent(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::USER_AGENT)?.to_str().ok()
}
