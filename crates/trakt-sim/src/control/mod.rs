//! The control API: what tests and demos do that Trakt does not offer. `SimHandle` and `/_sim/` share these functions.

pub(crate) mod http;

use serde_json::Value;

use crate::http::respond_as;
use crate::item::Item;
use crate::message::{Reply, Request};
use crate::state::{Consent, World};

/// Approves or denies the device code that a person would type on `/activate`. False when no such code waits.
pub(crate) fn decide_device(world: &mut World, user_code: &str, decision: Consent) -> bool {
    let now = world.now();
    let waiting = world.access.devices.iter_mut().find(|device| {
        device.user_code.eq_ignore_ascii_case(user_code)
            && device.decision == Consent::Pending
            && device.expires_at > now
    });
    waiting.map(|device| device.decision = decision).is_some()
}

/// User codes that wait for a decision, the newest last.
pub(crate) fn waiting_codes(world: &World) -> Vec<String> {
    let now = world.now();
    let waiting = world
        .access
        .devices
        .iter()
        .filter(|device| device.decision == Consent::Pending && device.expires_at > now);
    waiting.map(|device| device.user_code.clone()).collect()
}

/// Answers an API call as another device of this person would get it: without token, limits, faults and record.
pub(crate) fn act(world: &mut World, username: &str, method: &str, uri: &str, body: Option<&Value>) -> Reply {
    match Request::internal(method, uri, body) {
        Some(request) => respond_as(world, &request, username),
        None => Reply::empty(400),
    }
}

/// Says that Trakt changed a movie or a show now: its `updated_at` and the updates feeds follow. False when unknown.
pub(crate) fn edit_title(world: &mut World, kind: &str, id: u64) -> bool {
    let known = match kind {
        "movies" => world.catalogue.movie(id).map(|_| Item::Movie(id)),
        "shows" => world.catalogue.show(id).map(|_| Item::Show(id)),
        _ => None,
    };
    let now = world.now();
    known.map(|item| world.edited.insert(item, now)).is_some()
}

/// Ends all connections of a person; false when there is no such person.
pub(crate) fn revoke_tokens(world: &mut World, username: &str) -> bool {
    let Some(username) = world.user(username).map(|user| user.username.clone()) else { return false };
    world.access.tokens.retain(|_, token| token.username != username);
    true
}
