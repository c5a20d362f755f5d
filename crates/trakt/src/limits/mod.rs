//! The rate limiter: a pure type that decides which call may go when.
//!
//! An account has two budgets, one for reads and one for writes. Each is a [`Budget`] that starts from a guess and
//! then believes what Trakt's headers say. Calls stand in line as [`Ticket`]s: the most urgent goes first, and within
//! one priority the oldest. Nothing here knows a clock or a socket; the client does the waiting.

mod budget;
mod header;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

pub use budget::{Budget, Pace, Pause, PauseReason};
pub use header::RateHeader;

/// Which budget a call draws on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// GET.
    Read,
    /// POST, PUT, DELETE.
    Write,
}

/// Who goes first when several calls wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Priority {
    /// What somebody is watching now: scrobbles.
    Urgent,
    /// What somebody waits for.
    #[default]
    Normal,
    /// Imports and reconciliations. Bulk calls also wait out any rate limit instead of failing.
    Bulk,
}

/// A place in the line of one lane.
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
    /// First in line: ask again at this moment.
    At(DateTime<Utc>),
    /// First in line, but the whole budget is paused.
    Paused(Pause),
    /// Somebody else goes first: ask again when the line moves.
    Behind,
}

/// The budgets of one account and the lines before them.
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
    /// Starts from guesses, which the first rate headers replace.
    pub fn new(reads: Pace, writes: Pace) -> Self {
        Self { reads: Queue::new(reads), writes: Queue::new(writes) }
    }

    /// Joins the line.
    pub fn enqueue(&mut self, lane: Lane, priority: Priority) -> Ticket {
        let queue = self.queue(lane);
        queue.issued += 1;
        let ticket = Ticket { priority, number: queue.issued };
        queue.waiting.insert(ticket);
        ticket
    }

    /// Leaves the line without sending.
    pub fn leave(&mut self, lane: Lane, ticket: Ticket) {
        self.queue(lane).waiting.remove(&ticket);
    }

    /// Asks whether the call with `ticket` may go at `now`.
    pub fn turn(&mut self, lane: Lane, ticket: Ticket, now: DateTime<Utc>) -> Turn {
        let queue = self.queue(lane);
        if queue.waiting.first() != Some(&ticket) {
            return Turn::Behind;
        }
        if let Some(pause) = queue.budget.pause_at(now) {
            return Turn::Paused(pause);
        }
        match queue.budget.take(now) {
            Ok(()) => {
                queue.waiting.remove(&ticket);
                Turn::Go
            }
            Err(free_at) => Turn::At(free_at),
        }
    }

    /// Learns from the rate header of an answer.
    pub fn observe(&mut self, lane: Lane, header: &RateHeader, now: DateTime<Utc>) {
        self.queue(lane).budget.observe(header, now);
    }

    /// Lets nothing of `lane` go before `pause.until`.
    pub fn pause(&mut self, lane: Lane, pause: Pause) {
        self.queue(lane).budget.pause(pause);
    }

    /// The budget of a lane, to look at.
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
mod tests;
