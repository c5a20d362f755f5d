//! Privacy of the SQLite files: they contain everything that users watched, so other users of the machine must not be
//! able to read them, regardless of their folder.

use std::io;
use std::path::Path;

/// Makes the database file and its logs readable by their owner only. A database that does not exist yet is created
/// empty; SQLite gives new logs the mode of the database.
#[cfg(unix)]
pub(crate) fn ensure(path: &Path) -> io::Result<()> {
    use std::fs::{self, OpenOptions, Permissions};
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};

    const OWNER_ONLY: u32 = 0o600;
    match OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(path) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        // SQLite's error message describes an unusable path better.
        Err(_) => return Ok(()),
    }
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut file = path.as_os_str().to_owned();
        file.push(suffix);
        match fs::metadata(&file) {
            Ok(found) if found.permissions().mode() & 0o077 != 0 => {
                match fs::set_permissions(&file, Permissions::from_mode(OWNER_ONLY)) {
                    // The file belongs to another user, or the file system has no modes: the file is used unchanged.
                    Err(error) if error.kind() != io::ErrorKind::PermissionDenied => return Err(error),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// On other systems, files are protected by the permissions of their folder.
#[cfg(not(unix))]
pub(crate) fn ensure(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use crate::Db;

    #[tokio::test]
    async fn database_and_logs_are_private_even_if_they_existed_with_open_permissions() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let path = folder.path().join("kinometa.db");
        let modes = || {
            let files =
                ["kinometa.db", "kinometa.db-wal", "kinometa.db-shm"].map(|name| folder.path().join(name));
            files.map(|file| fs::metadata(file).unwrap().permissions().mode() & 0o777)
        };
        let db = Db::open(&path).await.unwrap();
        assert_eq!(modes(), [0o600; 3], "a new database is private");

        for name in ["kinometa.db", "kinometa.db-wal", "kinometa.db-shm"] {
            fs::set_permissions(folder.path().join(name), Permissions::from_mode(0o644)).unwrap();
        }
        let again = Db::open(&path).await.unwrap();
        assert_eq!(modes(), [0o600; 3], "a database left readable by an earlier version is private");
        again.close().await.unwrap();
        db.close().await.unwrap();
    }
}
