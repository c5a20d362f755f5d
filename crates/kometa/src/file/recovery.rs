//! Recovery copies: the old and new text of a file while it is written in place.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Unfinished;

/// Stores both texts durably. The copy is readable only by its owner.
pub(super) fn keep(path: &Path, folder: &Path, old: &str, new: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let mut copy = NamedTempFile::new_in(folder)?;
    write!(copy, "{}\n{}\n{old}{new}", old.len(), new.len())?;
    copy.as_file().sync_all()?;
    let name = copy_of(path, folder);
    copy.persist(&name).map_err(|failed| failed.error)?;
    Ok(name)
}

/// The copy of `path`, if a write was interrupted.
pub(super) fn find(path: &Path, folder: &Path) -> Option<Unfinished> {
    let text = fs::read_to_string(copy_of(path, folder)).ok()?;
    let (old, rest) = text.split_once('\n')?;
    let (new, both) = rest.split_once('\n')?;
    let (old, new): (usize, usize) = (old.parse().ok()?, new.parse().ok()?);
    let whole = both.len() == old.checked_add(new)? && both.is_char_boundary(old);
    whole.then(|| Unfinished { old: both[..old].to_owned(), new: both[old..].to_owned() })
}

/// Removes the copy.
pub(super) fn remove(path: &Path, folder: &Path) {
    // One that stays is found again, and explains a file that is already right.
    let _ = fs::remove_file(copy_of(path, folder));
}

/// The copy's name: the path with everything that is no letter or digit written as its number.
fn copy_of(path: &Path, folder: &Path) -> PathBuf {
    let name: String = path
        .to_string_lossy()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '.' { c.to_string() } else { format!("_{:x}", u32::from(c)) }
        })
        .collect();
    // Names end at 255 bytes; the end of the path tells files apart best.
    let start = name.len().saturating_sub(200);
    folder.join(format!("kometa-{}.recovery", &name[start..]))
}
