use api_types::library as wire;
use model::scan::{ScanPhase, ScanStatus};

/// The progress of a scan.
pub(crate) fn scan_status(status: ScanStatus) -> wire::ScanStatus {
    wire::ScanStatus {
        library_id: status.library_id,
        phase: match status.phase {
            ScanPhase::Walking => wire::ScanPhase::Walking,
            ScanPhase::Probing => wire::ScanPhase::Probing,
            ScanPhase::Matching => wire::ScanPhase::Matching,
            ScanPhase::Done => wire::ScanPhase::Done,
            ScanPhase::Stopped => wire::ScanPhase::Stopped,
            ScanPhase::Failed => wire::ScanPhase::Failed,
        },
        files_seen: status.files_seen,
        files_total: status.files_total,
        files_per_second: status.files_per_second,
        eta_seconds: status.eta_seconds,
        added: status.added,
        updated: status.updated,
        missing: status.missing,
        problems: status.problems,
        started_at: status.started_at,
        finished_at: status.finished_at,
        message: status.message,
    }
}
