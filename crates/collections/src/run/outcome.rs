//! The result of a run.

use std::collections::BTreeMap;
use std::fmt;

use crate::list_sync::{ListFailure, ListPlan};
use crate::plan::{Member, Plan, Status};
use crate::target::{TargetError, Written};

/// The outcome of one collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The display name of the target.
    pub target: String,
    /// The library's name in config.yml.
    pub library: String,
    /// The collection's plan.
    pub plan: Plan,
    /// The status of the plan, unless it waits for confirmation or could not be written.
    pub status: Status,
    /// Why the collection could not be written.
    pub error: Option<String>,
    /// Descriptions of actual or planned changes, if the target reports more than the plan.
    pub changes: Vec<String>,
    /// Problems that did not prevent writing, such as a poster that could not be downloaded.
    pub warnings: Vec<String>,
    /// Whether it is a playlist across several libraries.
    pub playlist: bool,
    /// The outcome of the synced Trakt list, if any.
    pub list: Option<Result<ListPlan, ListFailure>>,
    /// How long planning and building took, in seconds.
    pub seconds: f64,
}

impl Outcome {
    /// The outcome of a plan before it is carried out.
    pub(super) fn planned(target: &str, library: String, plan: Plan, playlist: bool) -> Self {
        Self {
            target: target.to_owned(),
            library,
            status: plan.status,
            plan,
            error: None,
            changes: Vec::new(),
            warnings: Vec::new(),
            playlist,
            list: None,
            seconds: 0.0,
        }
    }

    /// Records why the collection could not be written.
    pub(super) fn failed_with(&mut self, error: &TargetError) {
        self.status = Status::Failure;
        self.error = Some(error.to_string());
    }

    /// Whether there are any errors.
    pub fn failed(&self) -> bool {
        self.plan.failed() || self.error.is_some() || matches!(self.list, Some(Err(_)))
    }

    /// The members of the collection after the run.
    pub fn items(&self) -> &[Member] {
        match self.status {
            Status::Waiting | Status::Failure => &self.plan.before,
            _ => &self.plan.items,
        }
    }

    /// Merges the outcome of the second pass of `run_again`.
    pub(super) fn merge_second_pass(&mut self, second: Self) {
        self.status = match self.status {
            Status::Created => Status::Created,
            _ => second.status,
        };
        self.seconds += second.seconds;
        self.changes.extend(second.changes);
        self.warnings.extend(second.warnings);
        self.list = second.list.or_else(|| self.list.take());
        self.plan.added.extend(second.plan.added);
        self.plan.items = second.plan.items;
        self.plan.missing = second.plan.missing;
        self.plan.filtered = second.plan.filtered;
    }

    /// Records the result of writing.
    pub(super) fn record_written(&mut self, written: Written) {
        let (status, changes) = match written {
            Written::AsPlanned => return,
            Written::Unchanged => (Status::Unchanged, Vec::new()),
            Written::Details(changes) => (Status::UpdatedMetadata, changes),
            Written::Members(changes) => (Status::Modified, changes),
        };
        if self.status != Status::Created {
            self.status = status;
        }
        self.changes = changes;
    }

    /// All warnings, as sentences.
    pub fn notices(&self) -> Vec<String> {
        let issues = self.plan.issues.iter().filter(|issue| !issue.is_error());
        issues.map(ToString::to_string).chain(self.warnings.iter().cloned()).collect()
    }

    /// All errors, as sentences.
    pub fn errors(&self) -> Vec<String> {
        let issues = self.plan.issues.iter().filter(|issue| issue.is_error());
        let list = self.list.iter().filter_map(|list| list.as_ref().err()).map(ToString::to_string);
        issues.map(ToString::to_string).chain(self.error.clone()).chain(list).collect()
    }
}

/// The result of a run.
#[derive(Debug, Default)]
pub struct RunResult {
    /// The outcomes of all collections, in the order of the file.
    pub outcomes: Vec<Outcome>,
    /// Libraries and definitions that could not be processed.
    pub problems: Vec<String>,
    /// Why sources failed: each cause once, with the affected sources.
    pub causes: BTreeMap<String, Vec<String>>,
    /// Descriptions of what was done for libraries as a whole.
    pub done: Vec<String>,
    /// Names of requested collections that are not defined.
    pub unknown: Vec<Unknown>,
}

/// A requested collection that is not defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The requested name.
    pub name: String,
    /// The name of a defined collection with the most similar spelling.
    pub nearest: Option<String>,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, nearest } = self;
        write!(f, "there is no collection {name:?}")?;
        nearest.iter().try_for_each(|nearest| write!(f, "; did you mean {nearest:?}?"))
    }
}

impl RunResult {
    /// Whether everything succeeded.
    pub fn succeeded(&self) -> bool {
        self.problems.is_empty() && self.unknown.is_empty() && !self.outcomes.iter().any(Outcome::failed)
    }
}
