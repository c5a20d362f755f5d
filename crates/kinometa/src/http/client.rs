//! The client's address and the requested host, as seen directly or as reported by a trusted reverse proxy.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;
use crate::config::TrustedProxy;

/// Sender and host of a request. Stored in its extensions by [`identify`].
#[derive(Debug, Clone)]
pub struct Client {
    /// Address of the browser or program.
    pub address: IpAddr,
    /// Requested host and port. `None` when the request contains none, or more than one.
    pub host: Option<Authority>,
}

/// Middleware that stores the [`Client`].
pub async fn identify(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let client = Client::of(&request, &app.config().trust_proxy);
    request.extensions_mut().insert(client);
    next.run(request).await
}

impl Client {
    fn of(request: &Request, proxies: &[TrustedProxy]) -> Self {
        let peer =
            request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let headers = request.headers();
        if is_trusted(peer, proxies) {
            let host = forwarded_host(headers).or_else(|| host(request.uri(), headers));
            Self { address: forwarded_for(headers, proxies).unwrap_or(peer), host }
        } else {
            Self { address: peer, host: host(request.uri(), headers) }
        }
    }
}

/// The address of the client that sent a request.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Self::Rejection> {
        let client = parts.extensions.get::<Client>();
        Ok(Self(client.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.address)))
    }
}

/// Whether the browser used HTTPS, according to the first proxy. The header is trusted from any client, because
/// forging it only affects the client's own cookie.
pub fn is_https(headers: &HeaderMap) -> bool {
    let protocols = headers.get("x-forwarded-proto").and_then(|protocols| protocols.to_str().ok());
    let first = protocols.and_then(|protocols| protocols.split(',').next());
    first.is_some_and(|first| first.trim().eq_ignore_ascii_case("https"))
}

fn is_trusted(address: IpAddr, proxies: &[TrustedProxy]) -> bool {
    proxies.iter().any(|proxy| proxy.contains(address))
}

/// The last address in the header that is not a trusted proxy. Trusted proxies append the address of their client;
/// everything before that comes from the client and can be forged.
fn forwarded_for(headers: &HeaderMap, proxies: &[TrustedProxy]) -> Option<IpAddr> {
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    let mut hops = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
    let mut farthest = None;
    loop {
        let Some(Ok(hop)) = hops.next().map(|hop| hop.trim().parse::<IpAddr>()) else { return farthest };
        let hop = hop.to_canonical();
        if !is_trusted(hop, proxies) {
            return Some(hop);
        }
        farthest = Some(hop);
    }
}

fn forwarded_host(headers: &HeaderMap) -> Option<Authority> {
    headers.get("x-forwarded-host")?.to_str().ok()?.trim().parse().ok()
}

/// The host from the request target if that is absolute (RFC 9112, section 3.2.2), otherwise from the header.
fn host(uri: &Uri, headers: &HeaderMap) -> Option<Authority> {
    if let Some(authority) = uri.authority() {
        return Some(authority.clone());
    }
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().ok()?.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

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

    fn client(peer: &str, headers: &[(&str, &str)]) -> Client {
        let proxies: Vec<TrustedProxy> =
            ["loopback", "10.0.0.0/8"].map(|proxy| proxy.parse().unwrap()).into();
        let mut request = Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        let peer: IpAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer, 1)));
        Client::of(&request, &proxies)
    }

    #[rstest::rstest]
    #[case::direct("203.0.113.7", &[], "203.0.113.7")]
    #[case::forged("203.0.113.7", &["1.2.3.4"], "203.0.113.7")]
    #[case::one_proxy("127.0.0.1", &["203.0.113.9"], "203.0.113.9")]
    #[case::mapped_proxy("::ffff:127.0.0.1", &["203.0.113.9"], "203.0.113.9")]
    #[case::forged_before_the_proxy("10.1.1.1", &["6.6.6.6, 203.0.113.9"], "203.0.113.9")]
    #[case::forged_proxy("10.1.1.1", &["127.0.0.1, 203.0.113.9"], "203.0.113.9")]
    #[case::two_proxies("127.0.0.1", &["203.0.113.9, 10.2.2.2"], "203.0.113.9")]
    #[case::two_lines("127.0.0.1", &["6.6.6.6", "fd00::1"], "fd00::1")]
    #[case::nonsense("127.0.0.1", &["nonsense"], "127.0.0.1")]
    #[case::nonsense_behind_a_proxy("127.0.0.1", &["1.2.3.4, nonsense, 10.2.2.2"], "10.2.2.2")]
    #[case::only_proxies("127.0.0.1", &["10.0.0.3"], "10.0.0.3")]
    fn the_address_is_the_last_one_that_is_not_a_trusted_proxy(
        #[case] peer: &str,
        #[case] lines: &[&str],
        #[case] address: &str,
    ) {
        let headers: Vec<_> = lines.iter().map(|line| ("x-forwarded-for", *line)).collect();
        assert_eq!(client(peer, &headers).address.to_string(), address);
    }

    #[test]
    fn the_forwarded_host_is_used_only_behind_a_trusted_proxy() {
        let headers = [("host", "nas:7878"), ("x-forwarded-host", "films.home")];
        assert_eq!(client("127.0.0.1", &headers).host.unwrap(), "films.home");
        assert_eq!(client("203.0.113.7", &headers).host.unwrap(), "nas:7878");
        assert_eq!(client("203.0.113.7", &[("host", "a"), ("host", "b")]).host, None);
    }
}
