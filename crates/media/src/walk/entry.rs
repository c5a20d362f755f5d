//! One file of a walk.

use std::fs::Metadata;
use std::path::PathBuf;
use std::time::SystemTime;

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A file younger than this may still be copied.
const SETTLE: TimeDelta = TimeDelta::seconds(30);

/// What stays the same when a file is renamed on its disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileId {
    /// Device number.
    pub device: u64,
    /// Inode number on that device.
    pub inode: u64,
}

impl FileId {
    /// The identity that the platform gives, if it has such a thing.
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
    /// Relative to the root, byte for byte as the file system has it.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
    /// Last modification, to the millisecond.
    pub modified_at: DateTime<Utc>,
    /// Identity on disk, where the platform has one.
    pub file_id: Option<FileId>,
}

impl FileEntry {
    /// Whether the file has not been written to for a while. An unsettled file whose headers promise more than is
    /// there is being copied; look again later.
    pub fn is_settled(&self, now: DateTime<Utc>) -> bool {
        (now - self.modified_at).abs() >= SETTLE
    }
}

/// Last modification, to the millisecond. A time that no calendar knows, as broken disks and
/// archives have it, becomes the beginning of 1970: it stays the same from scan to scan, and it can be stored.
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
