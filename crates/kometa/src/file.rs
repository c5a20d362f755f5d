//! Reading config.yml, and replacing it so that a crash or a full disk never leaves a truncated file.
//!
//! A new file is written next to the old one and renamed. A single file that is mounted into a container cannot be
//! replaced by renaming: it is written in place, and until that is done, a recovery copy in another folder contains
//! both versions.

mod lock;
mod recovery;
mod replace;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use lock::FileLock;

/// A config.yml on disk.
#[derive(Debug, Clone)]
pub struct ConfigFile {
    path: PathBuf,
    /// Folder of recovery copies: on a local disk, readable only by this user.
    recovery: PathBuf,
}

/// Why a file cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is not UTF-8 text.
    #[error("{} is not UTF-8 text; save it as UTF-8", .0.display())]
    NotText(PathBuf),
    /// It cannot be written.
    #[error("cannot write {}{access}: {source}. {remedy}", path.display())]
    NotWritable {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        access: Access,
        /// Why.
        source: io::Error,
        /// How to fix it.
        remedy: Remedy,
    },
    /// The new text could not be written; the recovery copy contains both versions.
    #[error(
        "{} could not be written: {source}. The renewed token pair is kept in {} and will be written by the next run",
        path.display(), copy.display()
    )]
    Kept {
        /// The file.
        path: PathBuf,
        /// Where the new text is stored.
        copy: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The permissions of a file, if known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Access {
    /// Its mode, user ID and group ID.
    pub owner: Option<(u32, u32, u32)>,
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.owner {
            Some((mode, user, group)) => write!(f, " (mode {:04o}, owner {user}:{group})", mode & 0o7777),
            None => Ok(()),
        }
    }
}

/// What the user can do to make a file writable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Remedy {
    /// The file system is mounted read-only.
    #[error("Mount it without `:ro`, or use --print and paste the block")]
    MountWritable,
    /// Another user owns it.
    #[error(
        "Give the user that runs Kinometa write permission (chown or chmod), or use --print and paste the block"
    )]
    ChangeOwner,
    /// The disk is full.
    #[error("Free up space on that disk")]
    FreeSpace,
    /// Anything else.
    #[error("Check the path and the disk")]
    Check,
}

impl Remedy {
    fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ReadOnlyFilesystem => Self::MountWritable,
            io::ErrorKind::PermissionDenied => Self::ChangeOwner,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::FreeSpace,
            _ => Self::Check,
        }
    }
}

impl ConfigFile {
    /// Opens the file at `path`, with `recovery` as the folder for recovery copies. Symbolic links are followed.
    ///
    /// # Errors
    /// [`FileError::Unreadable`] if there is no such file.
    pub fn open(path: &Path, recovery: &Path) -> Result<Self, FileError> {
        // The target of a link is replaced, so that the link itself is kept.
        let real = fs::canonicalize(path)
            .map_err(|source| FileError::Unreadable { path: path.to_owned(), source })?;
        Ok(Self { path: real, recovery: recovery.to_owned() })
    }

    /// Returns its path, with links resolved.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the whole text, with its byte-order mark if it has one.
    ///
    /// # Errors
    /// If it cannot be read or is not UTF-8.
    pub fn read(&self) -> Result<String, FileError> {
        read_text(&self.path)
    }

    /// Returns the text of the `.env` file next to it; empty if there is none.
    pub fn dot_env(&self) -> String {
        self.path.parent().and_then(|folder| fs::read_to_string(folder.join(".env")).ok()).unwrap_or_default()
    }

    /// Locks the file; waits while another Kinometa process holds the lock.
    ///
    /// # Errors
    /// If the file cannot be opened.
    pub fn lock(&self) -> Result<FileLock, FileError> {
        lock::take(&self.path).map_err(|source| FileError::Unreadable { path: self.path.clone(), source })
    }

    /// Checks that writing `text` would succeed, without changing anything.
    ///
    /// # Errors
    /// [`FileError::NotWritable`] if it would fail, for example because of a read-only mount, another owner or a
    /// full disk.
    pub fn probe(&self, text: &str) -> Result<(), FileError> {
        replace::probe(&self.path, &self.recovery, text).map_err(|source| self.not_writable(source))
    }

    /// Replaces the whole text and keeps mode and owner. The caller must hold the lock.
    ///
    /// # Errors
    /// [`FileError::Kept`] if only the recovery copy could be written, [`FileError::NotWritable`] if not even that.
    pub fn write(&self, old: &str, new: &str) -> Result<(), FileError> {
        let Err(source) = replace::replace(&self.path, &self.recovery, old, new) else { return Ok(()) };
        match recovery::keep(&self.path, &self.recovery, old, new) {
            Ok(copy) => Err(FileError::Kept { path: self.path.clone(), copy, source }),
            Err(_) => Err(self.not_writable(source)),
        }
    }

    /// Returns the old and the intended text of an interrupted write, if there was one.
    pub fn unfinished(&self) -> Option<Unfinished> {
        recovery::find(&self.path, &self.recovery)
    }

    /// Deletes the recovery copy. Call this once its text is in the file.
    pub fn delete_recovery_copy(&self) {
        recovery::remove(&self.path, &self.recovery);
    }

    fn not_writable(&self, source: io::Error) -> FileError {
        let remedy = Remedy::of(&source);
        FileError::NotWritable { path: self.path.clone(), access: access(&self.path), source, remedy }
    }
}

/// An interrupted write. It has no `Debug`, because it contains secrets.
pub struct Unfinished {
    /// The text before the write.
    pub old: String,
    /// The text that was to be written.
    pub new: String,
}

impl Unfinished {
    /// Returns whether an interrupted write can have left `text` in the file: the old text, the new one, or the
    /// beginning of the new one with or without the rest of the old one. Any other text was written by another
    /// program.
    pub fn explains(&self, text: &str) -> bool {
        let (old, new, text) = (self.old.as_bytes(), self.new.as_bytes(), text.as_bytes());
        let common = text.iter().zip(new).take_while(|(left, right)| left == right).count();
        text == old || common == text.len() || old.get(common..) == text.get(common..)
    }
}

/// Reads a text file.
///
/// # Errors
/// If it cannot be read or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let bytes = fs::read(path).map_err(|source| FileError::Unreadable { path: path.to_owned(), source })?;
    String::from_utf8(bytes).map_err(|_| FileError::NotText(path.to_owned()))
}

#[cfg(unix)]
fn access(path: &Path) -> Access {
    use std::os::unix::fs::MetadataExt;
    let owner = fs::metadata(path).ok().map(|found| (found.mode(), found.uid(), found.gid()));
    Access { owner }
}

#[cfg(not(unix))]
fn access(_: &Path) -> Access {
    Access::default()
}

#[cfg(test)]
mod tests;
