//! What a collection should contain, and whether a user has to confirm first. Pure: no clock, network or database.

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

pub use crate::wait::Wait;

/// The input of a plan.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The definition.
    pub collection: &'a Collection,
    /// Its library.
    pub library: &'a Library,
    /// What was read from Trakt in this run.
    pub sources: &'a Sources,
    /// The current collection; `None` if it does not exist.
    pub existing: Option<&'a Existing>,
    /// When the run began, in local time.
    pub start: RunStart,
    /// The day of the run.
    pub today: NaiveDate,
    /// Whether schedules apply.
    pub schedules: bool,
}

/// An existing collection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Existing {
    /// Its members, in order.
    pub members: Vec<Member>,
    /// Its details, with its current labels.
    pub details: Details,
    /// It was created manually or by another program, so it must not be changed.
    pub by_hand: bool,
    /// Whether the target itself detects differences. It is then called even if members and details look the same, and
    /// reports whether anything changed.
    pub compares: bool,
}

/// A member of a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The target's key for it.
    pub key: i64,
    /// Its kind.
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

/// The action for a collection.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Nothing: it is up to date, or no decision is possible.
    Nothing,
    /// It is created or changed to this.
    Write {
        /// All members, in order.
        members: Vec<i64>,
        /// Its details.
        details: Box<Details>,
    },
    /// It is deleted. Its titles stay in the library.
    Delete,
}

/// A problem or notice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The definition is wrong.
    #[error("{0}")]
    Definition(String),
    /// A source could not be read. Its earlier titles stay.
    #[error("{source_name}: {failure}")]
    Source {
        /// Which.
        source_name: String,
        /// Why.
        failure: Failure,
    },
    /// Some entries of a source could not be read.
    #[error("{source_name}: {count} entries could not be read, so nothing is removed")]
    Unreadable {
        /// Which.
        source_name: String,
        /// How many.
        count: usize,
    },
    /// Builders that could not be read, or that belong to other services.
    #[error("{}, so nothing is removed", not_read(*.count))]
    LeftOut {
        /// How many.
        count: usize,
    },
    /// All sources responded, but returned nothing. This is not an error.
    #[error("its builders return no titles; `ignore_blank_results: true` hides this warning")]
    Blank,
    /// A filter that the library has no data for.
    #[error("filters: this library has no data for {}", .0.join(", "))]
    UnknownFilter(Vec<&'static str>),
    /// An order that the library has no data for.
    #[error("collection_order: this library has no data for {}; sorted by title", .0.join(", "))]
    UnknownOrder(Vec<String>),
}

fn not_read(count: usize) -> String {
    match count {
        1 => "one builder is not read here".to_owned(),
        count => format!("{count} builders are not read here"),
    }
}

impl Trouble {
    /// Whether the collection counts as failed.
    pub fn is_error(&self) -> bool {
        !matches!(self, Self::UnknownOrder(_) | Self::LeftOut { .. } | Self::Blank)
    }
}

/// The plan for a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The collection's name.
    pub name: String,
    /// The status once the action is done.
    pub status: Status,
    /// The action.
    pub action: Action,
    /// Why a user has to confirm first; empty if not required.
    pub waits: Vec<Wait>,
    /// The current members.
    pub before: Vec<Member>,
    /// All members after the action, in their order.
    pub items: Vec<Member>,
    /// Members that are new.
    pub added: Vec<Member>,
    /// Members that stay.
    pub kept: usize,
    /// Members that are removed.
    pub removed: Vec<Member>,
    /// Titles from the sources that are missing from the library.
    pub missing: Vec<Entry>,
    /// Titles that were filtered out, and by which filter.
    pub filtered: Vec<(Member, String)>,
    /// Entries without any id by which they could be found.
    pub without_id: Vec<Entry>,
    /// Whether everything that belongs here is known. If not, nothing is removed.
    pub whole: bool,
    /// What went wrong.
    pub troubles: Vec<Trouble>,
    /// Collections that are deleted first.
    pub deletes: Vec<String>,
    /// The collection's options.
    pub options: Options,
}

impl Plan {
    /// A collection that is no longer defined is deleted.
    pub(crate) fn deletion(name: String, existing: Existing, waits: Vec<Wait>) -> Self {
        Self {
            name,
            status: Status::Deleted,
            action: Action::Delete,
            waits,
            before: existing.members.clone(),
            items: Vec::new(),
            added: Vec::new(),
            kept: 0,
            removed: existing.members,
            missing: Vec::new(),
            filtered: Vec::new(),
            without_id: Vec::new(),
            whole: true,
            troubles: Vec::new(),
            deletes: Vec::new(),
            options: Options::default(),
        }
    }

    /// Whether anything went wrong.
    pub fn failed(&self) -> bool {
        self.troubles.iter().any(Trouble::is_error)
    }

    /// How the collection is sorted, as written.
    pub fn order(&self) -> String {
        let written = &self.options.collection_order;
        if written.is_empty() { "release".into() } else { written.join(", ") }
    }

    /// The name of a source, for people.
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
