//! Device cookies: a browser that signed in to an account before is told apart from strangers who guess.
//!
//! The cookie is sealed with the server's key and names the account, so nobody can make one up. It does not sign in; it
//! only gives the browser failed attempts of its own, so that guesses from elsewhere cannot keep its owner out.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use db::ids::UserId;
use secrecy::{ExposeSecret, SecretString};
use sync::secrets::Secrets;

use super::secret;

/// Purpose of the sealed text.
const PURPOSE: &str = "device cookie";

/// Maximum length of a cookie in bytes; ours are about a hundred.
const MAX_BYTES: usize = 256;

/// Makes and recognises device cookies.
pub(super) struct Devices(Secrets);

impl Devices {
    /// With the key that seals the cookies.
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
    fn a_device_is_known_to_its_own_account_only() {
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
