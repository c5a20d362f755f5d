//! What a collection should hold, and whether a person has to agree first. Pure: no clock, network or database.

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

/// Everything that a plan is made from.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The definition.
    pub collection: &'a Collection,
    /// Its library.
    pub library: &'a Library,
    /// What was read from Trakt in this run.
    pub sources: &'a Sources,
    /// What the collection holds now; none when it does not exist.
    pub existing: Option<&'a Existing>,
    /// When the run began, in local time.
    pub start: RunStart,
    /// The day of the run.
    pub today: NaiveDate,
    /// Whether schedules count.
    pub schedules: bool,
}

/// A collection as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Existing {
    /// Its members in their order.
    pub members: Vec<Member>,
    /// What is shown of it. Labels are those that it has.
    pub details: Details,
    /// Somebody made it by hand, or another program: it is not ours to change.
    pub by_hand: bool,
    /// Whether its target looks itself for what differs. Then it is asked even when members and details look the same,
    /// and says whether it had anything to do.
    pub compares: bool,
}

/// A member of a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The number by which its target knows it.
    pub key: i64,
    /// What it is.
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

/// What is to be done with a collection.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Nothing: it is as it should be, or nothing can be said.
    Nothing,
    /// It is made, or changed to this.
    Write {
        /// All of its members, in their order.
        members: Vec<i64>,
        /// What is shown of it.
        details: Box<Details>,
    },
    /// It is removed. Its titles stay in the library.
    Delete,
}

/// Something that went wrong, or is worth telling.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The definition is wrong.
    #[error("{0}")]
    Definition(String),
    /// A source could not be read. What it gave before stays.
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
    /// All sources answered, and gave nothing. Trakt is right: nothing has to be mended.
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
    /// Whether it makes the run of this collection a failed one.
    pub fn is_error(&self) -> bool {
        !matches!(self, Self::UnknownOrder(_) | Self::LeftOut { .. } | Self::Blank)
    }
}

/// What is to become of a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The collection's name.
    pub name: String,
    /// What the outcome is called once the action is done.
    pub status: Status,
    /// What is to be done.
    pub action: Action,
    /// Why a person has to agree first; empty when nobody has to.
    pub waits: Vec<Wait>,
    /// The members as they are.
    pub before: Vec<Member>,
    /// All members after the action, in their order.
    pub items: Vec<Member>,
    /// Members that are new.
    pub added: Vec<Member>,
    /// Members that stay.
    pub kept: usize,
    /// Members that go.
    pub removed: Vec<Member>,
    /// What the sources name and the library lacks.
    pub missing: Vec<Entry>,
    /// What the filters refuse, and which of them.
    pub filtered: Vec<(Member, String)>,
    /// Entries that have none of the ids by which they could be found.
    pub without_id: Vec<Entry>,
    /// Whether everything that belongs here is known. Nothing is removed where it is not.
    pub whole: bool,
    /// What went wrong.
    pub troubles: Vec<Trouble>,
    /// Collections that are deleted first.
    pub deletes: Vec<String>,
    /// The collection's options.
    pub options: Options,
}

impl Plan {
    /// A collection that nothing defines any more goes.
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

    /// How the collection is sorted, as it is written.
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
