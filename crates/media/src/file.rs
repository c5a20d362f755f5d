//! Safe access to untrusted files: regular files only, and a limit on the bytes that are read.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// Opens a regular file. Opening a pipe would block until something writes to it, so the file type is checked
/// first.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
    }
    File::open(path)
}

/// Reads a whole regular file of at most `most` bytes, such as an NFO file, an image or subtitles.
///
/// # Errors
/// When the file cannot be read; `InvalidInput` for pipes, devices and folders;
/// `FileTooLarge` when it is larger than `most`.
pub fn read_at_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let mut bytes = Vec::new();
    // One extra byte distinguishes a file that is too large from one that fits exactly, even if it grows
    // meanwhile.
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the file is larger than expected"));
    }
    Ok(bytes)
}
