//! A lock shared by processes that use the same config.yml: the file itself is locked, so that no lock file is left
//! behind.

use std::fs::File;
use std::io;
use std::path::Path;

/// Held while the file is read, renewed and written. Dropping it lets the next process in.
#[derive(Debug)]
pub struct FileLock {
    _file: File,
}

/// Waits for the lock. If its previous holder renamed a new file into place, a lock on the old one has no effect, so
/// the new one is locked.
pub(super) fn take(path: &Path) -> io::Result<FileLock> {
    loop {
        let file = File::open(path)?;
        match file.lock() {
            // Some network file systems have no locks; then nothing can keep others out.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            locked => locked?,
        }
        if is_at(&file, path)? {
            return Ok(FileLock { _file: file });
        }
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let (held, found) = (file.metadata()?, std::fs::metadata(path)?);
    Ok((held.dev(), held.ino()) == (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}
