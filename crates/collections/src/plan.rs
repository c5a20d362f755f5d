//! Plans a collection: what it should contain, and whether the user has to confirm first. Pure: no clock, network or
//! database.

mod build;
mod limits;
mod matcher;
mod overlay;
mod status;

use chrono::NaiveDate;
use kometa::collections::Collection;
use kometa::schedule::RunStart;

use crate::entry::{Entry, Ids, Kind};
use crate::failure::Failure;
use crate::fetch::Sources;
use crate::library::{Item, Library};
use crate::options::{Details, Options};
use crate::source::Source;

pub use build::plan;
pub use status::Status;

pub use crate::confirmation::ConfirmationReason;

/// The input of a plan.
#[derive(Clone, Copy)]
pub struct PlanInput<'a> {
    /// The definition of the collection.
    pub collection: &'a Collection,
    /// The library that it belongs to.
    pub library: &'a Library,
    /// What was read from Trakt in this run.
    pub sources: &'a Sources,
    /// The current collection; `None` if it does not exist.
    pub existing: Option<&'a Existing>,
    /// When the run began, in local time.
    pub start: RunStart,
    /// The day of the run.
    pub today: NaiveDate,
    /// Whether schedules apply. They do not if the user requested this collection.
    pub schedules: bool,
}

/// An existing collection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Existing {
    /// Its members, in order.
    pub members: Vec<Member>,
    /// Its details, including its current labels.
    pub details: Details,
    /// Whether it was created manually or by another program. It is then changed only after confirmation, or
    /// with `adopt`.
    pub created_manually: bool,
    /// Whether the target itself compares the desired with the existing state. It is then called even if members and
    /// details are the same here, and reports whether anything changed.
    pub target_compares: bool,
}

/// A member of a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The target's key for the item.
    pub key: i64,
    /// What kind of item it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its year.
    pub year: Option<i32>,
    /// Its ids.
    pub ids: Ids,
}

impl From<&Item> for Member {
    fn from(item: &Item) -> Self {
        let (title, year, ids) = (item.title.clone(), item.year, item.ids.clone());
        Self { key: item.key, kind: item.kind, title, year, ids }
    }
}

/// What is done with a collection.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Nothing: it is up to date, or no decision is possible.
    Nothing,
    /// It is created, or changed to this state.
    Write {
        /// All members, in order.
        members: Vec<i64>,
        /// Its details.
        details: Box<Details>,
    },
    /// It is deleted. Its titles stay in the library.
    Delete,
}

/// An error or warning about a collection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Issue {
    /// The definition is invalid.
    #[error("{0}")]
    Definition(String),
    /// A source could not be read. Titles that it returned earlier stay.
    #[error("{source_name}: {failure}")]
    Source {
        /// The source.
        source_name: String,
        /// Why it could not be read.
        failure: Failure,
    },
    /// Some entries of a source could not be read.
    #[error("{source_name}: {count} entries could not be read, so nothing is removed")]
    Unreadable {
        /// The source.
        source_name: String,
        /// How many entries.
        count: usize,
    },
    /// Some builders are invalid or use services that are not supported.
    #[error("{}, so nothing is removed", skipped_builders(*.count))]
    SkippedBuilders {
        /// How many builders.
        count: usize,
    },
    /// All sources responded, but returned no titles. This is not an error.
    #[error("its builders return no titles; `ignore_blank_results: true` hides this warning")]
    NoResults,
    /// A filter that the library has no data for.
    #[error("filters: this library has no data for {}", .0.join(", "))]
    UnsupportedFilter(Vec<&'static str>),
    /// An order that the library has no data for.
    #[error("collection_order: this library has no data for {}; sorted by title", .0.join(", "))]
    UnsupportedOrder(Vec<String>),
}

fn skipped_builders(count: usize) -> String {
    match count {
        1 => "one builder is not read here".to_owned(),
        count => format!("{count} builders are not read here"),
    }
}

impl Issue {
    /// Whether the collection counts as failed.
    pub fn is_error(&self) -> bool {
        !matches!(self, Self::UnsupportedOrder(_) | Self::SkippedBuilders { .. } | Self::NoResults)
    }
}

/// The plan for a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The collection's name.
    pub name: String,
    /// The status of the collection once the action is done.
    pub status: Status,
    /// What is done.
    pub action: Action,
    /// Why the user has to confirm the plan first; empty if no confirmation is required.
    pub confirmation_reasons: Vec<ConfirmationReason>,
    /// The current members.
    pub before: Vec<Member>,
    /// All members after the action, in order.
    pub items: Vec<Member>,
    /// Members that are new.
    pub added: Vec<Member>,
    /// How many members are kept.
    pub kept: usize,
    /// Members that are removed.
    pub removed: Vec<Member>,
    /// Titles from the sources that are missing from the library.
    pub missing: Vec<Entry>,
    /// Titles that were filtered out, each with the filter that did not match.
    pub filtered: Vec<(Member, String)>,
    /// Entries without any id by which they could be found in the library.
    pub without_id: Vec<Entry>,
    /// Whether everything that belongs in the collection is known. If not, nothing is removed.
    pub complete: bool,
    /// Errors and warnings.
    pub issues: Vec<Issue>,
    /// Names of collections that are deleted first (`delete_collections_named`).
    pub deletes: Vec<String>,
    /// The collection's options.
    pub options: Options,
}

impl Plan {
    /// A plan that deletes a collection.
    pub(crate) fn deletion(
        name: String,
        existing: Existing,
        confirmation_reasons: Vec<ConfirmationReason>,
    ) -> Self {
        Self {
            name,
            status: Status::Deleted,
            action: Action::Delete,
            confirmation_reasons,
            before: existing.members.clone(),
            items: Vec::new(),
            added: Vec::new(),
            kept: 0,
            removed: existing.members,
            missing: Vec::new(),
            filtered: Vec::new(),
            without_id: Vec::new(),
            complete: true,
            issues: Vec::new(),
            deletes: Vec::new(),
            options: Options::default(),
        }
    }

    /// Whether there are any errors.
    pub fn failed(&self) -> bool {
        self.issues.iter().any(Issue::is_error)
    }

    /// The order of the collection, as written in the definition.
    pub fn order(&self) -> String {
        let written = &self.options.collection_order;
        if written.is_empty() { "release".into() } else { written.join(", ") }
    }

    /// The name of a source, for messages.
    pub(crate) fn name_of(source: &Source) -> String {
        source.to_string()
    }
}

#[cfg(test)]
#[path = "plan/properties.rs"]
mod properties;
#[cfg(test)]
#[path = "plan/tests.rs"]
pub(crate) mod tests;
