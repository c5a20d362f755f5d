//! Queued and running runs of this process.

use std::sync::{Mutex, MutexGuard, PoisonError};

use collections::run::Confirmed;
use db::ids::{CollectionConfigId, CollectionRunId};
use db::kinds::CollectionRunReason;
use tokio_util::sync::CancellationToken;

/// Which part of a file is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All collections that are scheduled to run now.
    All,
    /// One collection, regardless of its schedule. Removals that need confirmation are not carried out.
    Collection {
        /// The collection's name.
        name: String,
    },
    /// One collection, with the removals that the user has confirmed.
    Confirmed {
        /// The library's name in the file.
        library: String,
        /// The collection's name.
        name: String,
        /// What the user has confirmed.
        confirmed: Confirmed,
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
        /// Number of sources already read.
        done: usize,
        /// Number of sources in total.
        total: usize,
        /// The source that is being read.
        source: String,
    },
    /// Collections are being built.
    Building {
        /// Number of collections already built.
        done: usize,
        /// Name of the latest collection.
        name: String,
    },
    /// Finished.
    Over,
}

/// A run in this process.
#[derive(Debug, Clone)]
pub struct RunProgress {
    /// The config file.
    pub config_id: CollectionConfigId,
    /// Id in the run history, once the run has started.
    pub run_id: Option<CollectionRunId>,
    /// Why the file is run.
    pub reason: CollectionRunReason,
    /// Which part of the file is run.
    pub scope: Scope,
    /// The current step.
    pub step: RunStep,
}

/// A run that is queued or running.
#[derive(Debug, Clone)]
pub(super) struct Job {
    number: u64,
    pub(super) config_id: CollectionConfigId,
    pub(super) reason: CollectionRunReason,
    pub(super) scope: Scope,
    pub(super) cancel: CancellationToken,
}

/// All queued and running runs.
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
    /// Adds a run. Returns `None` when the same run is already queued or running.
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

    /// Changes the progress of a run and returns it.
    pub(super) fn update(&self, job: &Job, change: impl FnOnce(&mut RunProgress)) -> Option<RunProgress> {
        let mut list = self.list();
        let (_, progress) = list.open.iter_mut().find(|(open, _)| open.number == job.number)?;
        change(progress);
        Some(progress.clone())
    }

    /// Removes a run that is over.
    pub(super) fn end(&self, job: &Job) -> Option<RunProgress> {
        let mut list = self.list();
        let at = list.open.iter().position(|(open, _)| open.number == job.number)?;
        let (_, progress) = list.open.remove(at);
        Some(RunProgress { step: RunStep::Over, ..progress })
    }

    /// Cancels the runs of a file. Returns whether there were any.
    pub(super) fn cancel(&self, config_id: CollectionConfigId) -> bool {
        let list = self.list();
        let of_file = list.open.iter().filter(|(job, _)| job.config_id == config_id);
        of_file.map(|(job, _)| job.cancel.cancel()).count() > 0
    }

    /// The progress of all runs, oldest first.
    pub(super) fn progress(&self) -> Vec<RunProgress> {
        self.list().open.iter().map(|(_, progress)| progress.clone()).collect()
    }

    fn list(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
