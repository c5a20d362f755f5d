//! Encryption at rest: a key file next to the database, and an envelope around each secret.
//!
//! The format of the envelope is frozen: one version byte, a 24-byte nonce, then XChaCha20-Poly1305 ciphertext. The
//! purpose of the secret is the associated data, so that one user's token cannot be passed off as another's, nor as the
//! application's secret.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::Path,
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Generate, Payload},
};
use secrecy::{ExposeSecret, SecretBox, SecretString};

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;
const KEY_BYTES: usize = 32;

/// Why a secret could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The key file could not be read or created.
    #[error("the key file {path} cannot be used: {source}")]
    KeyFile {
        /// Its path.
        path: String,
        /// What failed.
        source: std::io::Error,
    },
    /// The key file does not contain a key.
    #[error("the key file {0} is damaged: it must hold exactly 32 bytes; restore it from a backup")]
    Damaged(String),
    /// The key file is readable by other users.
    #[error("the key file {0} can be read by other users of this machine: run chmod 600 on it")]
    Exposed(String),
    /// The envelope was not sealed with this key for this purpose, or was changed.
    #[error("a stored secret cannot be opened: the key file is not the one it was sealed with")]
    WrongKey,
    /// Written by a later version of Kinometa.
    #[error("a stored secret has the unknown format {0}: it was written by a later version of Kinometa")]
    UnknownFormat(u8),
}

/// The key that seals every secret of this server.
pub struct Secrets(SecretBox<[u8; KEY_BYTES]>);

impl Secrets {
    /// Reads the key file, or creates one (mode 0600) if there is none.
    pub fn open(path: &Path) -> Result<Self, SecretsError> {
        match fs::read(path) {
            Ok(bytes) => {
                refuse_exposed(path)?;
                let damaged = |_| SecretsError::Damaged(path.display().to_string());
                let key: [u8; KEY_BYTES] = bytes.try_into().map_err(damaged)?;
                Ok(Self(SecretBox::new(Box::new(key))))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Self::create(path),
            Err(source) => Err(SecretsError::KeyFile { path: path.display().to_string(), source }),
        }
    }

    /// A temporary key, for tests.
    pub fn ephemeral() -> Self {
        Self(SecretBox::new(Box::new(fresh_key())))
    }

    /// Seals `secret` for `purpose`, which is needed again to open it.
    pub fn seal(&self, secret: &SecretString, purpose: &str) -> Vec<u8> {
        let nonce = XNonce::generate();
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: purpose.as_bytes() };
        let sealed =
            self.cipher().encrypt(&nonce, payload).expect("a secret is far shorter than the cipher's limit");
        [&[VERSION], nonce.as_slice(), &sealed].concat()
    }

    /// Opens an envelope that [`seal`](Self::seal) made for `purpose`.
    pub fn open_sealed(&self, envelope: &[u8], purpose: &str) -> Result<SecretString, SecretsError> {
        let (&version, rest) = envelope.split_first().ok_or(SecretsError::WrongKey)?;
        if version != VERSION {
            return Err(SecretsError::UnknownFormat(version));
        }
        let (nonce, sealed) = rest.split_at_checked(NONCE_BYTES).ok_or(SecretsError::WrongKey)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| SecretsError::WrongKey)?;
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        let plain = self.cipher().decrypt(&nonce, payload).map_err(|_| SecretsError::WrongKey)?;
        String::from_utf8(plain).map(SecretString::from).map_err(|_| SecretsError::WrongKey)
    }

    fn create(path: &Path) -> Result<Self, SecretsError> {
        let failed = |source| SecretsError::KeyFile { path: path.display().to_string(), source };
        let key = fresh_key();
        match private_file(path).and_then(|mut file| {
            file.write_all(&key)?;
            file.sync_all()
        }) {
            Ok(()) => Ok(Self(SecretBox::new(Box::new(key)))),
            // Another process was quicker: its key is the key.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Self::open(path),
            Err(error) => Err(failed(error)),
        }
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.0.expose_secret().into())
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets([redacted])")
    }
}

fn fresh_key() -> [u8; KEY_BYTES] {
    rand::random()
}

#[cfg(unix)]
fn private_file(path: &Path) -> std::io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> std::io::Result<fs::File> {
    fs::OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(unix)]
fn refuse_exposed(path: &Path) -> Result<(), SecretsError> {
    use std::os::unix::fs::PermissionsExt;
    let source = |source| SecretsError::KeyFile { path: path.display().to_string(), source };
    let mode = fs::metadata(path).map_err(source)?.permissions().mode();
    if mode & 0o077 == 0 { Ok(()) } else { Err(SecretsError::Exposed(path.display().to_string())) }
}

#[cfg(not(unix))]
fn refuse_exposed(_: &Path) -> Result<(), SecretsError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> SecretString {
        SecretString::from("s3cret")
    }

    #[test]
    fn a_sealed_secret_opens_only_for_its_purpose() {
        let secrets = Secrets::ephemeral();
        let envelope = secrets.seal(&secret(), "token/1");
        assert_eq!(secrets.open_sealed(&envelope, "token/1").unwrap().expose_secret(), "s3cret");
        assert!(matches!(secrets.open_sealed(&envelope, "token/2"), Err(SecretsError::WrongKey)));
        assert!(matches!(
            Secrets::ephemeral().open_sealed(&envelope, "token/1"),
            Err(SecretsError::WrongKey)
        ));
        assert_ne!(envelope, secrets.seal(&secret(), "token/1"), "every envelope has its own nonce");
    }

    #[test]
    fn a_changed_or_truncated_envelope_is_rejected() {
        let secrets = Secrets::ephemeral();
        let envelope = secrets.seal(&secret(), "token/1");
        for end in 0..envelope.len() {
            assert!(secrets.open_sealed(&envelope[..end], "token/1").is_err());
        }
        let mut newer = envelope;
        newer[0] = 9;
        assert!(matches!(secrets.open_sealed(&newer, "token/1"), Err(SecretsError::UnknownFormat(9))));
    }

    #[test]
    fn the_format_is_frozen() {
        let secrets = Secrets(SecretBox::new(Box::new([7; KEY_BYTES])));
        let envelope = include_bytes!("../tests/fixtures/envelope-v1.bin");
        assert_eq!(secrets.open_sealed(envelope, "frozen").unwrap().expose_secret(), "a secret of version 1");
    }

    #[cfg(unix)]
    #[test]
    fn the_key_file_is_private_and_reused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let envelope = Secrets::open(&path).unwrap().seal(&secret(), "p");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(
            Secrets::open(&path).unwrap().open_sealed(&envelope, "p").unwrap().expose_secret(),
            "s3cret"
        );

        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(Secrets::open(&path), Err(SecretsError::Exposed(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, b"short").unwrap();
        assert!(matches!(Secrets::open(&path), Err(SecretsError::Damaged(_))));
    }
}
