//! The session cookie, and the mark of somebody who signed out of the demo on purpose.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponseParts, ResponseParts};
use secrecy::{ExposeSecret, SecretString};

use super::client::is_https;

const SESSION: &str = "kinometa_session";
const SIGNED_OUT: &str = "kinometa_signed_out";

/// Longest that browsers keep a cookie, in seconds. How long a session lasts is the server's business.
const LONGEST: u32 = 400 * 24 * 60 * 60;

/// The session secret that the browser sent.
pub fn session(headers: &HeaderMap) -> Option<SecretString> {
    value(headers, SESSION).filter(|secret| !secret.is_empty()).map(SecretString::from)
}

/// Whether this browser signed out on purpose.
pub fn signed_out(headers: &HeaderMap) -> bool {
    value(headers, SIGNED_OUT).is_some()
}

fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A change of cookies, as part of a response.
#[derive(Debug, Default)]
pub struct SetCookies(Vec<HeaderValue>);

impl SetCookies {
    /// The browser is signed in with this secret.
    pub fn sign_in(secret: &SecretString, request: &HeaderMap) -> Self {
        Self(vec![
            cookie(SESSION, secret.expose_secret(), LONGEST, request),
            cookie(SIGNED_OUT, "", 0, request),
        ])
    }

    /// The browser is signed out, and stays so in the demo too.
    pub fn sign_out(request: &HeaderMap) -> Self {
        Self(vec![cookie(SESSION, "", 0, request), cookie(SIGNED_OUT, "1", LONGEST, request)])
    }
}

impl IntoResponseParts for SetCookies {
    type Error = std::convert::Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Self::Error> {
        for value in self.0 {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        Ok(response)
    }
}

/// `value` is empty or URL-safe Base64, so nothing in it needs quoting.
fn cookie(name: &str, value: &str, seconds: u32, request: &HeaderMap) -> HeaderValue {
    let secure = if is_https(request) { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    let mut header: HeaderValue = text.parse().expect("a cookie of ours is ASCII");
    header.set_sensitive(true);
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let headers =
            HeaderMap::from_iter([(header::COOKIE, "a=1; kinometa_session=abc; b=2".parse().unwrap())]);
        assert_eq!(session(&headers).unwrap().expose_secret(), "abc");
        assert!(!signed_out(&headers));
    }

    #[test]
    fn the_cookie_is_hidden_from_scripts_and_secure_behind_https() {
        let plain = cookie(SESSION, "abc", 60, &HeaderMap::new());
        assert_eq!(plain, "kinometa_session=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
        let https = HeaderMap::from_iter([("x-forwarded-proto".parse().unwrap(), "https".parse().unwrap())]);
        assert!(cookie(SESSION, "abc", 60, &https).to_str().unwrap().ends_with("; Secure"));
    }
}
