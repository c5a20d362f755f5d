//! The progress of a scan, counted by its workers.

use db::ids::LibraryId;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use model::scan::{IncompleteScan, ScanPhase, ScanStatus};

/// The counters of one scan.
#[derive(Debug)]
pub(super) struct Progress {
    library_id: LibraryId,
    started_at: DateTime<Utc>,
    stage: Mutex<Stage>,
    seen: AtomicI64,
    added: AtomicI64,
    updated: AtomicI64,
    missing: AtomicI64,
    problems: AtomicI64,
    copying: AtomicBool,
}

#[derive(Debug, Clone)]
struct Stage {
    phase: ScanPhase,
    began_at: DateTime<Utc>,
    total: Option<i64>,
    finished_at: Option<DateTime<Utc>>,
    incomplete: Option<IncompleteScan>,
}

/// The counters.
#[derive(Debug, Clone, Copy)]
pub(super) enum Count {
    /// Files new to the library.
    Added,
    /// Files that changed or moved.
    Updated,
    /// Files that became missing.
    Missing,
    /// Files with a problem.
    Problems,
}

impl Progress {
    /// The progress of a scan that begins now.
    pub(super) fn new(library_id: LibraryId, now: DateTime<Utc>) -> Self {
        let stage = Stage {
            phase: ScanPhase::Walking,
            began_at: now,
            total: None,
            finished_at: None,
            incomplete: None,
        };
        Self {
            library_id,
            started_at: now,
            stage: Mutex::new(stage),
            seen: AtomicI64::new(0),
            added: AtomicI64::new(0),
            updated: AtomicI64::new(0),
            missing: AtomicI64::new(0),
            problems: AtomicI64::new(0),
            copying: AtomicBool::new(false),
        }
    }

    /// Sets how many files the walk has found.
    pub(super) fn walked(&self, files: usize) {
        self.seen.store(as_count(files), Ordering::Relaxed);
    }

    /// Begins a phase with this many files.
    pub(super) fn enter(&self, phase: ScanPhase, total: usize, now: DateTime<Utc>) {
        self.seen.store(0, Ordering::Relaxed);
        let mut stage = self.stage();
        stage.phase = phase;
        stage.total = Some(as_count(total));
        stage.began_at = now;
    }

    /// Counts one file of the phase as done.
    pub(super) fn step(&self) {
        self.seen.fetch_add(1, Ordering::Relaxed);
    }

    /// Adds files to a counter.
    pub(super) fn count(&self, what: Count, files: usize) {
        let counter = match what {
            Count::Added => &self.added,
            Count::Updated => &self.updated,
            Count::Missing => &self.missing,
            Count::Problems => &self.problems,
        };
        counter.fetch_add(as_count(files), Ordering::Relaxed);
    }

    /// Records that a file is still being copied, so that the library has to be scanned again soon.
    pub(super) fn record_unfinished_copy(&self) {
        self.copying.store(true, Ordering::Relaxed);
    }

    /// Whether a file is still being copied.
    pub(super) fn has_unfinished_copy(&self) -> bool {
        self.copying.load(Ordering::Relaxed)
    }

    /// Duration of the scan, or its duration so far.
    pub(super) fn duration(&self, now: DateTime<Utc>) -> TimeDelta {
        self.stage().finished_at.unwrap_or(now) - self.started_at
    }

    /// Ends the scan.
    pub(super) fn finish(&self, phase: ScanPhase, incomplete: Option<IncompleteScan>, now: DateTime<Utc>) {
        let mut stage = self.stage();
        stage.phase = phase;
        stage.finished_at = Some(now);
        stage.incomplete = incomplete;
    }

    /// A snapshot for clients.
    pub(super) fn status(&self, now: DateTime<Utc>) -> ScanStatus {
        let stage = self.stage().clone();
        let seen = self.seen.load(Ordering::Relaxed);
        // After the end, the overall speed is more useful than that of the last phase.
        let speed = match stage.finished_at {
            Some(finished_at) => speed(seen, self.started_at, finished_at),
            None => speed(seen, stage.began_at, now),
        };
        let left = stage.total.filter(|_| stage.finished_at.is_none()).map(|total| total - seen);
        ScanStatus {
            library_id: self.library_id,
            phase: stage.phase,
            files_seen: seen,
            files_total: stage.total,
            files_per_second: speed,
            eta_seconds: left.and_then(|left| eta(left, speed)),
            added: self.added.load(Ordering::Relaxed),
            updated: self.updated.load(Ordering::Relaxed),
            missing: self.missing.load(Ordering::Relaxed),
            problems: self.problems.load(Ordering::Relaxed),
            started_at: self.started_at,
            finished_at: stage.finished_at,
            incomplete: stage.incomplete,
        }
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn as_count(files: usize) -> i64 {
    i64::try_from(files).unwrap_or(i64::MAX)
}

/// Files per second, to one decimal.
fn speed(files: i64, from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    let seconds = (to - from).num_milliseconds() as f64 / 1_000.0;
    if seconds <= 0.0 { 0.0 } else { (files as f64 / seconds * 10.0).round() / 10.0 }
}

fn eta(left: i64, speed: f64) -> Option<i64> {
    (speed > 0.0).then(|| (left.max(0) as f64 / speed).ceil() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn speed_and_remaining_time_refer_to_the_current_phase() {
        let progress = Progress::new(LibraryId(1), at(0));
        progress.walked(900);
        progress.enter(ScanPhase::Probing, 100, at(10));
        for _ in 0..25 {
            progress.step();
        }
        let status = progress.status(at(15));
        assert_eq!((status.files_seen, status.files_total), (25, Some(100)));
        assert_eq!((status.files_per_second, status.eta_seconds), (5.0, Some(15)));
    }

    #[test]
    fn there_is_no_estimate_before_the_first_file() {
        let progress = Progress::new(LibraryId(1), at(0));
        progress.enter(ScanPhase::Probing, 100, at(0));
        assert_eq!(progress.status(at(0)).eta_seconds, None);
        assert_eq!(progress.status(at(5)).eta_seconds, None);
    }

    #[test]
    fn a_complete_scan_reports_all_files_and_its_overall_speed() {
        let progress = Progress::new(LibraryId(1), at(0));
        progress.enter(ScanPhase::Probing, 1, at(8));
        progress.step();
        progress.enter(ScanPhase::Matching, 100, at(9));
        progress.walked(100);
        progress.finish(ScanPhase::Done, None, at(10));
        let status = progress.status(at(500));
        assert_eq!((status.files_seen, status.files_total), (100, Some(100)));
        assert_eq!(status.files_per_second, 10.0);
        assert_eq!(progress.duration(at(500)), TimeDelta::seconds(10));
    }

    #[test]
    fn values_do_not_change_after_the_end() {
        let progress = Progress::new(LibraryId(1), at(0));
        progress.enter(ScanPhase::Probing, 10, at(0));
        (0..10).for_each(|_| progress.step());
        progress.finish(ScanPhase::Stopped, Some(IncompleteScan::Stopped), at(5));
        let status = progress.status(at(500));
        assert_eq!((status.files_per_second, status.eta_seconds), (2.0, None));
        assert_eq!(status.finished_at, Some(at(5)));
    }
}
