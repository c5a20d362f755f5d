//! Libraries, scans, folders and file problems.

use chrono::{DateTime, Utc};
use db::ids::{FileId, LibraryId};
use model::scan::ScanPhase;
use serde::Serialize;
use utoipa::ToSchema;

use db::kinds::{LibraryKind, LibraryState, ProblemCode, UnavailableReason};

/// A folder of media.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Library {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: LibraryId,
    /// Display name.
    pub name: String,
    /// Its media type.
    pub kind: LibraryKind,
    /// Absolute path of its folder on the server.
    pub path: String,
    /// Whether it can be used.
    pub state: LibraryState,
    /// Why it is unavailable, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The same as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<UnavailableReason>,
    /// The number of files that are present.
    pub file_count: i64,
    /// The number of movies or shows.
    pub title_count: i64,
    /// The number of missing files, which may come back.
    pub missing_count: i64,
    /// End of the last complete scan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_scanned_at: Option<DateTime<Utc>>,
}

/// The running or last scan of a library.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScanStatus {
    /// The scanned library.
    #[schema(value_type = i64)]
    pub library_id: LibraryId,
    /// Its phase.
    pub phase: ScanPhase,
    /// The number of files processed in this phase.
    pub files_seen: i64,
    /// The total number of files in this phase, once known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files_total: Option<i64>,
    /// Files per second in this phase; over the whole scan once it has ended.
    pub files_per_second: f64,
    /// Estimated seconds left in this phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eta_seconds: Option<i64>,
    /// The number of files that were added to the library.
    pub added: i64,
    /// The number of files that were changed or moved.
    pub updated: i64,
    /// The number of files that have gone missing.
    pub missing: i64,
    /// The number of files with a problem.
    pub problems: i64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// Why it failed or was stopped, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The same as a code with details.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incomplete: Option<IncompleteScan>,
}

/// Why a scan ended before it was complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum IncompleteScan {
    /// Stopped on request.
    Stopped,
    /// The library's folder is missing or unreadable.
    Unreadable {
        /// The folder.
        path: String,
    },
    /// The library's folder is empty.
    Empty {
        /// The folder.
        path: String,
    },
    /// The database failed.
    Database,
    /// A bug in Kinometa.
    Panicked,
}

/// A folder on the server with its sub-folders, for the folder picker.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FolderListing {
    /// The listed folder.
    pub path: String,
    /// The parent folder; absent at the root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Its sub-folders, sorted by name.
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

/// A file or folder that could not be used completely.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileProblem {
    /// The file, if it is part of the library.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub file_id: Option<FileId>,
    /// Its library.
    #[schema(value_type = i64)]
    pub library_id: LibraryId,
    /// Path relative to the library's folder.
    pub path: String,
    /// What is wrong.
    pub code: ProblemCode,
    /// Whether it was skipped without a problem: because of its name or type, or at the user's request.
    pub left_out: bool,
    /// What it means and what to do, in a sentence.
    pub message: String,
}

/// A page of file problems.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileProblems {
    /// The problems.
    pub items: Vec<FileProblem>,
    /// Total number.
    pub total: i64,
}
