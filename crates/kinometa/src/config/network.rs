//! Network options: trusted proxies and limits of connections.

use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use ipnet::IpNet;
use serde::Deserialize;

/// A reverse proxy whose `X-Forwarded-*` headers are trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum TrustedProxy {
    /// A proxy on this machine.
    Loopback,
    /// Every address in a network.
    Network(IpNet),
}

/// The text is neither an address nor a network.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error(
    "use the proxy's address, its network such as 172.18.0.0/16, or `loopback` for a proxy on this machine"
)]
pub struct InvalidProxy;

impl FromStr for TrustedProxy {
    type Err = InvalidProxy;

    fn from_str(text: &str) -> Result<Self, InvalidProxy> {
        match text.trim() {
            "loopback" => Ok(Self::Loopback),
            text => {
                let address = text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
                address.or_else(|_| text.parse()).map(Self::Network).map_err(|_| InvalidProxy)
            }
        }
    }
}

impl TryFrom<String> for TrustedProxy {
    type Error = InvalidProxy;

    fn try_from(text: String) -> Result<Self, InvalidProxy> {
        text.parse()
    }
}

impl TrustedProxy {
    /// Whether this address belongs to the proxy.
    pub fn contains(&self, address: IpAddr) -> bool {
        match self {
            Self::Loopback => address.is_loopback(),
            Self::Network(network) => network.contains(&address),
        }
    }
}

/// Limits that prevent clients from exhausting the server's resources.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long a connection may take to send the head of a request, or be idle between two requests.
    pub head_timeout: Duration,
    /// How long the body of a request may take to arrive.
    pub body_timeout: Duration,
    /// Maximum number of open connections.
    pub connections: usize,
    /// Maximum number of open connections per address; an IPv6 /64 network counts as one.
    pub connections_per_address: usize,
    /// Maximum number of open video streams per user.
    pub streams_per_user: usize,
}

impl Default for Limits {
    /// Limits far above the needs of a household with many open tabs. Every tab keeps a connection for live
    /// updates.
    fn default() -> Self {
        Self {
            head_timeout: Duration::from_secs(30),
            body_timeout: Duration::from_secs(30),
            connections: 2048,
            connections_per_address: 512,
            streams_per_user: 16,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("loopback", "127.0.0.1", true)]
    #[case("loopback", "::1", true)]
    #[case("loopback", "192.168.1.1", false)]
    #[case("172.18.0.0/16", "172.18.3.4", true)]
    #[case("172.18.0.0/16", "172.19.3.4", false)]
    #[case("10.0.0.1", "10.0.0.1", true)]
    #[case("10.0.0.1", "10.0.0.2", false)]
    #[case("fd00::/8", "fd12::1", true)]
    fn a_proxy_is_recognised_by_its_address(
        #[case] proxy: TrustedProxy,
        #[case] address: IpAddr,
        #[case] trusted: bool,
    ) {
        assert_eq!(proxy.contains(address), trusted);
    }

    #[rstest::rstest]
    #[case("true")]
    #[case("")]
    #[case("proxy.example")]
    #[case("10.0.0.0/33")]
    fn other_texts_are_rejected(#[case] text: &str) {
        assert_eq!(text.parse::<TrustedProxy>(), Err(InvalidProxy));
    }
}
