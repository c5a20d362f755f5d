//! Paths relative to a library's root, as the database stores them.
//!
//! A path that is not UTF-8 takes two columns: a readable and unique text, and the bytes for the file system.

use std::path::{Path, PathBuf};

/// The two columns of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathColumns {
    /// For display; bytes that are not UTF-8 are written as `\xNN`.
    pub text: String,
    /// For the file system, when the path is not UTF-8.
    pub bytes: Option<Vec<u8>>,
}

/// Splits a path into its columns.
pub fn to_columns(path: &Path) -> PathColumns {
    if let Some(text) = path.to_str() {
        return PathColumns { text: text.to_owned(), bytes: None };
    }
    let bytes = path.as_os_str().as_encoded_bytes();
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    PathColumns { text, bytes: Some(bytes.to_vec()) }
}

/// The path from its columns.
pub fn from_columns(text: &str, bytes: Option<&[u8]>) -> PathBuf {
    match bytes {
        Some(bytes) => from_bytes(bytes),
        None => PathBuf::from(text),
    }
}

#[cfg(unix)]
fn from_bytes(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// On other systems, such names cannot be restored, and the file counts as missing.
#[cfg(not(unix))]
fn from_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_that_differ_in_invalid_bytes_have_different_texts() {
        let one = to_columns(&from_bytes(b"film\xff.mkv"));
        let other = to_columns(&from_bytes(b"film\xfe.mkv"));
        assert_eq!(one.text, "film\\xFF.mkv");
        assert_ne!(one.text, other.text);
    }

    proptest! {
        #[test]
        fn every_path_survives_a_round_trip(bytes in proptest::collection::vec(1..=255_u8, 1..40)) {
            let path = from_bytes(&bytes);
            let columns = to_columns(&path);
            prop_assert_eq!(from_columns(&columns.text, columns.bytes.as_deref()), path);
        }
    }
}
