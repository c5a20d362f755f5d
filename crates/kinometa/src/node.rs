//! The name under which this process holds things in the database.
//!
//! An account's lease is held for minutes, so that two servers on one PostgreSQL never work on the same account. A server
//! that was killed would find its own lease taken by a stranger and say nothing to Trakt until it ends. On SQLite there
//! is a better way: the server that holds the lock beside the database is the only one, so it always bears the same
//! name and takes up what it held before. PostgreSQL has no such sign: a copied data folder would make two of one name.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// The name of whoever holds the lock beside the database.
const ALONE: &str = "alone";

/// This process among those on one database.
#[derive(Debug)]
pub struct Node {
    name: String,
    /// Held for as long as the name is used; the system lets go of it however the process ends.
    _lock: Option<File>,
}

impl Node {
    /// The name for a process that works on this database.
    pub fn claim(database: &str) -> Self {
        match lock_file(database).and_then(|path| lock(&path)) {
            Some(lock) => Self { name: ALONE.to_owned(), _lock: Some(lock) },
            None => Self { name: format!("{:016x}", rand::random::<u64>()), _lock: None },
        }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

fn lock_file(database: &str) -> Option<PathBuf> {
    let path = database.strip_prefix("sqlite://")?;
    let path = path.split('?').next().unwrap_or(path);
    Some(PathBuf::from(format!("{path}.lock")))
}

/// The lock, unless another process holds it or there can be none.
fn lock(path: &Path) -> Option<File> {
    let file = File::options().create(true).truncate(false).write(true).open(path);
    let locked = file.and_then(|file| match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    });
    locked.unwrap_or_else(|error| {
        tracing::debug!(path = %path.display(), %error, "no lock beside the database");
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_keeps_its_name_over_a_restart_and_a_second_one_gets_another() {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("kinometa.db").display());
        let first = Node::claim(&database);
        let name = first.name().to_owned();
        let second = Node::claim(&database);
        assert_ne!(second.name(), name);
        drop((first, second));
        assert_eq!(Node::claim(&database).name(), name);
    }

    #[test]
    fn servers_on_postgresql_never_share_a_name() {
        let database = "postgres://127.0.0.1/kinometa";
        assert_ne!(Node::claim(database).name(), Node::claim(database).name());
    }
}
