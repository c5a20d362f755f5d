//! The folder for test data. It is in memory if there is enough space, because on a disk each transaction waits for
//! the disk.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::Failure;

/// An in-memory file system of Linux.
const IN_MEMORY: &str = "/dev/shm";
/// The space that a run of all tests needs, in KiB, with a reserve.
const NEEDED: u64 = 4 * 1024 * 1024;

/// Creates a temporary folder, which is deleted when the value is dropped.
pub(crate) fn folder() -> Result<TempDir, Failure> {
    let mut builder = tempfile::Builder::new();
    // PostgreSQL's user needs access to its folder inside this one.
    builder.prefix("kinometa-tests-").permissions(Permissions::from_mode(0o711));
    let folder = match free(Path::new(IN_MEMORY)) {
        Some(free) if free >= NEEDED => builder.tempdir_in(IN_MEMORY),
        _ => builder.tempdir(),
    };
    folder.map_err(|error| format!("there is no temporary folder: {error}"))
}

/// Returns the free space on the file system of `folder`, in KiB.
fn free(folder: &Path) -> Option<u64> {
    let output = Command::new("df").args(["-P", "-k"]).arg(folder).output().ok()?;
    available(&String::from_utf8(output.stdout).ok()?)
}

/// Returns the column "Available" of the output of `df -P -k`.
fn available(output: &str) -> Option<u64> {
    output.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::available;

    #[test]
    fn reads_free_space_from_df() {
        let output = "Filesystem     1024-blocks     Used Available Capacity Mounted on\n\
                      tmpfs             12269336        4  12269332       1% /dev/shm\n";
        assert_eq!(available(output), Some(12_269_332));
        assert_eq!(available(""), None);
        assert_eq!(available("Filesystem\n"), None);
    }
}
