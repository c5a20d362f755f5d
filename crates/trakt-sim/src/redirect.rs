//! Which redirect URIs Trakt accepts.

use url::Url;

/// The redirect URI that means "show a PIN".
pub(crate) const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// Schemes that a browser handles itself, executes or reads: they do not lead to an application.
const NOT_AN_APPLICATION: [&str; 12] = [
    "about",
    "blob",
    "data",
    "file",
    "filesystem",
    "ftp",
    "javascript",
    "mailto",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

/// Returns whether the text is an absolute URI that a browser can be redirected to with a code, or [`OUT_OF_BAND`]:
/// `http` or `https` with a host, or an application's own scheme.
pub(crate) fn is_redirect_uri(text: &str) -> bool {
    if text == OUT_OF_BAND {
        return true;
    }
    // The URL parser corrects the same mistakes as browsers; Trakt does not.
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_literal = !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    let Ok(url) = Url::parse(text) else { return false };
    is_literal && url.fragment().is_none() && leads_to_an_application(&scheme.to_ascii_lowercase(), rest)
}

/// Checks `rest`, the part after the scheme and its colon. It needs a path, so `localhost:8080/callback` is rejected.
fn leads_to_an_application(scheme: &str, rest: &str) -> bool {
    match scheme {
        "http" | "https" => rest.strip_prefix("//").is_some_and(|host| !host.starts_with('/')),
        other => rest.starts_with('/') && !NOT_AN_APPLICATION.contains(&other),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("urn:ietf:wg:oauth:2.0:oob", true)]
    #[case("http://localhost:8080/callback", true)]
    #[case("HTTPS://example.com/callback?from=trakt", true)]
    #[case("com.example.app://callback", true)]
    #[case("com.example.app:/callback", true)]
    #[case("", false)]
    #[case("callback", false)]
    #[case("//example.com/callback", false)]
    #[case("localhost:8080/callback", false)]
    #[case("http://", false)]
    #[case("http:a", false)]
    #[case("http:/a", false)]
    #[case("https:///a", false)]
    #[case(r"http:\\a", false)]
    #[case(" https://example.com/", false)]
    #[case("https://example.com/#token", false)]
    #[case("urn:x", false)]
    #[case("mailto:a@example.com", false)]
    #[case("ftp://a", false)]
    #[case("FTP://a", false)]
    #[case("file:///etc/passwd", false)]
    #[case("wss://a", false)]
    #[case("javascript:alert(1)", false)]
    #[case("javascript://a/%0aalert(1)", false)]
    #[case("data:text/html,x", false)]
    #[case("blob:https://example.com", false)]
    fn only_addresses_of_applications_are_redirect_uris(#[case] text: &str, #[case] valid: bool) {
        assert_eq!(is_redirect_uri(text), valid);
    }
}
