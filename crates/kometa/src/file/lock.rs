//! A lock shared by processes that use the same config.yml. The file itself is locked, so that no lock file can be
//! left behind.

use std::fs::File;
use std::io;
use std::path::Path;

/// Must be held while the token pair is read, renewed and written. Dropping it releases the lock.
#[derive(Debug)]
pub struct FileLock {
    _file: File,
}

/// Waits for the lock. If the previous holder replaced the file by renaming, a lock on the old file has no effect,
/// so the new file is locked instead.
pub(super) fn take(path: &Path) -> io::Result<FileLock> {
    loop {
        let file = File::open(path)?;
        match file.lock() {
            // Some network file systems do not support locks; continue without one.
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
