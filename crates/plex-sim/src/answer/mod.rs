//! Responds to requests: authorization and routing to the endpoints.

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
use crate::state::{Rejection, Store};

/// What the token of a request permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Owner,
    ReadOnly,
}

/// The response of an endpoint.
type Outcome = Result<Answer, Rejection>;

const NOT_FOUND: Rejection = (404, "Not Found");
const BAD_REQUEST: Rejection = (400, "Bad Request");

/// Everything that an endpoint needs.
struct Call<'a> {
    store: &'a mut Store,
    request: &'a Request,
    access: Access,
    /// What a fault adds to every `totalSize`.
    total_offset: i64,
    /// The names of the collections of each item, computed when needed.
    tags: OnceCell<HashMap<u64, Vec<String>>>,
}

/// Responds to a request.
pub(crate) fn respond(store: &mut Store, request: &Request, total_offset: i64) -> Answer {
    if store.maintenance {
        return Answer::Rejected(503, "Maintenance");
    }
    let access = match request.header("x-plex-token") {
        Some(OWNER_TOKEN) => Access::Owner,
        Some(READ_ONLY_TOKEN) => Access::ReadOnly,
        // Plex sends its identity without a token.
        _ if request.segments() == ["identity"] => Access::ReadOnly,
        _ => return Answer::Rejected(401, "Unauthorized"),
    };
    if access == Access::ReadOnly && !request.is_read() {
        return Answer::Rejected(403, "Forbidden");
    }
    let mut call = Call { store, request, access, total_offset, tags: OnceCell::new() };
    call.route().unwrap_or_else(|(status, title)| Answer::Rejected(status, title))
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

/// Parses a key in a path.
fn key(text: &str) -> Result<u64, Rejection> {
    text.parse().map_err(|_| NOT_FOUND)
}

/// Parses rating keys such as `1,2,3`.
fn keys(text: &str) -> Result<Vec<u64>, Rejection> {
    text.split(',').map(key).collect()
}

/// The keys at the end of `server://MACHINE/com.plexapp.plugins.library/library/metadata/1,2,3`.
fn keys_of_uri(uri: &str) -> Result<Vec<u64>, Rejection> {
    match uri.rsplit_once("/library/metadata/") {
        Some((_, listed)) => keys(listed),
        None => Err(BAD_REQUEST),
    }
}

/// The path and query of a URI that contains the filter of a smart collection.
fn filter_of_uri(uri: &str) -> Result<&str, Rejection> {
    uri.find("/library/sections/").map(|at| &uri[at..]).ok_or(BAD_REQUEST)
}
