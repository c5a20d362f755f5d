//! The rate limiter: decides which call may be sent when, without I/O.
//!
//! An account has two budgets, one for reads and one for writes. Each is a [`Budget`] that starts from a guess and then
//! follows Trakt's headers. Calls wait in a queue as [`Ticket`]s: the most urgent goes first, and within one priority
//! the oldest.
//!
//! **Scrobbles come first.** [`Priority::Urgent`] calls overtake all others, and a share of each budget is reserved for
//! them ([`Priority::reserve`]): however many other calls are waiting, the next scrobble is sent immediately or, in
//! the write budget of one call per second, after one second. The client never lets an urgent call wait longer than
//! [`max_urgent_wait`](crate::ClientBuilder::max_urgent_wait).
//!
//! Nothing here uses a clock or a socket; the client does the waiting.

mod budget;
mod header;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

pub use budget::{Budget, LONGEST_PAUSE, Pace, Pause, PauseReason, Usage};
pub use header::RateHeader;

/// Which budget a call draws on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// GET.
    Read,
    /// POST, PUT, DELETE.
    Write,
}

/// The order in which waiting calls are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Priority {
    /// Live scrobbles, and reads that a live scrobble depends on.
    Urgent,
    /// Calls that a user is waiting for.
    #[default]
    Normal,
    /// Imports and reconciliation. Bulk calls also wait out any rate limit instead of failing.
    Bulk,
}

impl Priority {
    /// How many of `calls` a call of this priority leaves to more urgent ones: none, 1 in 20, or 1 in 10. A budget that is
    /// too small to share reserves nothing, so only the order in the queue matters.
    pub fn reserve(self, calls: u32) -> u32 {
        match self {
            Self::Urgent => 0,
            Self::Normal => calls / 20,
            Self::Bulk => calls / 10,
        }
    }
}

/// A place in the queue of one lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket {
    priority: Priority,
    number: u64,
}

/// What a waiting call should do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Send. The budget is charged and the ticket is used up.
    Go,
    /// First in the queue: ask again at this moment.
    At(DateTime<Utc>),
    /// First in the queue, but the budget is paused.
    Paused(Pause),
    /// Another call goes first: ask again when the queue changes.
    Behind,
}

/// The budgets of one account and the calls that wait for them.
#[derive(Debug, Clone)]
pub struct Limiter {
    reads: Queue,
    writes: Queue,
}

#[derive(Debug, Clone)]
struct Queue {
    budget: Budget,
    waiting: BTreeSet<Ticket>,
    issued: u64,
}

impl Queue {
    fn new(pace: Pace) -> Self {
        Self { budget: Budget::new(pace), waiting: BTreeSet::new(), issued: 0 }
    }
}

impl Limiter {
    /// Starts with assumed paces, which the first rate headers replace.
    pub fn new(reads: Pace, writes: Pace) -> Self {
        Self { reads: Queue::new(reads), writes: Queue::new(writes) }
    }

    /// Joins the queue.
    pub fn enqueue(&mut self, lane: Lane, priority: Priority) -> Ticket {
        let queue = self.queue(lane);
        queue.issued += 1;
        let ticket = Ticket { priority, number: queue.issued };
        queue.waiting.insert(ticket);
        ticket
    }

    /// Leaves the queue without sending.
    pub fn leave(&mut self, lane: Lane, ticket: Ticket) {
        self.queue(lane).waiting.remove(&ticket);
    }

    /// Whether the call with `ticket` may be sent at `now`.
    pub fn turn(&mut self, lane: Lane, ticket: Ticket, now: DateTime<Utc>) -> Turn {
        let queue = self.queue(lane);
        if queue.waiting.first() != Some(&ticket) {
            return Turn::Behind;
        }
        queue.budget.follow(now);
        if let Some(pause) = queue.budget.pause_at(now) {
            return Turn::Paused(pause);
        }
        let reserve = ticket.priority.reserve(queue.budget.pace().calls);
        match queue.budget.take(now, reserve) {
            Ok(()) => {
                queue.waiting.remove(&ticket);
                Turn::Go
            }
            Err(free_at) => Turn::At(free_at),
        }
    }

    /// The earliest time at which the call with `ticket` can be sent. For an urgent call this is also the latest,
    /// unless Trakt's headers change it: nothing overtakes it.
    pub fn expected(&self, lane: Lane, ticket: Ticket, now: DateTime<Utc>) -> DateTime<Utc> {
        let queue = match lane {
            Lane::Read => &self.reads,
            Lane::Write => &self.writes,
        };
        queue.budget.free_after(queue.waiting.range(..ticket).count(), now)
    }

    /// Updates from the rate header of a response.
    pub fn observe(&mut self, lane: Lane, header: &RateHeader, now: DateTime<Utc>) {
        self.queue(lane).budget.observe(header, now);
    }

    /// Sends nothing of `lane` before `pause.until`, or before an hour ([`LONGEST_PAUSE`]) has passed from `now`.
    pub fn pause(&mut self, lane: Lane, pause: Pause, now: DateTime<Utc>) {
        self.queue(lane).budget.pause(pause, now);
    }

    /// Ends the pauses of both lanes.
    pub fn end_pauses(&mut self) {
        self.reads.budget.end_pause();
        self.writes.budget.end_pause();
    }

    /// The budget of a lane.
    pub fn budget(&self, lane: Lane) -> &Budget {
        match lane {
            Lane::Read => &self.reads.budget,
            Lane::Write => &self.writes.budget,
        }
    }

    fn queue(&mut self, lane: Lane) -> &mut Queue {
        match lane {
            Lane::Read => &mut self.reads,
            Lane::Write => &mut self.writes,
        }
    }
}

#[cfg(test)]
mod priority_tests;
#[cfg(test)]
mod tests;
