//! Properties of the client's connection, directly or as reported by a reverse proxy.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use crate::app::App;

/// The host that the browser requested.
pub fn host(headers: &HeaderMap, trust_proxy: bool) -> Option<&str> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let forwarded = trust_proxy.then(|| text("x-forwarded-host")).flatten();
    forwarded.or_else(|| text(header::HOST.as_str()))
}

/// Whether the browser used HTTPS, according to the first proxy. Trusted from anyone: a client that forges the header
/// only affects its own cookie.
pub fn is_https(headers: &HeaderMap) -> bool {
    let protocols = headers.get("x-forwarded-proto").and_then(|protocols| protocols.to_str().ok());
    let first = protocols.and_then(|protocols| protocols.split(',').next());
    first.is_some_and(|first| first.trim().eq_ignore_ascii_case("https"))
}

/// The client's IP address, used to limit sign-in attempts.
#[derive(Debug, Clone)]
pub struct ClientAddress(pub String);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_string());
        let forwarded = app.config().trust_proxy.then(|| forwarded_for(&parts.headers)).flatten();
        Ok(Self(forwarded.or(peer).unwrap_or_default()))
    }
}

/// The last address in the header, which our own proxy added. Earlier ones come from the client and can be forged.
fn forwarded_for(headers: &HeaderMap) -> Option<String> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    let address = last.to_str().ok()?.rsplit(',').next()?.trim();
    address.parse::<std::net::IpAddr>().ok().map(|address| address.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("https", true)]
    #[case("HTTPS", true)]
    #[case("https, http", true)]
    #[case("http, https", false)]
    #[case("http", false)]
    fn the_first_forwarded_protocol_counts(#[case] header: &str, #[case] https: bool) {
        let headers = HeaderMap::from_iter([("x-forwarded-proto".parse().unwrap(), header.parse().unwrap())]);
        assert_eq!(is_https(&headers), https);
    }

    #[rstest::rstest]
    #[case("10.0.0.9", Some("10.0.0.9"))]
    #[case("6.6.6.6, 10.0.0.9", Some("10.0.0.9"))]
    #[case("fd00::1", Some("fd00::1"))]
    #[case("nonsense", None)]
    fn the_last_forwarded_address_counts(#[case] header: &str, #[case] address: Option<&str>) {
        let headers = HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), header.parse().unwrap())]);
        assert_eq!(forwarded_for(&headers).as_deref(), address);
    }
}
