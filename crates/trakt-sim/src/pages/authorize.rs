//! `/oauth/authorize`: approve in the browser, and get a PIN or be redirected back with a code.

use chrono::Duration;
use url::form_urlencoded::byte_serialize;

use super::layout::{DECISION, ONE_APPLICATION, escape, page, people};
use crate::codes;
use crate::message::{Reply, Request};
use crate::redirect::{OUT_OF_BAND, is_redirect_uri};
use crate::state::{Application, ApplicationStatus, AuthorizationCode, Store};

fn allowed<'a>(store: &'a Store, client_id: &str, redirect_uri: &str) -> Result<&'a Application, Reply> {
    if !is_redirect_uri(redirect_uri) {
        let text = "<p role=\"alert\">The redirect address is malformed.</p>";
        return Err(page(400, "Not possible", text));
    }
    let application = store.access.application(client_id);
    let application = application.filter(|application| application.status != ApplicationStatus::Disallowed);
    let refuse = |text| page(403, "Not possible", &format!("<p role=\"alert\">{text}</p>"));
    let Some(application) = application else {
        return Err(refuse("This application is not known, or it is no longer allowed."));
    };
    let known =
        redirect_uri == OUT_OF_BAND || application.redirect_uris.iter().any(|known| known == redirect_uri);
    if known {
        Ok(application)
    } else {
        Err(refuse("The redirect address is not one of this application's."))
    }
}

pub(super) fn ask(store: &Store, request: &Request) -> Reply {
    let parameter = |name| request.query(name).unwrap_or_default();
    if parameter("response_type") != "code" {
        return page(400, "Not possible", "<p role=\"alert\">response_type must be code.</p>");
    }
    let application = match allowed(store, parameter("client_id"), parameter("redirect_uri")) {
        Ok(application) => application,
        Err(refused) => return refused,
    };
    let hidden: String = ["client_id", "redirect_uri", "state"]
        .map(|name| format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(parameter(name))))
        .concat();
    let body = format!(
        "<p><strong>{}</strong> would like to use your account.</p>\
         <form method=\"post\" action=\"/oauth/authorize\">{hidden}{}{DECISION}</form>",
        escape(&application.name),
        people(store)
    );
    page(200, "Connect an application", &body)
}

pub(super) fn decide(store: &mut Store, request: &Request) -> Reply {
    let (client_id, redirect_uri) = (request.field("client_id"), request.field("redirect_uri"));
    if let Err(refused) = allowed(store, &client_id, &redirect_uri) {
        return refused;
    }
    let (username, state) = (request.field("user"), request.field("state"));
    if request.field("decision") != "approve" {
        return finish(&redirect_uri, &state, "error", "access_denied");
    }
    if store.user(&username).is_none() {
        return page(404, "Not found", "<p role=\"alert\">There is no such person.</p>");
    }
    if store.refuses_connection(&username, &client_id) {
        return page(426, "VIP needed", ONE_APPLICATION);
    }
    let pin = redirect_uri == OUT_OF_BAND;
    let code = codes::hex(&mut store.random, if pin { 8 } else { 64 });
    let expires_at = store.now() + Duration::seconds(store.config.pin_seconds);
    let redirect = redirect_uri.clone();
    store.access.codes.push(AuthorizationCode {
        code: code.clone(),
        client_id,
        redirect_uri,
        username,
        expires_at,
    });
    if pin {
        Reply::redirect(&format!("/oauth/authorize/{code}"))
    } else {
        finish(&redirect, &state, "code", &code)
    }
}

/// Redirects the browser to the application, or shows the result if there is no redirect URI.
fn finish(redirect_uri: &str, state: &str, name: &str, value: &str) -> Reply {
    if redirect_uri == OUT_OF_BAND {
        return page(
            200,
            "Denied",
            "<p role=\"status\">The application was not connected. You can close this page.</p>",
        );
    }
    let joint = if redirect_uri.contains('?') { '&' } else { '?' };
    let state: String = match state {
        "" => String::new(),
        state => format!("&state={}", byte_serialize(state.as_bytes()).collect::<String>()),
    };
    Reply::redirect(&format!("{redirect_uri}{joint}{name}={value}{state}"))
}

pub(super) fn show_pin(code: &str) -> Reply {
    let body = format!(
        "<p>Type this PIN into the application. It is good for about ten minutes.</p>\
         <p class=\"code\" id=\"pin\">{}</p>",
        escape(code)
    );
    page(200, "Your PIN", &body)
}
