//! Protection against DNS rebinding.
//!
//! A website can point its own name at a private address. Its pages then count as the same origin as the server at
//! that address. The browser still sends the website's name, so requests for names that are not this server's are
//! rejected.

use api_types::error::ErrorCode;
use std::collections::HashSet;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::client::Client;
use super::errors::ApiError;

/// Names that nobody can register on the internet: RFC 6761, RFC 6762, RFC 8375, and ICANN's reservation of
/// `internal`.
const PRIVATE_ZONES: &[&str] = &["localhost", "local", "home.arpa", "internal"];

/// The host names for which this server accepts requests.
#[derive(Debug, Clone)]
pub struct KnownHosts {
    names: Arc<HashSet<String>>,
    /// Whether every name is accepted.
    any: bool,
}

impl KnownHosts {
    /// Accepts the machine's own name and the configured names. `*.example.org` matches every subdomain of
    /// example.org, `*` every name.
    pub fn new(configured: &[String]) -> Self {
        let machine = gethostname::gethostname().to_string_lossy().into_owned();
        let names = configured.iter().map(String::as_str).chain([machine.as_str()]).map(normalized);
        Self { names: Arc::new(names.collect()), any: configured.iter().any(|name| name == "*") }
    }

    fn knows(&self, host: &Authority) -> bool {
        // User information before the host is never accepted, because `host()` ignores it.
        if self.any || host.as_str().contains('@') {
            return self.any;
        }
        let name = normalized(host.host());
        let below =
            |zone: &str| name.strip_suffix(zone).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        // A name without a dot is never resolved on the public internet.
        is_address(&name)
            || (!name.contains('.') && !name.is_empty())
            || PRIVATE_ZONES.iter().any(|zone| below(zone))
            || self.names.contains(&name)
            || self
                .names
                .iter()
                .filter_map(|known| known.strip_prefix("*."))
                .any(|zone| below(zone) && name != zone)
    }
}

/// Middleware that responds with 421 to requests for other hosts.
pub async fn known_host(State(known): State<KnownHosts>, request: Request, next: Next) -> Response {
    let host = request.extensions().get::<Client>().and_then(|client| client.host.clone());
    match host {
        Some(host) if known.knows(&host) => next.run(request).await,
        Some(host) => refused(&host, request.uri().path()),
        // HTTP/1.0 requires no host. No browser uses it.
        None if request.version() <= Version::HTTP_10 && !request.headers().contains_key(header::HOST) => {
            next.run(request).await
        }
        None if known.any => next.run(request).await,
        None => {
            ApiError::new(StatusCode::BAD_REQUEST, ErrorCode::NoHost, "The request must name one valid host.")
                .into_response()
        }
    }
}

fn refused(host: &Authority, path: &str) -> Response {
    let name: String = host.host().chars().take(253).collect();
    let message = format!("This server does not answer to the name {name}.");
    let action = format!(
        "If {name} is a name of this server, start it with --allowed-host {name} (or set KINOMETA_ALLOWED_HOST={name}, or \
         allowed_host = [\"{name}\"] in kinometa.toml). Its IP address always works."
    );
    if path.starts_with("/api/") {
        let error = ApiError::new(StatusCode::MISDIRECTED_REQUEST, ErrorCode::UnknownHost, message);
        return error.action(action).into_response();
    }
    (StatusCode::MISDIRECTED_REQUEST, format!("{message}\n\n{action}\n")).into_response()
}

fn normalized(name: &str) -> String {
    name.trim().trim_end_matches('.').to_ascii_lowercase()
}

fn is_address(name: &str) -> bool {
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    bare.map_or(name.parse::<IpAddr>().is_ok(), |address| address.parse::<Ipv6Addr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("localhost", true)]
    #[case("localhost:7878", true)]
    #[case("LOCALHOST.", true)]
    #[case("kinometa.localhost:80", true)]
    #[case("127.0.0.1:7878", true)]
    #[case("192.168.1.20", true)]
    #[case("[::1]:7878", true)]
    #[case("[fd00::1]", true)]
    #[case("nas:7878", true)]
    #[case("nas.local", true)]
    #[case("nas.home.arpa", true)]
    #[case("films.example.org", true)]
    #[case("FILMS.example.org:443", true)]
    #[case("tv.example.net", true)]
    #[case("example.net", false)]
    #[case("evilexample.net", false)]
    #[case("evil.example", false)]
    #[case("evil.example:7878", false)]
    #[case("localhost.evil.example", false)]
    #[case("127.0.0.1.evil.example", false)]
    #[case("127.0.0.1.nip.io", false)]
    #[case("evillocal.example", false)]
    #[case("films.example.org.evil.example", false)]
    #[case("localhost@evil.example", false)]
    #[case("evil.example@localhost", false)]
    fn only_the_servers_own_names_are_accepted(#[case] host: Authority, #[case] is_known: bool) {
        let known = KnownHosts::new(&["films.example.org".into(), "*.example.net".into()]);
        assert_eq!(known.knows(&host), is_known);
    }

    #[test]
    fn an_asterisk_accepts_every_name_and_the_machines_own_name_is_always_accepted() {
        assert!(KnownHosts::new(&["*".into()]).knows(&"evil.example".parse().unwrap()));
        let machine: Authority = gethostname::gethostname().to_str().unwrap().parse().unwrap();
        assert!(KnownHosts::new(&[]).knows(&machine));
    }
}
