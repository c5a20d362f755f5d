//! Markers that exclude a folder, or some of its files, from the library.

use std::fs::DirEntry;
use std::path::{Path, PathBuf};

use crate::read_at_most;

/// An empty file of this name hides its folder: Jellyfin's `.ignore`, Android's `.nomedia`.
const MARKERS: [&str; 2] = [".ignore", ".nomedia"];
/// Plex's list of patterns: one per line, `#` for comments.
const PLEX: &str = ".plexignore";

/// Limit in bytes. Real lists of patterns are much shorter; a larger file is something else.
const MAX_SIZE: u64 = 64 * 1024;

/// The patterns that apply in a folder: its own and those of the folders above.
#[derive(Debug, Clone, Default)]
pub(super) struct IgnoreList {
    /// The folder that contains the list, relative to the root, and one line of the list.
    patterns: Vec<(PathBuf, String)>,
}

impl IgnoreList {
    /// The patterns that apply in `root`/`folder`, or `None` if a marker hides the whole folder.
    pub(super) fn inside(&self, root: &Path, folder: &Path, entries: &[DirEntry]) -> Option<IgnoreList> {
        let mut list = self.clone();
        for entry in entries {
            let name = entry.file_name();
            if MARKERS.iter().any(|marker| name == *marker) {
                return None;
            }
            if name == PLEX
                && let Ok(bytes) = read_at_most(&root.join(folder).join(PLEX), MAX_SIZE)
            {
                let text = String::from_utf8_lossy(&bytes);
                let lines =
                    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
                list.patterns.extend(lines.map(|line| (folder.to_owned(), line.to_owned())));
            }
        }
        Some(list)
    }

    /// Whether a pattern matches `path`. A pattern without a slash is compared with the file's own name, one
    /// with a slash with the path relative to the pattern's folder.
    pub(super) fn matches(&self, path: &Path) -> bool {
        self.patterns.iter().any(|(folder, pattern)| {
            let subject = if pattern.contains('/') {
                path.strip_prefix(folder).ok()
            } else {
                path.file_name().map(Path::new)
            };
            subject.is_some_and(|subject| glob(pattern.as_bytes(), subject.to_string_lossy().as_bytes()))
        })
    }
}

/// Matches `*` with any run of bytes and `?` with one byte, ignoring ASCII case.
fn glob(pattern: &[u8], name: &[u8]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p + 1, n));
                p += 1;
            }
            Some(c) if *c == b'?' || c.eq_ignore_ascii_case(&name[n]) => {
                p += 1;
                n += 1;
            }
            _ => match retry {
                Some((star, at)) => {
                    retry = Some((star, at + 1));
                    p = star;
                    n = at + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == b'*')
}
