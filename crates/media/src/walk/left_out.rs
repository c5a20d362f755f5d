//! What a walk skips, and why.

use std::ffi::OsStr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Folders that operating systems and NAS devices create, in lower case. Hidden folders are left out anyway.
const SYSTEM_FOLDERS: [&str; 17] = [
    "@eadir",
    "@tmp",
    "@sharebin",
    "@appstore",
    "@appconf",
    "@recently-snapshot",
    "@snapshot",
    "@recycle",
    "#recycle",
    "#snapshot",
    "$recycle.bin",
    "recycler",
    "network trash folder",
    "temporary items",
    "system volume information",
    "lost+found",
    "__macosx",
];
/// Prefixes by which download tools mark folders that they are unpacking or failed to unpack.
const UNPACKING: [&str; 2] = ["_unpack_", "_failed_"];

/// A file or folder that is not part of the library. If a folder is left out, so is everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Relative to the root.
    pub path: PathBuf,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why something is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// The name begins with a dot.
    Hidden,
    /// A recycle bin, snapshot or index of the operating system or NAS.
    System,
    /// A download that is being unpacked, or could not be unpacked.
    Unpacking,
    /// The folder contains `.ignore` or `.nomedia`.
    Marked,
    /// It is excluded by a line in `.plexignore`.
    Pattern,
    /// A pipe, socket or device named like a media file.
    NotAFile,
    /// A link to a folder that was already walked.
    LinkedTwice,
    /// Image-based subtitles, or a format that cannot be shown.
    UnsupportedSubtitle,
}

/// Whether a file or folder with this name is left out: hidden ones, and those created by operating systems,
/// NAS devices and download tools.
pub fn is_skipped(name: &OsStr) -> bool {
    by_name(name).is_some()
}

/// Why a file or folder with this name is left out; `None` if it is not.
pub(super) fn by_name(name: &OsStr) -> Option<LeftOutReason> {
    let name = name.to_string_lossy().to_lowercase();
    // "...And Justice for All" is a title.
    if name.starts_with('.') && !name.starts_with("..") {
        return Some(LeftOutReason::Hidden);
    }
    if SYSTEM_FOLDERS.contains(&name.as_str()) {
        return Some(LeftOutReason::System);
    }
    UNPACKING.iter().any(|prefix| name.starts_with(prefix)).then_some(LeftOutReason::Unpacking)
}
