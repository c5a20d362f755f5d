//! `/_sim/`: the control API for scripts. `SimHandle` offers the same in Rust.

use hyper::Method;
use serde_json::json;

use crate::faults::Fault;
use crate::message::{Reply, Request};
use crate::requests::{Counts, RequestLog};
use crate::state::Store;

pub(crate) fn answer(store: &mut Store, log: &mut RequestLog, request: &Request) -> Reply {
    let segments = request.segments();
    match (&request.method, &segments[1..]) {
        (&Method::GET, ["requests"]) => Reply::json(200, &json!(log.list())),
        (&Method::DELETE, ["requests"]) => {
            log.clear();
            Reply::empty(204)
        }
        (&Method::GET, ["counts"]) => Reply::json(200, &json!(Counts::of(log.list()))),
        (&Method::GET, ["state"]) => Reply::json(200, &state(store)),
        (&Method::GET, ["faults"]) => Reply::json(200, &json!(store.faults.list())),
        (&Method::POST, ["faults"]) => match serde_json::from_slice::<Fault>(&request.body) {
            Ok(fault) => {
                store.faults.add(fault);
                Reply::empty(204)
            }
            Err(error) => Reply::json(400, &json!({"error": error.to_string()})),
        },
        (&Method::DELETE, ["faults"]) => {
            store.faults.clear();
            Reply::empty(204)
        }
        (&Method::PUT, ["maintenance", switch @ ("on" | "off")]) => {
            store.maintenance = *switch == "on";
            Reply::empty(204)
        }
        _ => Reply::json(404, &json!({"error": "no such control"})),
    }
}

/// The whole state except the items, which the seed determines.
pub(crate) fn state(store: &Store) -> serde_json::Value {
    json!({
        "sections": store.sections,
        "collections": store.collections.values().collect::<Vec<_>>(),
        "playlists": store.playlists.values().collect::<Vec<_>>(),
    })
}
