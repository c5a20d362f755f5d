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
    /// Nothing is to be read before this moment.
    Until(DateTime<Utc>),
    /// Nothing is read before a user acts: the import is undecided or was cancelled, or the account is stopped.
    Stopped,
}

/// The result of one step.
#[derive(Debug)]
pub(super) enum Step {
    /// There is more to read.
    More,
    /// Nothing for now.
    Rest(Pulled),
}

/// What one step of a category came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// There is more to read.
    More,
    /// Nothing more in this round.
    Done,
}

/// How far the reading is, beyond what the cursors say.
#[derive(Default)]
pub(super) struct Progress {
    /// The account that it is about.
    pub(super) account: String,
    /// What the person had asked for when it began.
    pub(super) asked: u64,
    /// The look at Trakt that is being followed up.
    pub(super) round: Option<Round>,
    /// The category that is being read.
    pub(super) current: Option<SyncCategory>,
    /// Categories that Trakt did not answer for: the others go on.
    pub(super) troubles: HashMap<SyncCategory, Trouble>,
    /// The pages of an import.
    pub(super) walk: Option<Walk>,
    /// The page of an import that comes after the one being written.
    pub(super) ahead: Option<Ahead>,
    /// A comparison that is under way.
    pub(super) sweep: Option<Sweep>,
    /// What was imported and not announced yet.
    pub(super) unannounced: Applied,
    pub(super) failures: u32,
    /// Counted on the clock that nobody sets back.
    pub(super) not_before: Option<Deadline>,
}

/// Why a category is left alone for a while.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trouble {
    /// In a row.
    pub(super) failures: u32,
    pub(super) not_before: Deadline,
}

impl Progress {
    /// When a category is read next: at once while it is being read for the first time, and when its time is further away
    /// than any can be, because the clock was set back.
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

    /// Whether a category can be read now.
    pub(super) fn is_ready(&self, category: SyncCategory, clock: &dyn Clock) -> bool {
        self.troubles.get(&category).is_none_or(|trouble| trouble.not_before.left(clock).is_zero())
    }
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
    /// Titles of plays that were sent and that no read has shown.
    pub(super) sent: HashSet<ItemKey>,
    pub(super) held: usize,
    pub(super) requests: i64,
}

impl Sweep {
    /// Why it changes what it changes, and when that began.
    pub(super) fn run(&self) -> (SyncReason, DateTime<Utc>) {
        cursor::reason(self.state, self.asked_at, self.began_at)
    }

    /// This kind is read again next time.
    pub(super) fn unsettle(&mut self, key: ItemKey) {
        let mark = if key.is_movie { &mut self.marks.movies } else { &mut self.marks.episodes };
        *mark = Mark::Unread;
    }
}
