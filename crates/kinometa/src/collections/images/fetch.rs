//! Fetches pictures from the URLs in a config.yml.
//!
//! A user who can edit config.yml may use any URL, including one in the local network. A remote server that
//! redirects is trusted less: a redirect to another host is followed only if the host resolves to an
//! address on the public internet.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::StreamExt as _;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use url::{Host, Url};

/// Maximum size in bytes. Plex rejects larger files as well.
pub(super) const MAX_BYTES: usize = 10 << 20;
const MAX_REDIRECTS: usize = 4;

/// Why a picture cannot be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum FetchError {
    #[error("this is not an address of the form https://…")]
    NotAnAddress,
    #[error("{host} responds with status {status}")]
    Status { host: String, status: u16 },
    #[error("{host} cannot be reached")]
    Unreachable { host: String },
    #[error("{host} redirects to an address that is not on the public internet")]
    Private { host: String },
    #[error("{host} redirects endlessly")]
    Redirects { host: String },
    #[error("it is larger than 10 MB")]
    TooLarge,
}

/// Fetches pictures. A host that cannot be reached is not requested again.
pub(super) struct Fetch {
    direct: reqwest::Client,
    /// Client that connects only to addresses on the public internet.
    public: reqwest::Client,
    unreachable: Mutex<HashMap<String, FetchError>>,
}

impl Fetch {
    pub(super) fn new() -> Self {
        trakt::ensure_tls_provider();
        let build = |builder: reqwest::ClientBuilder| {
            builder
                .user_agent(concat!("Kinometa/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(Duration::from_secs(5))
                .timeout(Duration::from_secs(20))
                .redirect(Policy::none())
                .build()
                .expect("a client without custom certificates can be built")
        };
        let direct = build(reqwest::Client::builder());
        // A proxy would resolve names itself and bypass the resolver.
        let public = build(reqwest::Client::builder().no_proxy().dns_resolver(Arc::new(PublicOnly)));
        Self { direct, public, unreachable: Mutex::default() }
    }

    /// Fetches the picture at a URL.
    pub(super) async fn get(&self, address: &str) -> Result<Vec<u8>, FetchError> {
        let mut url = read(address).ok_or(FetchError::NotAnAddress)?;
        let mut client = &self.direct;
        for _ in 0..=MAX_REDIRECTS {
            let response = self.request(client, &url).await?;
            if !response.status().is_redirection() {
                return body(response, host(&url)).await;
            }
            let next = next(&url, &response)
                .ok_or_else(|| FetchError::Status { host: host(&url), status: response.status().as_u16() })?;
            if next.host() != url.host() {
                if is_private(&next) {
                    return Err(FetchError::Private { host: host(&url) });
                }
                client = &self.public;
            }
            url = next;
        }
        Err(FetchError::Redirects { host: host(&url) })
    }

    async fn request(&self, client: &reqwest::Client, url: &Url) -> Result<reqwest::Response, FetchError> {
        let host = host(url);
        let unreachable = || self.unreachable.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = unreachable().get(&host) {
            return Err(error.clone());
        }
        client.get(url.clone()).send().await.map_err(|_| {
            let error = FetchError::Unreachable { host: host.clone() };
            unreachable().insert(host, error.clone());
            error
        })
    }
}

fn read(address: &str) -> Option<Url> {
    let url = Url::parse(address.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// Host and port for messages. The rest of the URL may contain a secret.
fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn next(url: &Url, response: &reqwest::Response) -> Option<Url> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    read(url.join(location).ok()?.as_str())
}

async fn body(response: reqwest::Response, host: String) -> Result<Vec<u8>, FetchError> {
    let status = response.status();
    if !status.is_success() {
        return Err(FetchError::Status { host, status: status.as_u16() });
    }
    let mut bytes = Vec::new();
    let mut body = response.bytes_stream();
    while let Some(chunk) = body.next().await {
        bytes.extend_from_slice(&chunk.map_err(|_| FetchError::Unreachable { host: host.clone() })?);
        if bytes.len() > MAX_BYTES {
            return Err(FetchError::TooLarge);
        }
    }
    Ok(bytes)
}

/// Whether the URL's host is a private IP address. Host names are checked by [`PublicOnly`] when they are resolved.
fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => !is_public(address.into()),
        Some(Host::Ipv6(address)) => !is_public(address.into()),
        Some(Host::Domain(_)) => false,
        None => true,
    }
}

/// Whether an address belongs to the public internet.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => {
            let is_global_unicast = address.segments()[0] & 0xe000 == 0x2000;
            let is_documentation = address.segments()[..2] == [0x2001, 0x0db8];
            is_global_unicast && !is_documentation
        }
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let is_shared = first == 100 && second & 0xc0 == 64;
    let is_benchmark = first == 198 && second & 0xfe == 18;
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || first == 0
        || first >= 224
        || is_shared
        || is_benchmark)
}

/// Resolver that returns only addresses on the public internet.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err(std::io::Error::other("not on the public internet").into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
#[path = "fetch_tests.rs"]
mod tests;
