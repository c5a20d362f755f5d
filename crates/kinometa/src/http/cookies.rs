//! The session cookie, the device cookie, and a cookie that prevents the demo's automatic sign-in after signing
//! out.

use axum::http::HeaderMap;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use cookie::time::Duration;
use secrecy::{ExposeSecret, SecretString};

use super::client::is_https;

const SESSION: &str = "kinometa_session";
const DEVICE: &str = "kinometa_device";
const SIGNED_OUT: &str = "kinometa_signed_out";

/// Cookie lifetime, the longest that browsers accept. Session expiry is decided by the server.
const MAX_AGE: Duration = Duration::days(400);

/// The session secret from the request's cookies.
pub fn session(headers: &HeaderMap) -> Option<SecretString> {
    secret(headers, SESSION)
}

/// The device cookie of a browser that signed in before.
pub fn device(headers: &HeaderMap) -> Option<SecretString> {
    secret(headers, DEVICE)
}

fn secret(headers: &HeaderMap, name: &str) -> Option<SecretString> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name).map(Cookie::value).filter(|secret| !secret.is_empty()).map(SecretString::from)
}

/// Adds the device cookie, which identifies a browser that has signed in before. It is kept when the user signs
/// out.
pub fn remember_device(jar: CookieJar, device: &SecretString, request: &HeaderMap) -> CookieJar {
    jar.add(cookie(DEVICE, device.expose_secret(), MAX_AGE, request))
}

/// Whether the user of this browser signed out explicitly.
pub fn signed_out(headers: &HeaderMap) -> bool {
    CookieJar::from_headers(headers).get(SIGNED_OUT).is_some()
}

/// Cookies that sign the browser in with this session secret.
pub fn sign_in(secret: &SecretString, request: &HeaderMap) -> CookieJar {
    CookieJar::new().add(cookie(SESSION, secret.expose_secret(), MAX_AGE, request)).add(cookie(
        SIGNED_OUT,
        "",
        Duration::ZERO,
        request,
    ))
}

/// Cookies that sign the browser out. In the demo, they also prevent the automatic sign-in.
pub fn sign_out(request: &HeaderMap) -> CookieJar {
    CookieJar::new()
        .add(cookie(SESSION, "", Duration::ZERO, request))
        .add(cookie(SIGNED_OUT, "1", MAX_AGE, request))
}

fn cookie(name: &'static str, value: &str, age: Duration, request: &HeaderMap) -> Cookie<'static> {
    Cookie::build((name, value.to_owned()))
        .path("/")
        .max_age(age)
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(is_https(request))
        .build()
}

#[cfg(test)]
mod tests {
    use axum::http::header;

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
        let plain = cookie(SESSION, "abc", Duration::minutes(1), &HeaderMap::new()).to_string();
        assert_eq!(plain, "kinometa_session=abc; HttpOnly; SameSite=Lax; Path=/; Max-Age=60");
        let https = HeaderMap::from_iter([("x-forwarded-proto".parse().unwrap(), "https".parse().unwrap())]);
        assert_eq!(cookie(SESSION, "abc", Duration::minutes(1), &https).secure(), Some(true));
    }
}
