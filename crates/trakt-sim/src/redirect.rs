//! Which redirect addresses Trakt accepts as such.

use url::Url;

/// Whether a text is an absolute address that a browser can be sent to, or `urn:ietf:wg:oauth:2.0:oob`.
pub(crate) fn is_redirect_uri(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    // `localhost:8080/callback` parses with the scheme `localhost`.
    url.scheme() != "localhost" && url.fragment().is_none()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("urn:ietf:wg:oauth:2.0:oob", true)]
    #[case("http://localhost:8080/callback", true)]
    #[case("com.example.app://callback", true)]
    #[case("", false)]
    #[case("callback", false)]
    #[case("localhost:8080/callback", false)]
    #[case("http://", false)]
    #[case("https://example.com/#token", false)]
    fn only_absolute_addresses_are_redirect_uris(#[case] text: &str, #[case] valid: bool) {
        assert_eq!(is_redirect_uri(text), valid);
    }
}
