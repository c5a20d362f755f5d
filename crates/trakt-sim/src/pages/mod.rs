//! Pages for users: enter a code, approve an application, view a profile.

mod activate;
mod authorize;
mod layout;
mod profile;

use crate::message::{Reply, Request};
use crate::state::Store;

/// Responds with a page. Anyone who opens one counts as signed in; the forms ask for the user.
pub(crate) fn answer(store: &mut Store, request: &Request) -> Reply {
    match (request.method.as_str(), request.segments().as_slice()) {
        ("GET", []) => profile::index(store),
        ("GET", ["profile", name]) => profile::page(store, name),
        ("GET", ["activate"]) => activate::ask(store, request),
        ("GET", ["activate", code]) => activate::confirm(store, code),
        ("POST", ["activate"]) => activate::find(store, request),
        ("POST", ["activate", code]) => activate::decide(store, request, code),
        ("GET", ["oauth", "authorize"]) => authorize::ask(store, request),
        ("POST", ["oauth", "authorize"]) => authorize::decide(store, request),
        ("GET", ["oauth", "authorize", code]) => authorize::show_pin(code),
        _ => layout::page(404, "Not found", "<p>There is no such page.</p>"),
    }
}
