//! State that has to survive between runs: which collections are being created, and which images were sent.
//!
//! Plex cannot create and label a collection in one call. If a run is killed in between, the next one would mistake its
//! own collection for a manually created one, so the intention is written first. Images cannot be compared with Plex's,
//! because Plex stores its own copies: their hashes are remembered instead.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::desired::{Desired, Members};
use crate::endpoints::Picture;
use crate::error::{Error, Result};

#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// Collections whose creation has started: library, name, and their intended members.
    #[serde(default)]
    making: BTreeMap<String, BTreeMap<String, BTreeSet<u64>>>,
    /// Hashes of the last sent images, by library, collection and kind.
    #[serde(default)]
    images: BTreeMap<String, String>,
    /// Playlists that were created here or taken over, by server. Plex has no labels for them.
    #[serde(default)]
    playlists: BTreeMap<String, BTreeSet<String>>,
}

/// The memory, in a file or only in this process.
#[derive(Debug, Default)]
pub struct Memory {
    /// `None` if nothing is written.
    file: Option<PathBuf>,
    kept: Kept,
}

impl Memory {
    /// A memory that is lost when the process ends.
    pub fn transient() -> Self {
        Self::default()
    }

    /// A memory in a file. An unreadable one counts as empty: at worst, an unnecessary confirmation is requested and
    /// images are sent again.
    ///
    /// # Errors
    /// [`Error::Memory`] if the file exists and cannot be opened.
    pub fn open(file: impl Into<PathBuf>) -> Result<Self> {
        let file = file.into();
        let kept = match std::fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Kept::default(),
            Err(source) => return Err(told(&file, source)),
        };
        Ok(Self { file: Some(file), kept })
    }

    /// The same without writing, for dry runs.
    pub fn read_only(self) -> Self {
        Self { file: None, ..self }
    }

    /// Whether the existing unlabelled collection is one whose creation was interrupted: it contains only intended
    /// members.
    pub(super) fn is_making(&self, library: &str, title: &str, members: &[u64]) -> bool {
        let meant = self.kept.making.get(library).and_then(|titles| titles.get(title));
        meant.is_some_and(|meant| meant.is_empty() || members.iter().all(|member| meant.contains(member)))
    }

    /// Whether a playlist was created here or taken over.
    pub fn keeps_playlist(&self, machine: &str, title: &str) -> bool {
        self.kept.playlists.get(machine).is_some_and(|titles| titles.contains(title))
    }

    /// Remembers that a playlist is managed here. To be called before it is created.
    ///
    /// # Errors
    /// [`Error::Memory`] if it cannot be saved.
    pub fn keep_playlist(&mut self, machine: &str, title: &str) -> Result<()> {
        let new = self.kept.playlists.entry(machine.to_owned()).or_default().insert(title.to_owned());
        if new { self.save() } else { Ok(()) }
    }

    /// Forgets a playlist that was deleted.
    ///
    /// # Errors
    /// [`Error::Memory`] if it cannot be saved.
    pub fn forget_playlist(&mut self, machine: &str, title: &str) -> Result<()> {
        let gone = self.kept.playlists.get_mut(machine).is_some_and(|titles| titles.remove(title));
        if gone { self.save() } else { Ok(()) }
    }

    pub(super) fn begin(&mut self, library: &str, desired: &Desired) -> Result<()> {
        let members = match &desired.members {
            Members::Listed(keys) => keys.iter().copied().collect(),
            // Whatever the filter finds.
            Members::Smart(_) => BTreeSet::new(),
        };
        self.kept.making.entry(library.to_owned()).or_default().insert(desired.title.clone(), members);
        self.save()
    }

    pub(super) fn made(&mut self, library: &str, title: &str) -> Result<()> {
        let gone = self.kept.making.get_mut(library).and_then(|titles| titles.remove(title));
        if gone.is_some() { self.save() } else { Ok(()) }
    }

    pub(super) fn was_sent(&self, place: &str, picture: &Picture) -> bool {
        self.kept.images.get(place) == Some(&hash(picture))
    }

    pub(super) fn sent(&mut self, place: String, picture: &Picture) -> Result<()> {
        self.kept.images.insert(place, hash(picture));
        self.save()
    }

    fn save(&self) -> Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        write(file, &self.kept).map_err(|source| told(file, source))
    }
}

/// Replaces the file as a whole: a crash leaves the old or the new one.
fn write(file: &Path, kept: &Kept) -> std::io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(&serde_json::to_vec(kept)?)?;
    beside.as_file().sync_all()?;
    beside.persist(file).map_err(|error| error.error)?;
    Ok(())
}

fn told(file: &Path, source: std::io::Error) -> Error {
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
