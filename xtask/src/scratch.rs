//! Where tests keep their files: in memory where there is room, because on a disk each of their transactions waits for it.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::Failure;

/// A file system in memory that Linux has.
const IN_MEMORY: &str = "/dev/shm";
/// What a run of all tests may need, in KiB, with room to spare.
const ROOM: u64 = 4 * 1024 * 1024;

/// A folder that goes with the value.
pub(crate) fn folder() -> Result<TempDir, Failure> {
    let mut builder = tempfile::Builder::new();
    // PostgreSQL's user has to reach its folder inside.
    builder.prefix("kinometa-tests-").permissions(Permissions::from_mode(0o711));
    let folder = match free(Path::new(IN_MEMORY)) {
        Some(free) if free >= ROOM => builder.tempdir_in(IN_MEMORY),
        _ => builder.tempdir(),
    };
    folder.map_err(|error| format!("there is no temporary folder: {error}"))
}

/// The room on the file system of `folder`, in KiB.
fn free(folder: &Path) -> Option<u64> {
    let output = Command::new("df").args(["-P", "-k"]).arg(folder).output().ok()?;
    available(&String::from_utf8(output.stdout).ok()?)
}

/// The column "Available" of what `df -P -k` prints.
fn available(output: &str) -> Option<u64> {
    output.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::available;

    #[test]
    fn room_is_read_from_df() {
        let output = "Filesystem     1024-blocks     Used Available Capacity Mounted on\n\
                      tmpfs             12269336        4  12269332       1% /dev/shm\n";
        assert_eq!(available(output), Some(12_269_332));
        assert_eq!(available(""), None);
        assert_eq!(available("Filesystem\n"), None);
    }
}
