//! Serves the web interface, which is embedded in the binary.
//!
//! Files under `_app/immutable/` have a hash in their names and are cached forever. Any path that does not name a
//! file gets the index page of the single-page application. For Home, the page also contains the first API
//! responses.

mod answers;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

use crate::accounts::Caller;
use crate::app::App;
use crate::http::errors::ApiError;

/// Output of the npm build that `build.rs` runs. Debug builds read it from disk, so the interface can be rebuilt
/// without recompiling.
#[derive(RustEmbed)]
#[folder = "../../web/build"]
#[allow_missing = true]
struct Files;

/// Index page of the single-page application.
const INDEX: &str = "index.html";

/// Page shown when the binary was built without the web interface.
const PLACEHOLDER: &str = include_str!("placeholder.html");

/// Encodings for which the build writes a compressed copy next to a file, best first.
const ENCODINGS: &[(&str, &str)] = &[("br", ".br"), ("gzip", ".gz")];

/// The `Content-Security-Policy` of the embedded interface.
pub(crate) fn content_security_policy() -> HeaderValue {
    let index = Files::get(INDEX).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    policy(index.as_deref().unwrap_or(PLACEHOLDER))
}

/// Handles every path that is not an API route.
pub(crate) async fn serve(
    State(app): State<App>,
    caller: Option<Extension<Caller>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || path == "api" {
        return ApiError::not_found("address").into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return ApiError::method_not_allowed().into_response();
    }
    match Files::get(path).filter(|_| !path.is_empty()) {
        Some(file) => respond(path, file, &headers),
        // A missing asset is an error. Responding with the index page would hide it.
        None if path.starts_with("_app/") => ApiError::not_found("file").into_response(),
        None => match caller.filter(|_| path.is_empty() && answers::is_page_load(&headers)) {
            Some(Extension(caller)) => home(&app, caller, &headers).await,
            None => index(&headers),
        },
    }
}

/// The index page with the API responses that Home needs first. If they fail, the plain page is sent; it requests
/// them itself and shows the error.
async fn home(app: &App, caller: Caller, headers: &HeaderMap) -> Response {
    let Some(file) = Files::get(INDEX) else { return index(headers) };
    let page = String::from_utf8_lossy(&file.data);
    match answers::insert_into(&page, app, caller, headers).await {
        Ok(Some((cookies, page))) => {
            let content_type = (header::CONTENT_TYPE, "text/html; charset=utf-8");
            // Not even the back button may use a stored copy: another user may have signed in meanwhile.
            let cache = (header::CACHE_CONTROL, "no-store");
            (cookies, [content_type, cache], page).into_response()
        }
        Ok(None) | Err(_) => index(headers),
    }
}

fn index(headers: &HeaderMap) -> Response {
    match Files::get(INDEX) {
        Some(file) => respond(INDEX, file, headers),
        None => (
            [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")],
            PLACEHOLDER,
        )
            .into_response(),
    }
}

fn respond(path: &str, file: EmbeddedFile, request: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", BASE64_STANDARD.encode(&file.metadata.sha256_hash()[..12]));
    let cache =
        if path.starts_with("_app/immutable/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = if request.get(header::IF_NONE_MATCH).is_some_and(|known| known == etag.as_str()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let (encoding, data) =
            compressed(path, request).map_or((None, file.data), |(name, file)| (Some(name), file.data));
        let mut response = Response::new(Body::from(data));
        if let Some(encoding) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    };
    let headers = response.headers_mut();
    if let Ok(mime) = HeaderValue::from_str(file.metadata.mimetype()) {
        headers.insert(header::CONTENT_TYPE, mime);
    }
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

fn compressed(path: &str, request: &HeaderMap) -> Option<(&'static str, EmbeddedFile)> {
    let accepted = request.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    ENCODINGS
        .iter()
        .filter(|(name, _)| accepted.split(',').any(|one| one.trim().split(';').next() == Some(name)))
        .find_map(|(name, suffix)| Files::get(&format!("{path}{suffix}")).map(|file| (*name, file)))
}

/// Allows scripts from this origin and the page's own inline scripts by hash. Images may come from elsewhere:
/// avatars and the posters of match candidates are loaded from Trakt's image hosts.
fn policy(index: &str) -> HeaderValue {
    let hashes: String = inline_scripts(index)
        .map(|script| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script.as_bytes()))))
        .collect();
    let policy = format!(
        "default-src 'self'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob: http: https:; media-src 'self' blob:; worker-src 'self' blob:; \
         connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    );
    policy.parse().expect("the policy is ASCII")
}

fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=") && !script.is_empty()).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_inline_scripts_are_allowed() {
        let policy = policy("<script src=/a.js></script><script>alert(1)</script>");
        let script_src =
            policy.to_str().unwrap().split("; ").find(|part| part.starts_with("script-src")).unwrap();
        assert_eq!(script_src, "script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
    }
}
