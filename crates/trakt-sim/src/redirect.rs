//! Which redirect addresses Trakt accepts as such.

use url::Url;

/// The redirect address that means "show a PIN".
pub(crate) const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// Schemes that a browser handles itself, or that run or read what they name: no application waits there.
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

/// Whether a text is an absolute address that a browser can be sent to with a code, or [`OUT_OF_BAND`]: `http` or `https`
/// with a host, or a scheme of an application's own.
pub(crate) fn is_redirect_uri(text: &str) -> bool {
    if text == OUT_OF_BAND {
        return true;
    }
    // The parser mends what a browser would mend; Trakt takes the text as it stands.
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let as_it_stands = !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    let Ok(url) = Url::parse(text) else { return false };
    as_it_stands && url.fragment().is_none() && leads_to_an_application(&scheme.to_ascii_lowercase(), rest)
}

/// `rest` is what follows the scheme and its colon: a path at least, so that `localhost:8080/callback` is none.
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
