//! The progress of scans.

use api_types::library as wire;
use db::kinds::UnavailableReason;
use model::scan::{IncompleteScan, ScanStatus};

use super::problem::unavailable_text;

/// The progress of a scan.
pub(crate) fn scan_status(status: ScanStatus) -> wire::ScanStatus {
    wire::ScanStatus {
        library_id: status.library_id,
        phase: status.phase,
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
        message: status.incomplete.as_ref().map(incomplete_text),
        incomplete: status.incomplete.map(incomplete),
    }
}

fn incomplete(scan: IncompleteScan) -> wire::IncompleteScan {
    match scan {
        IncompleteScan::Stopped => wire::IncompleteScan::Stopped,
        IncompleteScan::Unavailable { reason: UnavailableReason::Unreadable, path } => {
            wire::IncompleteScan::Unreadable { path }
        }
        IncompleteScan::Unavailable { reason: UnavailableReason::Empty, path } => {
            wire::IncompleteScan::Empty { path }
        }
        IncompleteScan::Database => wire::IncompleteScan::Database,
        IncompleteScan::Panicked => wire::IncompleteScan::Panicked,
    }
}

/// The sentence for an incomplete scan.
fn incomplete_text(scan: &IncompleteScan) -> String {
    match scan {
        IncompleteScan::Stopped => "The scan was stopped.".to_owned(),
        IncompleteScan::Unavailable { reason, path } => unavailable_text(*reason, path),
        IncompleteScan::Database => {
            "The scan failed because of a database error. The server's log has the details.".to_owned()
        }
        IncompleteScan::Panicked => {
            "The scan failed because of a bug in Kinometa. The server's log has the details.".to_owned()
        }
    }
}
