//! Protection against cross-site request forgery (CSRF).
//!
//! Browsers attach the session cookie automatically, so another website could trigger changes here. `SameSite=Lax`
//! prevents most of that; this check covers the rest, including forged sign-ins. Requests with an API token are
//! exempt, because browsers never attach one automatically.

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::authenticate::bearer;
use super::client::Client;
use super::cookies;
use super::errors::ApiError;

/// Middleware that responds with 403 to state-changing requests from other origins.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let host = request.extensions().get::<Client>().and_then(|client| client.host.as_ref());
    if is_allowed(request.method(), request.headers(), host) {
        next.run(request).await
    } else {
        ApiError::cross_site().into_response()
    }
}

fn is_allowed(method: &Method, headers: &HeaderMap, host: Option<&Authority>) -> bool {
    if method.is_safe() || bearer(headers).is_some() {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    // Browsers only send this header over HTTPS and to localhost, so `Origin` is needed as a fallback.
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match text("origin") {
        Some(origin) => host.is_some_and(|host| is_origin_of(origin, host.as_str())),
        // Browsers always send `Origin` with such requests. Other clients without a cookie have no session to
        // abuse.
        None => cookies::session(headers).is_none(),
    }
}

fn is_origin_of(origin: &str, host: &str) -> bool {
    origin.split_once("://").is_some_and(|(scheme, origin_host)| {
        let default_port = if scheme == "https" { ":443" } else { ":80" };
        let bare = |host: &str| host.strip_suffix(default_port).unwrap_or(host).to_ascii_lowercase();
        bare(origin_host) == bare(host)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    const COOKIE: (&str, &str) = ("cookie", "kinometa_session=abc");
    const HOST: (&str, &str) = ("host", "nas:7878");

    #[rstest::rstest]
    #[case::same_origin(&[COOKIE, HOST, ("sec-fetch-site", "same-origin")], true)]
    #[case::cross_site(&[COOKIE, HOST, ("sec-fetch-site", "cross-site")], false)]
    #[case::same_site(&[COOKIE, HOST, ("sec-fetch-site", "same-site")], false)]
    #[case::no_fetch_metadata(&[COOKIE, HOST, ("origin", "http://nas:7878")], true)]
    #[case::other_origin(&[COOKIE, HOST, ("origin", "http://evil.example")], false)]
    #[case::other_port(&[COOKIE, HOST, ("origin", "http://nas:8080")], false)]
    #[case::opaque_origin(&[COOKIE, HOST, ("origin", "null")], false)]
    #[case::default_port(&[COOKIE, ("host", "nas"), ("origin", "https://NAS:443")], true)]
    #[case::cookie_without_origin(&[COOKIE, HOST], false)]
    #[case::script_without_cookie(&[HOST], true)]
    #[case::forged_sign_in(&[HOST, ("sec-fetch-site", "cross-site")], false)]
    #[case::api_token(&[HOST, ("authorization", "Bearer kino_x"), ("origin", "http://evil.example")], true)]
    #[case::basic_auth_of_a_proxy(&[COOKIE, HOST, ("authorization", "Basic eDp5"), ("origin", "http://evil.example")], false)]
    fn only_same_origin_requests_may_change_state(
        #[case] sent: &[(&'static str, &str)],
        #[case] allowed: bool,
    ) {
        let headers = headers(sent);
        let host = headers["host"].to_str().unwrap().parse().unwrap();
        assert_eq!(is_allowed(&Method::POST, &headers, Some(&host)), allowed);
    }

    #[test]
    fn safe_methods_are_always_allowed() {
        assert!(is_allowed(&Method::GET, &headers(&[COOKIE, ("sec-fetch-site", "cross-site")]), None));
    }
}
