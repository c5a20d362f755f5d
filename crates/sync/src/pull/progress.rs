//! How far the reading of an account is, beyond what is stored. It can be lost at any moment: it is read again then.

use chrono::{DateTime, Utc};
use db::{
    Millis,
    kinds::{SyncReason, SyncState},
};
use trakt::paging::Walk;

use super::{
    apply::Applied,
    cursor::{Mark, Marks},
    remote::ItemKey,
};

/// Where reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pulled {
    /// Nothing is to be read before this moment.
    Until(DateTime<Utc>),
    /// Nothing is read before a person acts: the import is undecided or was given up, or the account is stopped.
    Stopped,
}

/// What one step came to.
#[derive(Debug)]
pub(super) enum Step {
    /// There is more to read.
    More,
    /// Nothing for now.
    Rest(Pulled),
}

/// How far the reading is, beyond what the cursor says.
#[derive(Default)]
pub(super) struct Progress {
    /// The account that it is about.
    pub(super) account: String,
    /// What the person had asked for when it began.
    pub(super) asked: u64,
    /// The pages of an import.
    pub(super) walk: Option<Walk>,
    /// A comparison that is under way.
    pub(super) sweep: Option<Sweep>,
    /// What was imported and not announced yet.
    pub(super) unannounced: Applied,
    pub(super) failures: u32,
    pub(super) not_before: Option<DateTime<Utc>>,
}

/// A comparison under way.
pub(super) struct Sweep {
    pub(super) began_at: DateTime<Utc>,
    /// The cursor that it began with: when the person decides otherwise, it ends.
    pub(super) asked_at: Millis,
    pub(super) state: SyncState,
    pub(super) marks: Marks,
    pub(super) is_full: bool,
    /// Titles that differ, and whether something is missing there.
    pub(super) titles: Vec<(ItemKey, bool)>,
    pub(super) held: usize,
    pub(super) requests: i64,
}

impl Sweep {
    /// Why it changes what it changes, and when that began.
    pub(super) fn run(&self) -> (SyncReason, DateTime<Utc>) {
        match self.state {
            SyncState::Importing | SyncState::Proving => (SyncReason::Import, self.asked_at.0),
            SyncState::Skipping | SyncState::Following | SyncState::Cancelled => {
                (SyncReason::Sweep, self.began_at)
            }
        }
    }

    /// This kind is read again next time.
    pub(super) fn unsettle(&mut self, key: ItemKey) {
        let mark = if key.is_movie { &mut self.marks.movies } else { &mut self.marks.episodes };
        *mark = Mark::Unread;
    }
}
