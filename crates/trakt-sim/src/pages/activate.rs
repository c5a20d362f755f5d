//! `/activate`: the page of the device flow.

use super::layout::{DECISION, ONE_APPLICATION, escape, page, people};
use crate::control::decide_device;
use crate::message::{Reply, Request};
use crate::state::{Consent, DeviceCode, Store};

/// Asks for the code; `?code=` skips this.
pub(super) fn ask(store: &Store, request: &Request) -> Reply {
    match request.query("code") {
        Some(code) => confirm(store, code),
        None => form(200, ""),
    }
}

fn form(status: u16, alert: &str) -> Reply {
    let body = format!(
        "{alert}<p>Enter the code that your device shows.</p><form method=\"post\" action=\"/activate\">\
         <label for=\"code\">Code</label><input id=\"code\" name=\"code\" autocomplete=\"off\" autocapitalize=\"characters\" \
         maxlength=\"8\" required autofocus><button class=\"primary\">Continue</button></form>"
    );
    page(status, "Activate your device", &body)
}

/// Redirects from the entered code to its confirmation.
pub(super) fn find(store: &Store, request: &Request) -> Reply {
    let code = request.field("code").to_uppercase();
    match waiting(store, &code) {
        Some(_) => Reply::redirect(&format!("/activate/{code}")),
        None => unknown(),
    }
}

fn waiting<'a>(store: &'a Store, code: &str) -> Option<&'a DeviceCode> {
    let now = store.now();
    store.access.devices.iter().find(|device| {
        device.user_code.eq_ignore_ascii_case(code)
            && device.decision == Consent::Pending
            && device.expires_at > now
    })
}

fn unknown() -> Reply {
    form(404, "<p role=\"alert\">This code is not known, or it has expired.</p>")
}

/// Asks whether the application may connect.
pub(super) fn confirm(store: &Store, code: &str) -> Reply {
    let Some(device) = waiting(store, code) else { return unknown() };
    let application = store.access.application(&device.client_id);
    let name = escape(application.map_or("An application", |application| application.name.as_str()));
    let code = escape(&device.user_code);
    let body = format!(
        "<p><strong>{name}</strong> would like to use your account.</p><p class=\"code\">{code}</p>\
         <form method=\"post\" action=\"/activate/{code}\">{}{DECISION}</form>",
        people(store)
    );
    page(200, "Connect an application", &body)
}

pub(super) fn decide(store: &mut Store, request: &Request, code: &str) -> Reply {
    let Some(client_id) = waiting(store, code).map(|device| device.client_id.clone()) else {
        return unknown();
    };
    let username = request.field("user");
    if request.field("decision") != "approve" {
        decide_device(store, code, Consent::Denied);
        return page(
            200,
            "Denied",
            "<p role=\"status\">The application was not connected. You can close this page.</p>",
        );
    }
    if store.user(&username).is_none() {
        return page(404, "Not found", "<p role=\"alert\">There is no such person.</p>");
    }
    if store.refuses_connection(&username, &client_id) {
        return page(426, "VIP needed", ONE_APPLICATION);
    }
    decide_device(store, code, Consent::Approved { username });
    page(200, "Connected", "<p role=\"status\">Your device is connected. You can close this page.</p>")
}
