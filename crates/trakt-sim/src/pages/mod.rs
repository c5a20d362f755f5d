//! Pages for people: type a code, approve an application, look at a profile.

mod activate;
mod authorize;
mod layout;
mod profile;

use crate::message::{Reply, Request};
use crate::state::World;

/// Answers a page. Whoever opens one counts as signed in; the forms ask as whom.
pub(crate) fn answer(world: &mut World, request: &Request) -> Reply {
    match (request.method.as_str(), request.segments().as_slice()) {
        ("GET", []) => profile::index(world),
        ("GET", ["profile", name]) => profile::page(world, name),
        ("GET", ["activate"]) => activate::ask(world, request),
        ("GET", ["activate", code]) => activate::confirm(world, code),
        ("POST", ["activate"]) => activate::find(world, request),
        ("POST", ["activate", code]) => activate::decide(world, request, code),
        ("GET", ["oauth", "authorize"]) => authorize::ask(world, request),
        ("POST", ["oauth", "authorize"]) => authorize::decide(world, request),
        ("GET", ["oauth", "authorize", code]) => authorize::show_pin(code),
        _ => layout::page(404, "Not found", "<p>There is no such page.</p>"),
    }
}
