//! Pictures on disk: one folder per version with the original and its resized copies.
//!
//! A version identifies one picture forever, so nothing is ever invalidated. Versions that no title uses are swept.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

/// Pictures on disk.
#[derive(Debug, Clone)]
pub(super) struct Cache {
    root: PathBuf,
}

impl Cache {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// A copy of a width, with its format's extension.
    pub(super) async fn copy(&self, version: &str, width: u32) -> Option<(Vec<u8>, &'static str)> {
        for extension in ["jpg", "png"] {
            if let Ok(bytes) = tokio::fs::read(self.path(version, &format!("{width}.{extension}"))).await {
                return Some((bytes, extension));
            }
        }
        None
    }

    pub(super) async fn original(&self, version: &str) -> Option<Vec<u8>> {
        tokio::fs::read(self.path(version, "original")).await.ok()
    }

    /// Writes to a temporary name first, so that a crash leaves no partial picture.
    pub(super) async fn put(&self, version: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(version, name);
        if let Some(folder) = path.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        let temporary = path.with_extension(format!("{:08x}.part", rand::random::<u32>()));
        tokio::fs::write(&temporary, bytes).await?;
        tokio::fs::rename(&temporary, &path).await
    }

    /// Removes every version that is not in use. Blocks.
    pub(super) fn sweep(&self, used: &HashSet<String>) -> io::Result<usize> {
        let mut removed = 0;
        for shelf in folders(&self.root)? {
            for folder in folders(&shelf)? {
                let version = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                if !used.contains(version) {
                    std::fs::remove_dir_all(&folder)?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }

    fn path(&self, version: &str, name: &str) -> PathBuf {
        // Subfolders by the first two letters keep folders small.
        self.root.join(&version[..version.len().min(2)]).join(version).join(name)
    }
}

fn folders(path: &Path) -> io::Result<Vec<PathBuf>> {
    match std::fs::read_dir(path) {
        Ok(entries) => Ok(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn pictures_are_found_until_they_are_unused_and_swept() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().join("images"));
        cache.put("aabb", "120.jpg", b"small").await.unwrap();
        cache.put("ccdd", "original", b"large").await.unwrap();
        assert_eq!(cache.copy("aabb", 120).await, Some((b"small".to_vec(), "jpg")));
        assert_eq!(cache.copy("aabb", 200).await, None);
        assert_eq!(cache.sweep(&HashSet::from(["aabb".to_owned()])).unwrap(), 1);
        assert_eq!(cache.original("ccdd").await, None);
        assert!(cache.copy("aabb", 120).await.is_some());
    }
}
