//! The demo's folder. Only what a demo made is ever removed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::DemoError;

/// Marks a folder as the demo's own, and remembers the simulator's port.
const MARK: &str = "kinometa-demo.port";

/// The demo's data folder.
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Takes an empty folder, or one that a demo made before.
    pub(super) fn open(path: &Path, reset: bool) -> Result<Self, DemoError> {
        let mark = path.join(MARK);
        if !is_empty(path) && !mark.exists() {
            return Err(DemoError::NotOurs { folder: path.to_owned() });
        }
        if reset && mark.exists() {
            fs::remove_dir_all(path).map_err(|source| write_error(path, source))?;
        }
        fs::create_dir_all(path).map_err(|source| write_error(path, source))?;
        if !mark.exists() {
            fs::write(&mark, "0\n").map_err(|source| write_error(&mark, source))?;
        }
        Ok(Self { path: path.to_owned() })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the sample library lies.
    pub(super) fn library(&self) -> PathBuf {
        self.path.join("library")
    }

    /// Where the simulator keeps its state.
    pub(super) fn simulator_state(&self) -> PathBuf {
        self.path.join("trakt-sim.json")
    }

    /// The port that the simulator had last time.
    pub(super) fn simulator_port(&self) -> Option<u16> {
        let text = fs::read_to_string(self.path.join(MARK)).ok()?;
        text.trim().parse().ok().filter(|&port| port != 0)
    }

    /// Remembers the simulator's port: addresses of pictures hold it.
    pub(super) fn remember_port(&self, port: u16) -> Result<(), DemoError> {
        let mark = self.path.join(MARK);
        fs::write(&mark, format!("{port}\n")).map_err(|source| write_error(&mark, source))
    }
}

/// Also true when there is no such folder. A log or a lost file counts as content: better to ask than to delete.
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
    fn a_folder_with_somebody_elses_files_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("thesis.odt"), "years of work").expect("written");
        for reset in [false, true] {
            assert!(matches!(Folder::open(folder.path(), reset), Err(DemoError::NotOurs { .. })));
        }
        assert!(folder.path().join("thesis.odt").exists());
    }

    #[test]
    fn a_second_start_keeps_what_is_there_and_reset_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("demo");
        Folder::open(&path, false).expect("a new folder").remember_port(7123).expect("remembered");
        fs::write(path.join("kinometa.db"), "rows").expect("written");
        assert_eq!(Folder::open(&path, false).expect("ours").simulator_port(), Some(7123));
        assert!(path.join("kinometa.db").exists());
        assert_eq!(Folder::open(&path, true).expect("ours").simulator_port(), None);
        assert!(!path.join("kinometa.db").exists());
    }
}
