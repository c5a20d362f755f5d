//! The unstored progress of reading an account. It can be lost at any time, in which case it is read again.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use clock::{Clock, Deadline};
use db::{
    Millis,
    kinds::{SyncCategory, SyncReason, SyncState},
    rows::SyncCursor,
};
use trakt::paging::Walk;

use super::{
    ahead::Ahead,
    apply::Applied,
    cursor::{self, Mark, Marks},
    remote::ItemKey,
    round::{EVERY, Round},
};

/// The state of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pulled {
    /// Nothing needs to be read before this time.
    Until(DateTime<Utc>),
    /// Nothing is read until the user acts: the import is undecided or was cancelled, or the account is stopped.
    Stopped,
}

/// The result of one step.
#[derive(Debug)]
pub(super) enum Step {
    /// There is more to read.
    More,
    /// Nothing to do for now.
    Rest(Pulled),
}

/// The result of one step of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// There is more to read.
    More,
    /// Nothing more to read in this round.
    Done,
}

/// The progress of reading, beyond what the cursors contain.
#[derive(Default)]
pub(super) struct Progress {
    /// The account being read.
    pub(super) account: String,
    /// The number of user requests when it started.
    pub(super) asked: u64,
    /// The check of Trakt that is being processed.
    pub(super) round: Option<Round>,
    /// The category that is being read.
    pub(super) current: Option<SyncCategory>,
    /// Categories for which Trakt's requests failed: the others continue.
    pub(super) troubles: HashMap<SyncCategory, Trouble>,
    /// The pages of an import.
    pub(super) walk: Option<Walk>,
    /// The page of an import after the one being written.
    pub(super) ahead: Option<Ahead>,
    /// A comparison in progress.
    pub(super) sweep: Option<Sweep>,
    /// Imported data that was not announced yet.
    pub(super) unannounced: Applied,
    pub(super) failures: u32,
    /// Measured on the clock that is never set back.
    pub(super) not_before: Option<Deadline>,
}

/// Why a category is not read for a while.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trouble {
    /// Consecutive failures.
    pub(super) failures: u32,
    pub(super) not_before: Deadline,
}

impl Progress {
    /// Returns when a category is read next: immediately while it is being read for the first time, and if its time is
    /// further away than possible because the clock was set back.
    pub(super) fn due_at(&self, cursor: &SyncCursor, clock: &dyn Clock) -> DateTime<Utc> {
        let now = clock.now();
        let due = match cursor.state {
            SyncState::Following if cursor.next_at.0 - now > EVERY => now,
            SyncState::Following => cursor.next_at.0,
            SyncState::Importing | SyncState::Proving | SyncState::Skipping => cursor.asked_at.0,
            SyncState::Cancelled => DateTime::<Utc>::MAX_UTC,
        };
        let wait = |trouble: &Trouble| clock::after(now, trouble.not_before.left(clock));
        self.troubles.get(&cursor.category).map_or(due, |trouble| due.max(wait(trouble)))
    }

    /// Returns whether a category can be read now.
    pub(super) fn is_ready(&self, category: SyncCategory, clock: &dyn Clock) -> bool {
        self.troubles.get(&category).is_none_or(|trouble| trouble.not_before.left(clock).is_zero())
    }
}

/// A comparison in progress.
pub(super) struct Sweep {
    pub(super) began_at: DateTime<Utc>,
    /// From the cursor at its start: if the user makes another decision, the comparison ends.
    pub(super) asked_at: Millis,
    pub(super) state: SyncState,
    pub(super) marks: Marks,
    pub(super) is_full: bool,
    /// Titles that differ, and whether plays are missing there.
    pub(super) titles: Vec<(ItemKey, bool)>,
    /// Titles of plays that were sent and that no read has shown yet.
    pub(super) sent: HashSet<ItemKey>,
    pub(super) held: usize,
    pub(super) requests: i64,
}

impl Sweep {
    /// Returns the reason for its changes, and its start.
    pub(super) fn run(&self) -> (SyncReason, DateTime<Utc>) {
        cursor::reason(self.state, self.asked_at, self.began_at)
    }

    /// Marks this kind to be read again next time.
    pub(super) fn unsettle(&mut self, key: ItemKey) {
        let mark = if key.is_movie { &mut self.marks.movies } else { &mut self.marks.episodes };
        *mark = Mark::Unread;
    }
}
