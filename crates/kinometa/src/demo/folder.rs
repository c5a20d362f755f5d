//! The demo's data directory. `--reset` only ever deletes a directory that a demo created.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::DemoError;

/// Marker file of a demo directory. Contains the simulator's port.
const MARKER: &str = "kinometa-demo.port";

/// The demo's data directory.
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens a directory that is missing, empty, or was created by a demo.
    pub(super) fn open(path: &Path, reset: bool) -> Result<Self, DemoError> {
        let marker = path.join(MARKER);
        if !is_empty(path) && !marker.exists() {
            return Err(DemoError::NotADemo { folder: path.to_owned() });
        }
        if reset && marker.exists() {
            fs::remove_dir_all(path).map_err(|source| write_error(path, source))?;
        }
        fs::create_dir_all(path).map_err(|source| write_error(path, source))?;
        if !marker.exists() {
            fs::write(&marker, "0\n").map_err(|source| write_error(&marker, source))?;
        }
        Ok(Self { path: path.to_owned() })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Directory of the sample library.
    pub(super) fn library(&self) -> PathBuf {
        self.path.join("library")
    }

    /// File with the simulator's state.
    pub(super) fn simulator_state(&self) -> PathBuf {
        self.path.join("trakt-sim.json")
    }

    /// Port of the simulator in the previous run.
    pub(super) fn simulator_port(&self) -> Option<u16> {
        let text = fs::read_to_string(self.path.join(MARKER)).ok()?;
        text.trim().parse().ok().filter(|&port| port != 0)
    }

    /// Saves the simulator's port, because stored image URLs contain it.
    pub(super) fn remember_port(&self, port: u16) -> Result<(), DemoError> {
        let marker = self.path.join(MARKER);
        fs::write(&marker, format!("{port}\n")).map_err(|source| write_error(&marker, source))
    }
}

/// Whether the directory is missing or empty. Any file counts as content, so that no file of the user is deleted.
fn is_empty(path: &Path) -> bool {
    fs::read_dir(path).map_or(true, |mut entries| entries.next().is_none())
}

pub(super) fn write_error(path: &Path, source: io::Error) -> DemoError {
    DemoError::Write { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_with_other_files_is_rejected() {
        let folder = tempfile::tempdir().expect("create a directory");
        fs::write(folder.path().join("thesis.odt"), "years of work").expect("write the file");
        for reset in [false, true] {
            assert!(matches!(Folder::open(folder.path(), reset), Err(DemoError::NotADemo { .. })));
        }
        assert!(folder.path().join("thesis.odt").exists());
    }

    #[test]
    fn a_second_start_keeps_the_data_and_reset_deletes_it() {
        let folder = tempfile::tempdir().expect("create a directory");
        let path = folder.path().join("demo");
        Folder::open(&path, false).expect("create the demo").remember_port(7123).expect("save the port");
        fs::write(path.join("kinometa.db"), "rows").expect("write the file");
        assert_eq!(Folder::open(&path, false).expect("reopen the demo").simulator_port(), Some(7123));
        assert!(path.join("kinometa.db").exists());
        assert_eq!(Folder::open(&path, true).expect("reset the demo").simulator_port(), None);
        assert!(!path.join("kinometa.db").exists());
    }
}
