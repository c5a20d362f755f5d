//! Recovery copies: they contain the old and new text of a file while it is written in place.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Unfinished;

/// Writes both texts to disk durably. Only the owner can read the copy.
pub(super) fn keep(path: &Path, folder: &Path, old: &str, new: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let mut copy = NamedTempFile::new_in(folder)?;
    write!(copy, "{}\n{}\n{old}{new}", old.len(), new.len())?;
    copy.as_file().sync_all()?;
    let name = copy_of(path, folder);
    copy.persist(&name).map_err(|failed| failed.error)?;
    Ok(name)
}

/// Reads the recovery copy of `path`, if a write was interrupted.
pub(super) fn find(path: &Path, folder: &Path) -> Option<Unfinished> {
    let text = fs::read_to_string(copy_of(path, folder)).ok()?;
    let (old, rest) = text.split_once('\n')?;
    let (new, both) = rest.split_once('\n')?;
    let (old, new): (usize, usize) = (old.parse().ok()?, new.parse().ok()?);
    let whole = both.len() == old.checked_add(new)? && both.is_char_boundary(old);
    whole.then(|| Unfinished { old: both[..old].to_owned(), new: both[old..].to_owned() })
}

/// Deletes the copy.
pub(super) fn remove(path: &Path, folder: &Path) {
    // If this fails, the next process finds the copy and writes the same text again.
    let _ = fs::remove_file(copy_of(path, folder));
}

/// Returns the path of the copy. Its name is the file's path; characters other than letters, digits and dots are
/// encoded.
fn copy_of(path: &Path, folder: &Path) -> PathBuf {
    let name: String = path
        .to_string_lossy()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '.' { c.to_string() } else { format!("_{:x}", u32::from(c)) }
        })
        .collect();
    // File names are limited to 255 bytes. The end of a path is its most distinctive part.
    let start = name.len().saturating_sub(200);
    folder.join(format!("kometa-{}.recovery", &name[start..]))
}
