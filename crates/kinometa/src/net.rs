//! Network addresses.

use std::net::{IpAddr, Ipv6Addr};

/// The network by which an address is rate limited: an IPv4 address itself, or the /64 prefix of an IPv6 address,
/// because a client with one IPv6 address usually controls its whole /64 range.
pub(crate) fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("10.0.0.1", "10.0.0.2", false)]
    #[case("::ffff:10.0.0.1", "10.0.0.1", true)]
    #[case("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    #[case("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    fn ipv6_addresses_are_grouped(#[case] one: IpAddr, #[case] other: IpAddr, #[case] same: bool) {
        assert_eq!(network(one) == network(other), same);
    }
}
