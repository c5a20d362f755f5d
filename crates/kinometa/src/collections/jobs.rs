//! Runs that wait or are under way in this process.

use std::sync::{Mutex, MutexGuard, PoisonError};

use collections::run::Agreed;
use db::ids::{CollectionConfigId, CollectionRunId};
use db::kinds::CollectionRunReason;
use tokio_util::sync::CancellationToken;

/// What is run of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of its collections whose schedules let them run.
    All,
    /// One collection, whatever its schedule, without removals that wait for a person.
    Collection {
        /// Its name.
        name: String,
    },
    /// One collection, with the removals that a person has agreed to.
    Agreed {
        /// The library's name in the file.
        library: String,
        /// The collection's name.
        name: String,
        /// To what.
        agreed: Agreed,
    },
}

/// The progress of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunStep {
    /// Waiting for other runs.
    Queued,
    /// The file and its libraries are being read.
    Starting,
    /// Trakt's lists and charts are being read.
    Reading {
        /// How many are done.
        done: usize,
        /// How many there are.
        of: usize,
        /// Which comes now.
        source: String,
    },
    /// Collections are being built.
    Building {
        /// How many are done.
        done: usize,
        /// The last one.
        name: String,
    },
    /// Finished.
    Over,
}

/// A run in this process.
#[derive(Debug, Clone)]
pub struct RunProgress {
    /// Of which file.
    pub config_id: CollectionConfigId,
    /// Its id in the history, once it has begun.
    pub run_id: Option<CollectionRunId>,
    /// Why.
    pub reason: CollectionRunReason,
    /// What of the file.
    pub scope: Scope,
    /// How far.
    pub step: RunStep,
}

/// A run to do.
#[derive(Debug, Clone)]
pub(super) struct Job {
    number: u64,
    pub(super) config_id: CollectionConfigId,
    pub(super) reason: CollectionRunReason,
    pub(super) scope: Scope,
    pub(super) cancel: CancellationToken,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Jobs {
    list: Mutex<List>,
}

#[derive(Debug, Default)]
struct List {
    last: u64,
    open: Vec<(Job, RunProgress)>,
}

impl Jobs {
    /// Adds a run; nothing when the same one waits or runs already.
    pub(super) fn add(
        &self,
        config_id: CollectionConfigId,
        reason: CollectionRunReason,
        scope: Scope,
        cancel: CancellationToken,
    ) -> Option<(Job, RunProgress)> {
        let mut list = self.list();
        let same = |(job, _): &(Job, RunProgress)| job.config_id == config_id && job.scope == scope;
        if list.open.iter().any(same) {
            return None;
        }
        list.last += 1;
        let job = Job { number: list.last, config_id, reason, scope: scope.clone(), cancel };
        let progress = RunProgress { config_id, run_id: None, reason, scope, step: RunStep::Queued };
        list.open.push((job.clone(), progress.clone()));
        Some((job, progress))
    }

    /// Changes how far a run is, and answers that.
    pub(super) fn update(&self, job: &Job, change: impl FnOnce(&mut RunProgress)) -> Option<RunProgress> {
        let mut list = self.list();
        let (_, progress) = list.open.iter_mut().find(|(open, _)| open.number == job.number)?;
        change(progress);
        Some(progress.clone())
    }

    /// Forgets a run that is over.
    pub(super) fn end(&self, job: &Job) -> Option<RunProgress> {
        let mut list = self.list();
        let at = list.open.iter().position(|(open, _)| open.number == job.number)?;
        let (_, progress) = list.open.remove(at);
        Some(RunProgress { step: RunStep::Over, ..progress })
    }

    /// Stops the runs of a file; whether there were any.
    pub(super) fn cancel(&self, config_id: CollectionConfigId) -> bool {
        let list = self.list();
        let of_file = list.open.iter().filter(|(job, _)| job.config_id == config_id);
        of_file.map(|(job, _)| job.cancel.cancel()).count() > 0
    }

    /// How far the runs are, the first one first.
    pub(super) fn progress(&self) -> Vec<RunProgress> {
        self.list().open.iter().map(|(_, progress)| progress.clone()).collect()
    }

    fn list(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
