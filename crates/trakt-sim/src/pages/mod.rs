//! Pages for people: type a code, approve an application, look at a profile.

mod activate;
mod authorize;
mod layout;
mod profile;

use crate::http::{Reply, Request};
use crate::server::Shared;
use crate::state::World;

/// Answers a page. Whoever opens one counts as signed in; the forms ask as whom.
pub(crate) fn answer(shared: &Shared, request: &Request) -> Reply {
    let mut world = shared.world();
    match (request.method.as_str(), request.segments().as_slice()) {
        ("GET", []) => profile::index(&world),
        ("GET", ["profile", name]) => profile::page(&world, name),
        ("GET", ["activate"]) => activate::ask(&world, request),
        ("GET", ["activate", code]) => activate::confirm(&world, code),
        ("POST", ["activate"]) => activate::find(&world, request),
        ("POST", ["activate", code]) => activate::decide(&mut world, request, code),
        ("GET", ["oauth", "authorize"]) => authorize::ask(&world, request),
        ("POST", ["oauth", "authorize"]) => authorize::decide(&mut world, request),
        ("GET", ["oauth", "authorize", code]) => authorize::show_pin(code),
        _ => layout::page(404, "Not found", "<p>There is no such page.</p>"),
    }
}

/// A field of a form.
fn field(request: &Request, name: &str) -> String {
    let field = request.form().into_iter().find(|(key, _)| key == name);
    field.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

/// Why a person may not approve an application: a free account may connect one community application (July 2026).
fn refused_connection(world: &World, username: &str, client_id: &str) -> bool {
    let free = world.user(username).is_some_and(|user| !user.vip);
    free && world.access.has_other_application(username, client_id)
}
