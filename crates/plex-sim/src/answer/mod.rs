//! Answers requests: authorization, and routing to the parts of the server.

mod collections;
mod edit;
mod hubs;
mod images;
mod library;
mod playlists;
mod server;
mod views;

use std::cell::OnceCell;
use std::collections::HashMap;

use hyper::Method;

use crate::message::{Answer, Request};
use crate::seed::{OWNER_TOKEN, READ_ONLY_TOKEN};
use crate::state::{Refusal, Store};

/// What may be done with the token that came along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Owner,
    ReadOnly,
}

/// The answer of an endpoint.
type Outcome = Result<Answer, Refusal>;

const NOT_FOUND: Refusal = (404, "Not Found");
const BAD_REQUEST: Refusal = (400, "Bad Request");

/// Everything that an endpoint needs.
struct Call<'a> {
    store: &'a mut Store,
    request: &'a Request,
    access: Access,
    /// Added to every `totalSize`, by a fault.
    total_off_by: i64,
    /// The collections of each item, once somebody asks.
    tags: OnceCell<HashMap<u64, Vec<String>>>,
}

/// Answers a request.
pub(crate) fn respond(store: &mut Store, request: &Request, total_off_by: i64) -> Answer {
    if store.maintenance {
        return Answer::Refused(503, "Maintenance");
    }
    let access = match request.header("x-plex-token") {
        Some(OWNER_TOKEN) => Access::Owner,
        Some(READ_ONLY_TOKEN) => Access::ReadOnly,
        // Plex tells its identity to everybody.
        _ if request.segments() == ["identity"] => Access::ReadOnly,
        _ => return Answer::Refused(401, "Unauthorized"),
    };
    if access == Access::ReadOnly && !request.is_read() {
        return Answer::Refused(403, "Forbidden");
    }
    let mut call = Call { store, request, access, total_off_by, tags: OnceCell::new() };
    call.route().unwrap_or_else(|(status, title)| Answer::Refused(status, title))
}

impl Call<'_> {
    fn route(&mut self) -> Outcome {
        let request = self.request;
        let segments = request.segments();
        match segments.as_slice() {
            ["library", "sections", section, rest @ ..] => self.section(key(section)?, rest),
            ["library", "collections", rest @ ..] => self.collections(rest),
            ["library", "metadata", keys, rest @ ..] => self.metadata(keys, rest),
            ["hubs", "sections", section, "manage", rest @ ..] => self.hubs(key(section)?, rest),
            ["playlists", rest @ ..] => self.playlists(rest),
            rest if self.is_get() => self.server(rest),
            _ => Err(NOT_FOUND),
        }
    }

    fn is_get(&self) -> bool {
        self.request.is_read()
    }

    fn method(&self) -> &Method {
        &self.request.method
    }
}

/// A number of the path.
fn key(text: &str) -> Result<u64, Refusal> {
    text.parse().map_err(|_| NOT_FOUND)
}

/// The rating keys of `1,2,3`.
fn keys(text: &str) -> Result<Vec<u64>, Refusal> {
    text.split(',').map(key).collect()
}

/// The keys at the end of `server://MACHINE/com.plexapp.plugins.library/library/metadata/1,2,3`.
fn keys_of_uri(uri: &str) -> Result<Vec<u64>, Refusal> {
    match uri.rsplit_once("/library/metadata/") {
        Some((_, listed)) => keys(listed),
        None => Err(BAD_REQUEST),
    }
}

/// The part of a uri below the server, which holds a smart filter.
fn filter_of_uri(uri: &str) -> Result<&str, Refusal> {
    uri.find("/library/sections/").map(|at| &uri[at..]).ok_or(BAD_REQUEST)
}
