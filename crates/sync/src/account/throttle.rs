use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
};

use clock::Deadline;
use trakt::models::HistoryItem;

/// When a lane of an account may call Trakt again, and what it has read; kept between the steps of its work.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    /// Consecutive failures that affect the whole connection.
    pub(crate) strikes: u32,
    /// Nothing is sent before.
    pub(crate) not_before: Option<Deadline>,
    /// This many plays are still sent one by one, because a batch with one of them was rejected.
    pub(crate) single_sends: usize,
    /// The minutes of Trakt's history that were read recently, with their entries.
    pub(crate) minutes: BTreeMap<i64, ReadMinute>,
    /// A history ID that was the newest on Trakt recently, and until when it may be used: every play added
    /// later has a greater ID.
    pub(crate) newest: Option<(Deadline, u64)>,
    /// Until when the difference between Trakt's clock and ours need not be measured again.
    pub(crate) clock_measured: Option<Deadline>,
    /// How many times the user had requested a retry at the lane's last check.
    resets: u64,
}

/// A minute of Trakt's history.
#[derive(Debug)]
pub(crate) struct ReadMinute {
    /// Until when it need not be read again.
    pub(crate) until: Deadline,
    /// Its entries that do not belong to a play here, and will not.
    pub(crate) entries: Vec<HistoryItem>,
}

/// When the profile may be read again.
#[derive(Debug, Default)]
pub(super) struct ProfileThrottle {
    /// How many consecutive attempts to read it have failed.
    pub(super) failures: u32,
    /// It is not read again before this.
    pub(super) not_before: Option<Deadline>,
    /// See [`Throttle`].
    resets: u64,
}

/// How many times the user has requested a retry. The lanes check it before each step, so that requests never block.
#[derive(Debug, Default)]
pub(super) struct Resets(AtomicU64);

impl Resets {
    pub(super) fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Throttle {
    /// Clears the throttle, so that work is retried immediately, if the user has requested a retry since the
    /// last check.
    pub(super) fn follow(&mut self, resets: &Resets) {
        let count = resets.count();
        if self.resets != count {
            *self = Self { resets: count, ..Self::default() };
        }
    }
}

impl ProfileThrottle {
    /// See [`Throttle::follow`].
    pub(super) fn follow(&mut self, resets: &Resets) {
        let count = resets.count();
        if self.resets != count {
            *self = Self { resets: count, ..Self::default() };
        }
    }
}
