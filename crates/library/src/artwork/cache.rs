//! Images on disk: one folder per version, with the original and its resized copies.
//!
//! A version always identifies the same image, so nothing is ever invalidated. Unused versions are removed.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

/// The image cache on disk.
#[derive(Debug, Clone)]
pub(super) struct Cache {
    root: PathBuf,
}

impl Cache {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// A copy with this width, and the extension of its format.
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

    /// Stores a file of a version. Writes to a temporary name first, so that a crash leaves no partial file.
    pub(super) async fn put(&self, version: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(version, name);
        if let Some(folder) = path.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        let temporary = path.with_extension(format!("{:08x}.part", rand::random::<u32>()));
        tokio::fs::write(&temporary, bytes).await?;
        tokio::fs::rename(&temporary, &path).await
    }

    /// Removes all versions that are not in `used`, and returns their number. Blocks.
    pub(super) fn sweep(&self, used: &HashSet<String>) -> io::Result<usize> {
        let mut removed = 0;
        for group in folders(&self.root)? {
            for folder in folders(&group)? {
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
        // Grouping by the first two letters keeps folders small.
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
    async fn sweeping_removes_only_unused_images() {
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
