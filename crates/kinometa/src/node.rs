//! The node name under which this process holds leases in the database.
//!
//! Leases last for minutes so that two servers on one PostgreSQL database never work on the same account. With a
//! random name, a server that was killed would have to wait for its own lease to expire before it could sync
//! again. With SQLite this can be avoided: the process that holds the lock file next to the database is the only
//! server, so it always uses the same name and takes over its earlier leases. PostgreSQL has no such lock, and a
//! name stored in the data directory could exist twice if the directory were copied.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// Node name of the process that holds the lock file. Stored in leases, so it must not change.
const SOLE_NODE: &str = "alone";

/// Identity of this process among the servers that share a database.
#[derive(Debug)]
pub struct Node {
    name: String,
    /// Held as long as the name is in use. The operating system releases the lock even after a crash.
    _lock: Option<File>,
}

impl Node {
    /// Determines the node name for a process that uses this database URL.
    pub fn claim(database: &str) -> Self {
        match lock_file(database).and_then(|path| lock(&path)) {
            Some(lock) => Self { name: SOLE_NODE.to_owned(), _lock: Some(lock) },
            None => Self { name: format!("{:016x}", rand::random::<u64>()), _lock: None },
        }
    }

    /// The node name stored in leases.
    pub fn name(&self) -> &str {
        &self.name
    }
}

fn lock_file(database: &str) -> Option<PathBuf> {
    let path = database.strip_prefix("sqlite://")?;
    let path = path.split('?').next().unwrap_or(path);
    Some(PathBuf::from(format!("{path}.lock")))
}

/// Takes the lock. `None` when another process holds it or the file system does not support locks.
fn lock(path: &Path) -> Option<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path);
    let locked = file.and_then(|file| match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    });
    locked.unwrap_or_else(|error| {
        tracing::debug!(path = %path.display(), %error, "cannot lock the database; using a random node name");
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_keeps_its_name_across_restarts_and_a_second_one_gets_another() {
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
