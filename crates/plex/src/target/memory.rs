//! State that must be kept between runs: which collections are being created, which images were sent, and which
//! playlists are managed.
//!
//! Plex cannot create and label a collection in one call. If a run is killed in between, the next one would treat the
//! collection as manually created, so the intention is stored first. Images cannot be compared with those on Plex,
//! which stores its own copies, so the hashes of sent images are stored.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::desired::{Desired, Members};
use crate::endpoints::Picture;
use crate::error::{Error, Result};

#[derive(Debug, Default, Serialize, Deserialize)]
struct Stored {
    /// Collections whose creation has started: by library and name, their intended members.
    #[serde(default)]
    making: BTreeMap<String, BTreeMap<String, BTreeSet<u64>>>,
    /// Hashes of the last sent images, by library, collection and kind.
    #[serde(default)]
    images: BTreeMap<String, String>,
    /// Playlists that were created or adopted, by server. On Plex, playlists cannot have labels.
    #[serde(default)]
    playlists: BTreeMap<String, BTreeSet<String>>,
}

/// The state that is kept between runs, in a file or only in this process.
#[derive(Debug, Default)]
pub struct Memory {
    /// `None` if nothing is written.
    file: Option<PathBuf>,
    stored: Stored,
}

impl Memory {
    /// A memory that is lost when the process ends.
    pub fn transient() -> Self {
        Self::default()
    }

    /// A memory in a file. A file with invalid contents counts as empty: at worst, an unnecessary confirmation is
    /// requested and images are sent again.
    ///
    /// # Errors
    /// [`Error::Memory`] if the file exists and cannot be opened.
    pub fn open(file: impl Into<PathBuf>) -> Result<Self> {
        let file = file.into();
        let stored = match std::fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Stored::default(),
            Err(source) => return Err(memory_error(&file, source)),
        };
        Ok(Self { file: Some(file), stored })
    }

    /// Never writes the file, for dry runs.
    pub fn read_only(self) -> Self {
        Self { file: None, ..self }
    }

    /// Whether an existing collection without a label is one whose creation was interrupted. It must contain only
    /// intended members.
    pub(super) fn is_creating(&self, library: &str, title: &str, members: &[u64]) -> bool {
        let intended = self.stored.making.get(library).and_then(|titles| titles.get(title));
        intended.is_some_and(|intended| {
            intended.is_empty() || members.iter().all(|member| intended.contains(member))
        })
    }

    /// Whether a playlist was created or adopted.
    pub fn manages_playlist(&self, machine: &str, title: &str) -> bool {
        self.stored.playlists.get(machine).is_some_and(|titles| titles.contains(title))
    }

    /// Remembers that a playlist is managed. To be called before the playlist is created.
    ///
    /// # Errors
    /// [`Error::Memory`] if it cannot be saved.
    pub fn remember_playlist(&mut self, machine: &str, title: &str) -> Result<()> {
        let new = self.stored.playlists.entry(machine.to_owned()).or_default().insert(title.to_owned());
        if new { self.save() } else { Ok(()) }
    }

    /// Forgets a playlist that was deleted.
    ///
    /// # Errors
    /// [`Error::Memory`] if it cannot be saved.
    pub fn forget_playlist(&mut self, machine: &str, title: &str) -> Result<()> {
        let removed = self.stored.playlists.get_mut(machine).is_some_and(|titles| titles.remove(title));
        if removed { self.save() } else { Ok(()) }
    }

    /// Remembers that the creation of a collection begins.
    pub(super) fn begin_creation(&mut self, library: &str, desired: &Desired) -> Result<()> {
        let members = match &desired.members {
            Members::Listed(keys) => keys.iter().copied().collect(),
            // Any members: Plex fills a smart collection by its filter.
            Members::Smart(_) => BTreeSet::new(),
        };
        self.stored.making.entry(library.to_owned()).or_default().insert(desired.title.clone(), members);
        self.save()
    }

    /// Forgets the creation of a collection, which has its label now.
    pub(super) fn finish_creation(&mut self, library: &str, title: &str) -> Result<()> {
        let removed = self.stored.making.get_mut(library).and_then(|titles| titles.remove(title));
        if removed.is_some() { self.save() } else { Ok(()) }
    }

    /// Whether this image was the last one sent for this key.
    pub(super) fn was_sent(&self, key: &str, picture: &Picture) -> bool {
        self.stored.images.get(key) == Some(&hash(picture))
    }

    pub(super) fn record_sent(&mut self, key: String, picture: &Picture) -> Result<()> {
        self.stored.images.insert(key, hash(picture));
        self.save()
    }

    fn save(&self) -> Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        write(file, &self.stored).map_err(|source| memory_error(file, source))
    }
}

/// Replaces the file atomically: a crash leaves either the old or the new one.
fn write(file: &Path, stored: &Stored) -> std::io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    temporary.write_all(&serde_json::to_vec(stored)?)?;
    temporary.as_file().sync_all()?;
    temporary.persist(file).map_err(|error| error.error)?;
    Ok(())
}

fn memory_error(file: &Path, source: std::io::Error) -> Error {
    Error::Memory { file: file.display().to_string(), source }
}

fn hash(picture: &Picture) -> String {
    let mut hash = Sha256::new();
    match picture {
        Picture::Url(url) => hash.update(format!("url {url}")),
        Picture::Bytes(bytes) => {
            hash.update("bytes ");
            hash.update(bytes);
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
