//! The progress of a scan.

use chrono::{DateTime, Utc};
use db::ids::LibraryId;
use db::kinds::UnavailableReason;
use serde::Serialize;
use utoipa::ToSchema;

/// Phase of a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScanPhase {
    /// Listing files.
    Walking,
    /// Reading the content of the files.
    Probing,
    /// Matching files with titles.
    Matching,
    /// Finished.
    Done,
    /// Stopped on request.
    Stopped,
    /// Ended by an error; see `message`.
    Failed,
}

/// Why a scan ended before it was complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IncompleteScan {
    /// Stopped on request.
    Stopped,
    /// The library's folder is missing, unreadable or empty.
    Unavailable {
        /// The problem with the folder.
        reason: UnavailableReason,
        /// The library's folder.
        path: String,
    },
    /// The database failed.
    Database,
    /// The scan panicked.
    Panicked,
}

/// The running or last scan of a library.
#[derive(Debug, Clone)]
pub struct ScanStatus {
    /// The scanned library.
    pub library_id: LibraryId,
    /// The current phase.
    pub phase: ScanPhase,
    /// The number of files processed in this phase.
    pub files_seen: i64,
    /// The total number of files in this phase, once known.
    pub files_total: Option<i64>,
    /// Files per second in this phase; over the whole scan once it has ended.
    pub files_per_second: f64,
    /// Seconds left in this phase, once that can be estimated.
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
    pub finished_at: Option<DateTime<Utc>>,
    /// Why it failed or was stopped.
    pub incomplete: Option<IncompleteScan>,
}
