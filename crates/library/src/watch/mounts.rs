//! Detects folders on shared file systems, where the kernel reports only this machine's changes.

use std::path::{Path, PathBuf};

/// Types of file systems that other machines write to, or whose files can be changed underneath them.
const SHARED: [&str; 15] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "virtiofs",
    "vboxsf",
    "fuse",
    "davfs",
];

/// Whether changes in the folder may go unreported.
pub(super) fn is_shared(folder: &Path) -> bool {
    let Ok(mounts) = std::fs::read_to_string("/proc/self/mountinfo") else { return false };
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    type_of(&mounts, &folder).is_some_and(is_shared_type)
}

fn is_shared_type(name: &str) -> bool {
    // "fuse.sshfs", "fuse.mergerfs"; but "fuseblk" is a local disk.
    SHARED.contains(&name) || name.starts_with("fuse.")
}

/// The type of the file system that holds the folder, as in `/proc/self/mountinfo`.
fn type_of<'a>(mounts: &'a str, folder: &Path) -> Option<&'a str> {
    mounts
        .lines()
        .filter_map(|line| {
            let (mount, kind) = line.split_once(" - ")?;
            let point = unescape(mount.split(' ').nth(4)?);
            let depth = point.components().count();
            folder.starts_with(&point).then_some((depth, kind.split(' ').next()?))
        })
        // A later mount on the same folder hides the earlier one.
        .max_by_key(|(depth, _)| *depth)
        .map(|(_, kind)| kind)
}

/// Decodes a mount point, in which spaces and similar characters are escaped as octal numbers.
fn unescape(point: &str) -> PathBuf {
    let plain = point.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n");
    plain.replace("\\134", "\\").into()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const MOUNTS: &str = "\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:50 / /mnt/nas rw shared:2 - nfs4 nas:/volume1 rw,vers=4.2
41 22 8:17 / /mnt/usb\\040disk rw - fuseblk /dev/sdb1 rw
42 22 0:51 / /mnt/pool rw master:3 propagate_from:1 - fuse.mergerfs a:b rw
43 40 8:33 / /mnt/nas/local rw - ext4 /dev/sdc1 rw
44 22 8:49 / /mnt/twice rw - ext4 /dev/sdd1 rw
45 22 0:52 / /mnt/twice rw - cifs //nas/films rw";

    #[rstest]
    #[case("/srv/films", Some("ext4"), false)]
    #[case("/mnt/nas/films", Some("nfs4"), true)]
    #[case("/mnt/nas/local/films", Some("ext4"), false)]
    #[case("/mnt/nasty", Some("ext4"), false)]
    #[case("/mnt/usb disk/films", Some("fuseblk"), false)]
    #[case("/mnt/pool", Some("fuse.mergerfs"), true)]
    #[case("/mnt/twice", Some("cifs"), true)]
    fn the_innermost_mount_determines_the_type(
        #[case] folder: &str,
        #[case] kind: Option<&str>,
        #[case] shared: bool,
    ) {
        let found = type_of(MOUNTS, Path::new(folder));
        assert_eq!(found, kind);
        assert_eq!(found.is_some_and(is_shared_type), shared);
    }
}
