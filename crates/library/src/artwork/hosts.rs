//! The hosts from which images may be fetched.

use url::Url;

/// Trakt's domain. Images come from several subdomains (`walter-r2.trakt.tv`, `media.trakt.tv`).
const TRAKT: &str = "trakt.tv";

/// The URL to fetch an image from; `None` if it is not allowed. Trakt sends URLs without a scheme, which are
/// stored as HTTPS. On the host of the configured API, the API's scheme is used, because a simulator may not
/// support TLS.
pub fn resolve(address: &str, api: &Url) -> Option<Url> {
    let mut url = Url::parse(address).ok()?;
    if url.scheme() == "https" && url.host() == api.host() && url.port() == api.port() {
        url.set_scheme(api.scheme()).ok()?;
    }
    allowed(&url, api).then_some(url)
}

/// Whether an image may be fetched from this URL. `api`: base URL of the configured API, which may be a
/// simulator.
pub(super) fn allowed(url: &Url, api: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let trakt = host == TRAKT || host.strip_suffix(TRAKT).is_some_and(|rest| rest.ends_with('.'));
    let same_as_api = url.origin() == api.origin();
    same_as_api || (trakt && url.scheme() == "https" && url.port_or_known_default() == Some(443))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://walter-r2.trakt.tv/images/a.webp", true)]
    #[case("https://trakt.tv/a.png", true)]
    #[case("http://127.0.0.1:8899/images/a.png", true)]
    #[case("http://127.0.0.1:8898/images/a.png", false)]
    #[case("http://walter-r2.trakt.tv/images/a.webp", false)]
    #[case("https://walter-r2.trakt.tv:8443/a.webp", false)]
    #[case("https://eviltrakt.tv/a.webp", false)]
    #[case("https://trakt.tv.evil.example/a.webp", false)]
    #[case("http://169.254.169.254/latest/meta-data", false)]
    fn only_trakts_hosts_and_the_configured_api_are_allowed(#[case] url: Url, #[case] expected: bool) {
        let api = Url::parse("http://127.0.0.1:8899").expect("an address");
        assert_eq!(allowed(&url, &api), expected);
    }

    #[rstest]
    #[case("https://127.0.0.1:8899/images/a.png", Some("http://127.0.0.1:8899/images/a.png"))]
    #[case("https://media.trakt.tv/images/a.webp", Some("https://media.trakt.tv/images/a.webp"))]
    #[case("https://127.0.0.1:8898/images/a.png", None)]
    #[case("no address", None)]
    fn urls_are_resolved_with_the_scheme_of_the_api(#[case] stored: &str, #[case] fetched: Option<&str>) {
        let api = Url::parse("http://127.0.0.1:8899").expect("an address");
        assert_eq!(resolve(stored, &api), fetched.map(|url| url.parse().expect("an address")));
    }
}
