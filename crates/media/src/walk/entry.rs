//! One file found by a walk.

use std::fs::Metadata;
use std::path::PathBuf;
use std::time::SystemTime;

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A file modified more recently than this may still be being copied.
const SETTLE: TimeDelta = TimeDelta::seconds(30);

/// Identity of a file on its disk, which stays the same when the file is renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileId {
    /// Device number.
    pub device: u64,
    /// Inode number on that device.
    pub inode: u64,
}

impl FileId {
    /// The file's identity, on platforms that provide one.
    pub fn of(metadata: &Metadata) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            Some(Self { device: metadata.dev(), inode: metadata.ino() })
        }
        #[cfg(not(unix))]
        {
            let _ = metadata;
            None
        }
    }
}

/// A video file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Relative to the root, byte for byte as in the file system.
    pub path: PathBuf,
    /// Size in bytes.
    pub size: u64,
    /// Last modification, to the millisecond.
    pub modified_at: DateTime<Utc>,
    /// Identity on disk, where the platform provides one.
    pub file_id: Option<FileId>,
}

impl FileEntry {
    /// Whether the file has not been written to for 30 seconds. If an unsettled file is shorter than its
    /// headers say, it is still being copied and should be checked again later.
    pub fn is_settled(&self, now: DateTime<Utc>) -> bool {
        (now - self.modified_at).abs() >= SETTLE
    }
}

/// Last modification, to the millisecond. Times outside the years 1 to 9999, which broken disks and archives
/// produce, become the beginning of 1970, which is the same in every scan and can be stored.
pub fn modified_at(metadata: &Metadata) -> DateTime<Utc> {
    let since_epoch =
        metadata.modified().ok().and_then(|at| match at.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).ok(),
            Err(before) => i64::try_from(before.duration().as_millis()).ok().map(|millis| -millis),
        });
    since_epoch
        .and_then(DateTime::from_timestamp_millis)
        .filter(|at| (1..=9999).contains(&at.year()))
        .unwrap_or(DateTime::UNIX_EPOCH)
}
