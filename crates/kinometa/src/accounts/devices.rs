//! Device cookies identify browsers that have signed in to an account before.
//!
//! The cookie contains the account and is sealed with the server's key, so it cannot be forged. It does not sign
//! the browser in; the browser only gets its own limit of failed attempts, so that somebody who guesses the
//! password from elsewhere cannot lock the user out.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use db::ids::UserId;
use secrecy::{ExposeSecret, SecretString};
use sync::secrets::Secrets;

use super::secret;

/// Purpose of the sealed text.
const PURPOSE: &str = "device cookie";

/// Maximum length of a cookie in bytes. Issued cookies are about a hundred bytes long.
const MAX_BYTES: usize = 256;

/// Makes and recognises device cookies.
pub(super) struct Devices(Secrets);

impl Devices {
    /// Uses this key to seal the cookies.
    pub(super) fn new(secrets: Secrets) -> Self {
        Self(secrets)
    }

    /// A new cookie for a browser that has just signed in to this account.
    pub(super) fn issue(&self, user_id: UserId) -> SecretString {
        let sealed = self.0.seal(&SecretString::from(user_id.to_string()), PURPOSE);
        BASE64_URL_SAFE_NO_PAD.encode(sealed).into()
    }

    /// The hash that identifies the device, when the cookie was issued for this account.
    pub(super) fn recognise(&self, cookie: &SecretString, user_id: UserId) -> Option<String> {
        let cookie = cookie.expose_secret();
        let sealed = BASE64_URL_SAFE_NO_PAD.decode(cookie).ok().filter(|_| cookie.len() <= MAX_BYTES)?;
        let account = self.0.open_sealed(&sealed, PURPOSE).ok()?;
        (account.expose_secret() == user_id.to_string()).then(|| secret::hash(cookie))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_cookie_is_valid_for_its_own_account_only() {
        let devices = Devices::new(Secrets::ephemeral());
        let (cookie, other) = (devices.issue(UserId(1)), devices.issue(UserId(1)));
        let id = devices.recognise(&cookie, UserId(1)).unwrap();
        assert_ne!(devices.recognise(&other, UserId(1)), Some(id));
        assert_eq!(devices.recognise(&cookie, UserId(2)), None);
        for forged in ["", "x", "MQ", &"A".repeat(100), &"A".repeat(100_000)] {
            assert_eq!(devices.recognise(&forged.into(), UserId(1)), None);
        }
        let elsewhere = Devices::new(Secrets::ephemeral());
        assert_eq!(elsewhere.recognise(&cookie, UserId(1)), None, "another server's key");
    }
}
