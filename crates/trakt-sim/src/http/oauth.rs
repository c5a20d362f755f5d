//! `/oauth/*`: device flow, PIN and authorization code, refresh, revoke. `/oauth/authorize` is a page (see `pages`).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::Duration;
use hyper::Method;
use serde_json::{Map, Value, json};

use super::context::{Answer, Context};
use super::refusal::Refusal;
use crate::codes;
use crate::message::{Reply, Request};
use crate::redirect::is_redirect_uri;
use crate::state::{Application, ApplicationStatus, Consent, DeviceCode, Token};

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    if context.request.method != Method::POST {
        return Err(Refusal::MethodNotAllowed);
    }
    let fields = fields(context)?;
    match path {
        ["device", "code"] => device_code(context, &fields),
        ["device", "token"] => device_token(context, &fields),
        ["token"] => token(context, &fields),
        ["revoke"] => {
            context.store.access.revoke(fields.text("token"));
            Ok(Reply::json(200, &json!({})))
        }
        _ => Err(Refusal::NotFound),
    }
}

/// The fields of a body, sent as JSON or as a form.
struct Fields(Value);

impl Fields {
    fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Parses JSON, as documented, or a form, as sent by OAuth libraries. HTTP Basic can replace `client_id` and
/// `client_secret`.
fn fields(context: &Context<'_>) -> Result<Fields, Refusal> {
    let mut fields = body_fields(context)?;
    if let Some((id, secret)) = basic_credentials(context.request) {
        for (name, value) in [("client_id", id), ("client_secret", secret)] {
            // OAuth libraries send empty fields along with the header.
            if fields.get(name).is_none_or(|field| matches!(field.as_str(), Some("")) || field.is_null()) {
                fields.insert(name.to_owned(), Value::String(value));
            }
        }
    }
    Ok(Fields(Value::Object(fields)))
}

fn body_fields(context: &Context<'_>) -> Result<Map<String, Value>, Refusal> {
    if let Ok(Value::Object(body)) = serde_json::from_slice(&context.request.body) {
        return Ok(body);
    }
    let form = context.request.form();
    if form.iter().all(|(_, value)| value.is_empty()) {
        let description = "The request body is neither JSON nor a form.";
        return Err(Refusal::OAuth { error: "invalid_request", description });
    }
    Ok(form.into_iter().map(|(key, value)| (key, Value::String(value))).collect())
}

/// Returns client ID and secret from `Authorization: Basic`; the scheme is case-insensitive (RFC 9110, section 11.1).
fn basic_credentials(request: &Request) -> Option<(String, String)> {
    let (scheme, encoded) = request.header("authorization")?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

fn invalid_client() -> Reply {
    let body = json!({"error": "invalid_client",
        "error_description": "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method."});
    Reply::json(401, &body)
}

fn invalid_grant() -> Refusal {
    Refusal::OAuth {
        error: "invalid_grant",
        description: "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.",
    }
}

const MALFORMED_REDIRECT: &str = "The redirect uri included is not valid.";

/// Returns the response to a stale refresh token: only the status and `error` are correct (trakt-api issue 471).
fn misleading_grant() -> Refusal {
    Refusal::OAuth { error: "invalid_grant", description: MALFORMED_REDIRECT }
}

/// Returns the calling application, if its secret is correct and Trakt allows it.
fn client<'a>(context: &'a Context<'_>, fields: &Fields) -> Option<&'a Application> {
    context
        .store
        .access
        .application(fields.text("client_id"))
        .filter(|application| {
            application.client_secret.as_ref().is_none_or(|secret| secret == fields.text("client_secret"))
        })
        .filter(|application| application.status != ApplicationStatus::Disallowed)
}

fn device_code(context: &mut Context<'_>, fields: &Fields) -> Answer {
    let client_id = fields.text("client_id");
    let known = context.store.access.application(client_id);
    if known.is_none_or(|application| application.status == ApplicationStatus::Disallowed) {
        return Err(Refusal::ApplicationNotAllowed);
    }
    let (now, life) = (context.now, context.store.config.device_code_seconds);
    let code = DeviceCode {
        device_code: codes::hex(&mut context.store.random, 64),
        user_code: codes::readable(&mut context.store.random, 8),
        client_id: client_id.to_owned(),
        expires_at: now + Duration::seconds(life),
        polled_at: None,
        decision: Consent::Pending,
    };
    let body = json!({
        "device_code": code.device_code,
        "user_code": code.user_code,
        "verification_url": format!("{}/activate", context.store.auth_url),
        "expires_in": life,
        "interval": context.store.config.device_interval_seconds,
    });
    context.store.access.devices.push(code);
    Ok(Reply::json(200, &body))
}

fn device_token(context: &mut Context<'_>, fields: &Fields) -> Answer {
    if client(context, fields).is_none() {
        return Ok(invalid_client());
    }
    let (now, config) = (context.now, context.store.config.clone());
    let (code, client_id) = (fields.text("code"), fields.text("client_id"));
    let devices = &mut context.store.access.devices;
    let device =
        devices.iter_mut().find(|device| device.device_code == code && device.client_id == client_id);
    let Some(device) = device else { return Ok(Reply::empty(404)) };
    if device.decision == Consent::Used {
        return Ok(Reply::empty(409));
    }
    if now >= device.expires_at {
        return Ok(Reply::empty(410));
    }
    let too_soon =
        device.polled_at.is_some_and(|at| now - at < Duration::seconds(config.device_interval_seconds));
    device.polled_at = Some(now);
    if too_soon && config.enforce_pace {
        return Ok(Reply::empty(429));
    }
    match device.decision.clone() {
        Consent::Approved { username } => {
            device.decision = Consent::Used;
            Ok(pair(&context.store.issue_token(&username, client_id)))
        }
        Consent::Pending => Ok(Reply::empty(400)),
        Consent::Denied => Ok(Reply::empty(418)),
        Consent::Used => Ok(Reply::empty(409)),
    }
}

fn token(context: &mut Context<'_>, fields: &Fields) -> Answer {
    if fields.0.get("redirect_uri").is_some() && !is_redirect_uri(fields.text("redirect_uri")) {
        return Err(Refusal::OAuth { error: "invalid_redirect_uri", description: MALFORMED_REDIRECT });
    }
    let Some(application) = client(context, fields) else { return Ok(invalid_client()) };
    let client_id = application.client_id.clone();
    let username = match fields.text("grant_type") {
        "authorization_code" => redeem_code(context, fields, &client_id)?,
        "refresh_token" => {
            let refresh_token = fields.text("refresh_token");
            let stale = context.store.access.spent.contains(refresh_token);
            let pair = context.store.access.redeem(refresh_token, &client_id);
            pair.ok_or_else(|| if stale { misleading_grant() } else { invalid_grant() })?.username
        }
        _ => {
            return Err(Refusal::OAuth {
                error: "unsupported_grant_type",
                description: "The authorization grant type is not supported by the authorization server.",
            });
        }
    };
    Ok(pair(&context.store.issue_token(&username, &client_id)))
}

/// Redeems a code, which works once, for its application, its redirect URI and a few minutes.
fn redeem_code(context: &mut Context<'_>, fields: &Fields, client_id: &str) -> Result<String, Refusal> {
    let now = context.now;
    let codes = &mut context.store.access.codes;
    let at = codes
        .iter()
        .position(|code| code.code.eq_ignore_ascii_case(fields.text("code")) && code.client_id == client_id)
        .ok_or_else(invalid_grant)?;
    let code = codes.remove(at);
    let fits = code.expires_at > now && code.redirect_uri == fields.text("redirect_uri");
    if fits { Ok(code.username) } else { Err(invalid_grant()) }
}

fn pair(token: &Token) -> Reply {
    Reply::json(
        200,
        &json!({
            "access_token": token.access,
            "token_type": "bearer",
            "expires_in": (token.expires_at - token.created_at).num_seconds(),
            "refresh_token": token.refresh,
            "scope": "public",
            "created_at": token.created_at.timestamp(),
        }),
    )
    .header("Cache-Control", "no-store")
}
