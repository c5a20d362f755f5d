//! Recognises a file after it was renamed or moved.

use std::fmt;
use std::io::{self, Read, Seek};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::reader::{ReadError, Reader};

/// Bytes hashed at either end. Headers and index are there, so encodes of the same film differ.
const END: u64 = 64 * 1024;

/// Size and a 128-bit hash of both ends: equal for the same file under another name. It is an identity, not a
/// protection against forgery.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// As it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn of<R: Read + Seek>(reader: &mut Reader<R>) -> io::Result<Self> {
        let len = reader.len();
        let end = len.min(END);
        let mut hash = Xxh3::new();
        hash.update(reader.get(0, end as usize).map_err(into_io)?);
        if len > END {
            let tail = (len - END).min(END);
            hash.update(reader.get(len - tail, tail as usize).map_err(into_io)?);
        }
        Ok(Self(format!("{len:x}-{:032x}", hash.digest128())))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The file may shrink while it is read.
fn into_io(error: ReadError) -> io::Error {
    match error {
        ReadError::Io(error) => error,
        other => io::Error::new(io::ErrorKind::UnexpectedEof, other),
    }
}
