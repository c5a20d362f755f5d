//! The control API: what tests and demos do that Trakt does not offer. `SimHandle` and `/_sim/` share these functions.

pub(crate) mod http;

use serde_json::Value;

use crate::http::respond_as;
use crate::item::Item;
use crate::message::{Reply, Request};
use crate::state::{Consent, Store};

/// Approves or denies the device code that a person would type on `/activate`. False when no such code waits.
pub(crate) fn decide_device(store: &mut Store, user_code: &str, decision: Consent) -> bool {
    let now = store.now();
    let waiting = store.access.devices.iter_mut().find(|device| {
        device.user_code.eq_ignore_ascii_case(user_code)
            && device.decision == Consent::Pending
            && device.expires_at > now
    });
    waiting.map(|device| device.decision = decision).is_some()
}

/// User codes that wait for a decision, the newest last.
pub(crate) fn waiting_codes(store: &Store) -> Vec<String> {
    let now = store.now();
    let waiting = store
        .access
        .devices
        .iter()
        .filter(|device| device.decision == Consent::Pending && device.expires_at > now);
    waiting.map(|device| device.user_code.clone()).collect()
}

/// Answers an API call as another device of this person would get it: without token, limits, faults and record.
pub(crate) fn act(store: &mut Store, username: &str, method: &str, uri: &str, body: Option<&Value>) -> Reply {
    match Request::internal(method, uri, body) {
        Some(request) => respond_as(store, &request, username),
        None => Reply::empty(400),
    }
}

/// Says that Trakt changed a movie or a show now: its `updated_at` and the updates feeds follow. False when unknown.
pub(crate) fn edit_title(store: &mut Store, kind: &str, id: u64) -> bool {
    let known = match kind {
        "movies" => store.catalogue.movie(id).map(|_| Item::Movie(id)),
        "shows" => store.catalogue.show(id).map(|_| Item::Show(id)),
        _ => None,
    };
    let now = store.now();
    known.map(|item| store.edited.insert(item, now)).is_some()
}

/// Ends all connections of a person; false when there is no such person.
pub(crate) fn revoke_tokens(store: &mut Store, username: &str) -> bool {
    let Some(username) = store.user(username).map(|user| user.username.clone()) else { return false };
    store.access.tokens.retain(|_, token| token.username != username);
    true
}
