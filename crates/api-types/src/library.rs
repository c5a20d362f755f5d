//! Libraries, scans, folders and file problems.

use chrono::{DateTime, Utc};
use db::ids::{FileId, LibraryId};
use serde::Serialize;
use utoipa::ToSchema;

use db::kinds::{LibraryKind, LibraryState};

/// A folder of media.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Library {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: LibraryId,
    /// Name shown.
    pub name: String,
    /// What it holds.
    pub kind: LibraryKind,
    /// Absolute path of its folder on the server.
    pub path: String,
    /// Whether it can be used.
    pub state: LibraryState,
    /// What is wrong, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Files present.
    pub file_count: i64,
    /// Movies or shows.
    pub title_count: i64,
    /// Files that have vanished and may come back.
    pub missing_count: i64,
    /// End of the last complete scan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_scanned_at: Option<DateTime<Utc>>,
}

/// Where a scan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScanPhase {
    /// Listing files.
    Walking,
    /// Reading what the files hold.
    Probing,
    /// Finding the titles.
    Matching,
    /// Finished.
    Done,
    /// Stopped by somebody.
    Stopped,
    /// Ended by an error; see `message`.
    Failed,
}

/// A scan under way, or the last one of its library.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScanStatus {
    /// The library scanned.
    #[schema(value_type = i64)]
    pub library_id: LibraryId,
    /// Where it is.
    pub phase: ScanPhase,
    /// Files looked at so far.
    pub files_seen: i64,
    /// Files to look at, once known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files_total: Option<i64>,
    /// Files per second in this phase.
    pub files_per_second: f64,
    /// Seconds left in this phase, once it can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eta_seconds: Option<i64>,
    /// Files new to the library.
    pub added: i64,
    /// Files changed or moved.
    pub updated: i64,
    /// Files that vanished.
    pub missing: i64,
    /// Files with a problem.
    pub problems: i64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// How it ended, when not well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// A folder on the server with its sub-folders, for the folder picker.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FolderListing {
    /// The folder listed.
    pub path: String,
    /// The folder above; absent at the root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Its sub-folders by name.
    pub folders: Vec<Folder>,
}

/// One sub-folder.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Folder {
    /// Its own name.
    pub name: String,
    /// Its absolute path.
    pub path: String,
    /// Whether the server may list it.
    pub readable: bool,
}

/// A file or folder that could not be used in full.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileProblem {
    /// The file, when it is known to the library.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub file_id: Option<FileId>,
    /// The library it lies in.
    #[schema(value_type = i64)]
    pub library_id: LibraryId,
    /// Path below the library's folder.
    pub path: String,
    /// Stable code, such as `unreadable`, `empty`, `half_copied`, `symlink_loop`.
    pub code: String,
    /// What it means and what to do.
    pub message: String,
}

/// Part of the list of file problems.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileProblems {
    /// The problems.
    pub items: Vec<FileProblem>,
    /// How many there are in all.
    pub total: i64,
}
