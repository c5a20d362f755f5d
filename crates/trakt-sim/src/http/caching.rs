//! Caching and CORS headers of Trakt's own answers.

use std::hash::{DefaultHasher, Hash, Hasher};

use hyper::Method;

use crate::message::{Reply, Request};

/// Headers that scripts on other sites may read.
const EXPOSED: &str = "X-Pagination-Page, X-Pagination-Limit, X-Pagination-Page-Count, X-Pagination-Item-Count, \
                       X-Sort-By, X-Sort-How, X-Applied-Sort-By, X-Applied-Sort-How, X-Private-User, X-Ratelimit, \
                       X-Upgrade-URL, X-VIP-User, X-Account-Limit, X-Request-Id, Retry-After, ETag";

/// Returns the response to `OPTIONS`: everything may be called from everywhere.
pub(super) fn preflight(request: &Request) -> Reply {
    let wanted = request.header("access-control-request-headers").unwrap_or("Content-Type, Authorization");
    Reply::empty(200)
        .header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, HEAD, OPTIONS")
        .header("Access-Control-Allow-Headers", wanted)
        .header("Access-Control-Max-Age", "7200")
}

/// Adds the headers; replaces a response that the caller already has with 304.
pub(super) fn finish(request: &Request, reply: Reply) -> Reply {
    let reply = reply
        .header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Expose-Headers", EXPOSED)
        .header("Vary", "Accept-Encoding, Origin");
    if request.path.starts_with("/oauth") {
        return reply.header("Cache-Control", "no-store").header("Pragma", "no-cache");
    }
    if request.method != Method::GET || reply.status != 200 {
        return reply.header("Cache-Control", "no-cache");
    }
    let reach = if request.header("authorization").is_some() { "private" } else { "public" };
    let tag = etag(&reply.body);
    let known = request.header("if-none-match").is_some_and(|tags| names(tags, &tag));
    let reply =
        reply.header("ETag", tag).header("Cache-Control", format!("max-age=0, {reach}, must-revalidate"));
    if known { Reply { status: 304, body: Default::default(), content_type: None, ..reply } } else { reply }
}

/// Returns whether `If-None-Match` contains this tag. Weak and strong tags are equivalent there (RFC 9110, section
/// 13.1.2); caches in between turn one into the other.
fn names(tags: &str, tag: &str) -> bool {
    fn opaque(tag: &str) -> &str {
        let tag = tag.trim();
        tag.strip_prefix("W/").unwrap_or(tag)
    }
    tags.split(',').any(|known| opaque(known) == opaque(tag) || known.trim() == "*")
}

fn etag(body: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
}
