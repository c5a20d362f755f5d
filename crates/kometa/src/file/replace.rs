//! Two ways to replace a file: by renaming, and in place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::recovery;

/// Checks that the file is writable and that there is space for `text`, without changing the file.
pub(super) fn probe(path: &Path, recovery: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?;
    match beside(path, text) {
        Ok(copy) => copy.close(),
        Err(error) if error.kind() == io::ErrorKind::StorageFull => Err(error),
        // The folder is not writable, so the file would be written in place: the recovery copy needs space for both
        // texts.
        Err(_) => {
            fs::create_dir_all(recovery)?;
            let mut copy = NamedTempFile::new_in(recovery)?;
            copy.write_all(text.as_bytes())?;
            copy.write_all(text.as_bytes())?;
            copy.as_file().sync_all()
        }
    }
}

/// Replaces the file's text: by renaming if possible, otherwise in place.
pub(super) fn replace(path: &Path, recovery: &Path, old: &str, new: &str) -> io::Result<()> {
    // A read-only file is never replaced, even if its folder is writable.
    OpenOptions::new().write(true).open(path)?;
    match beside(path, new) {
        Ok(copy) => match copy.persist(path) {
            Ok(_) => sync_folder(path),
            // A single mounted file cannot be replaced by renaming.
            Err(_) => in_place(path, recovery, old, new),
        },
        Err(error) if error.kind() == io::ErrorKind::StorageFull => Err(error),
        Err(_) => in_place(path, recovery, old, new),
    }
}

/// Writes a copy next to the file, with its mode and owner. Fails for a file with several hard links: renaming
/// would separate them.
fn beside(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let metadata = fs::metadata(path)?;
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    let mut copy = tempfile::Builder::new().prefix(".kinometa-").tempfile_in(folder)?;
    copy.write_all(text.as_bytes())?;
    keep_owner(&metadata, &copy)?;
    fs::set_permissions(copy.path(), metadata.permissions())?;
    copy.as_file().sync_all()?;
    Ok(copy)
}

#[cfg(unix)]
fn keep_owner(metadata: &fs::Metadata, copy: &NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    if metadata.nlink() > 1 {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let made = copy.as_file().metadata()?;
    if (made.uid(), made.gid()) == (metadata.uid(), metadata.gid()) {
        return Ok(());
    }
    std::os::unix::fs::chown(copy.path(), Some(metadata.uid()), Some(metadata.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_: &fs::Metadata, _: &NamedTempFile) -> io::Result<()> {
    Ok(())
}

/// Makes the rename durable.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// Overwrites the file. Until this is complete, a recovery copy contains both texts.
fn in_place(path: &Path, recovery: &Path, old: &str, new: &str) -> io::Result<()> {
    recovery::keep(path, recovery, old, new)?;
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(new.as_bytes())?;
    file.set_len(new.len() as u64)?;
    file.sync_all()?;
    recovery::remove(path, recovery);
    Ok(())
}
