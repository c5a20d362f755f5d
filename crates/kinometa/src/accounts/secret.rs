//! Random secrets for session cookies and API tokens. Only their hashes are stored.

use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// Prefix of every API token, so that users and secret scanners recognise it.
const API_TOKEN_PREFIX: &str = "kino_";

/// Length of the token prefix that is stored and shown in lists.
const PREFIX_LENGTH: usize = API_TOKEN_PREFIX.len() + 4;

/// A new session secret: 256 random bits in URL-safe Base64.
pub(super) fn session_token() -> SecretString {
    SecretString::from(random())
}

/// A new API token.
pub(super) fn api_token() -> SecretString {
    SecretString::from(format!("{API_TOKEN_PREFIX}{}", random()))
}

/// The part of an API token that is shown in lists.
pub(super) fn shown_prefix(token: &SecretString) -> String {
    token.expose_secret().chars().take(PREFIX_LENGTH).collect()
}

/// SHA-256 in hexadecimal. The secrets are random and cannot be guessed, so a slow hash would not add security.
pub(super) fn hash(secret: &str) -> String {
    let digest = Sha256::digest(secret.as_bytes());
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string");
        text
    })
}

fn random() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_256_bits_and_differ() {
        let (one, two) = (session_token(), session_token());
        assert_eq!(BASE64_URL_SAFE_NO_PAD.decode(one.expose_secret()).unwrap().len(), 32);
        assert_ne!(one.expose_secret(), two.expose_secret());
    }

    #[test]
    fn the_shown_prefix_is_short() {
        let token = api_token();
        assert_eq!(shown_prefix(&token).len(), 9);
        assert!(token.expose_secret().starts_with(&shown_prefix(&token)));
    }

    #[test]
    fn the_hash_is_sha_256() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash("abc"), abc);
    }
}
