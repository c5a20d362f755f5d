//! The control API: functions for tests and demos that Trakt does not offer. `SimHandle` and `/_sim/` share them.

pub(crate) mod http;

use serde_json::Value;

use crate::http::respond_as;
use crate::item::Item;
use crate::message::{Reply, Request};
use crate::state::{Consent, Store};

/// Approves or denies a device code, as a user does on `/activate`. Returns `false` if no such code is waiting.
pub(crate) fn decide_device(store: &mut Store, user_code: &str, decision: Consent) -> bool {
    let now = store.now();
    let waiting = store.access.devices.iter_mut().find(|device| {
        device.user_code.eq_ignore_ascii_case(user_code)
            && device.decision == Consent::Pending
            && device.expires_at > now
    });
    waiting.map(|device| device.decision = decision).is_some()
}

/// Returns the user codes that await a decision, newest last.
pub(crate) fn waiting_codes(store: &Store) -> Vec<String> {
    let now = store.now();
    let waiting = store
        .access
        .devices
        .iter()
        .filter(|device| device.decision == Consent::Pending && device.expires_at > now);
    waiting.map(|device| device.user_code.clone()).collect()
}

/// Responds to an API call as if from another of the user's devices: without token, limits, faults and record.
pub(crate) fn act(store: &mut Store, username: &str, method: &str, uri: &str, body: Option<&Value>) -> Reply {
    match Request::internal(method, uri, body) {
        Some(request) => respond_as(store, &request, username),
        None => Reply::empty(400),
    }
}

/// Simulates an edit of a movie or a show on Trakt: updates its `updated_at` and the updates feeds. Returns `false` if
/// it is unknown.
pub(crate) fn edit_title(store: &mut Store, kind: &str, id: u64) -> bool {
    let known = match kind {
        "movies" => store.catalogue.movie(id).map(|_| Item::Movie(id)),
        "shows" => store.catalogue.show(id).map(|_| Item::Show(id)),
        _ => None,
    };
    let now = store.now();
    known.map(|item| store.edited.insert(item, now)).is_some()
}

/// Ends all connections of a user; returns `false` if there is no such user.
pub(crate) fn revoke_tokens(store: &mut Store, username: &str) -> bool {
    let Some(username) = store.user(username).map(|user| user.username.clone()) else { return false };
    store.access.tokens.retain(|_, token| token.username != username);
    true
}
