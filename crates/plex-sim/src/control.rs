//! `/_sim/`: what scripts do that Plex does not offer. The handle does the same from Rust.

use hyper::Method;
use serde_json::json;

use crate::faults::Fault;
use crate::message::{Reply, Request};
use crate::requests::{Counts, RequestLog};
use crate::state::World;

pub(crate) fn answer(world: &mut World, log: &mut RequestLog, request: &Request) -> Reply {
    let segments = request.segments();
    match (&request.method, &segments[1..]) {
        (&Method::GET, ["requests"]) => Reply::json(200, &json!(log.list())),
        (&Method::DELETE, ["requests"]) => {
            log.clear();
            Reply::empty(204)
        }
        (&Method::GET, ["counts"]) => Reply::json(200, &json!(Counts::of(log.list()))),
        (&Method::GET, ["state"]) => Reply::json(200, &state(world)),
        (&Method::GET, ["faults"]) => Reply::json(200, &json!(world.faults.list())),
        (&Method::POST, ["faults"]) => match serde_json::from_slice::<Fault>(&request.body) {
            Ok(fault) => {
                world.faults.add(fault);
                Reply::empty(204)
            }
            Err(error) => Reply::json(400, &json!({"error": error.to_string()})),
        },
        (&Method::DELETE, ["faults"]) => {
            world.faults.clear();
            Reply::empty(204)
        }
        (&Method::PUT, ["maintenance", switch @ ("on" | "off")]) => {
            world.maintenance = *switch == "on";
            Reply::empty(204)
        }
        _ => Reply::json(404, &json!({"error": "no such control"})),
    }
}

/// Everything but the items, which follow from the seed.
pub(crate) fn state(world: &World) -> serde_json::Value {
    json!({
        "sections": world.sections,
        "collections": world.collections.values().collect::<Vec<_>>(),
        "playlists": world.playlists.values().collect::<Vec<_>>(),
    })
}
