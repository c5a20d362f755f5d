//! Recognises a file after it was renamed or moved.

use std::fmt;
use std::io::{self, Read, Seek};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::reader::{ReadError, Reader};

/// Bytes hashed at each end. They contain headers and index, so different encodes of one film differ.
const HASHED_PER_END: u64 = 64 * 1024;

/// Size and a 128-bit hash of both ends of a file, equal for the same file under another name. It identifies
/// a file but does not protect against forgery.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The stored form: size and hash in hexadecimal.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn of<R: Read + Seek>(reader: &mut Reader<R>) -> io::Result<Self> {
        let len = reader.len();
        let end = len.min(HASHED_PER_END);
        let mut hash = Xxh3::new();
        hash.update(reader.get(0, end as usize).map_err(into_io)?);
        if len > HASHED_PER_END {
            let tail = (len - HASHED_PER_END).min(HASHED_PER_END);
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

/// Other errors mean that the file shrank while it was read.
fn into_io(error: ReadError) -> io::Error {
    match error {
        ReadError::Io(error) => error,
        other => io::Error::new(io::ErrorKind::UnexpectedEof, other),
    }
}
