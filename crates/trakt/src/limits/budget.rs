//! One budget: a number of calls per period, and pauses.
//!
//! Times are those of the clock that the caller passes in. When that clock is set back, everything the budget remembers
//! moves back with it ([`Budget::follow`]): no wait becomes longer than the period or the pause that caused it.

use std::collections::VecDeque;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::RateHeader;
use clock::after;

/// A number of calls per period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How many calls.
    pub calls: u32,
    /// The length of the period.
    pub per: Duration,
}

impl Pace {
    /// `calls` within `per`. At least one call is always allowed: an empty budget would wait forever.
    pub const fn new(calls: u32, per: Duration) -> Self {
        Self { calls: if calls == 0 { 1 } else { calls }, per }
    }
}

/// The longest accepted pause, whatever `Retry-After` or `X-Ratelimit` say. A value of a year would silence the account
/// for a year; after an hour, one call finds out whether the pause is still in force.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// A time during which nothing is sent from a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// The end of the pause.
    pub until: DateTime<Utc>,
    /// Why.
    pub reason: PauseReason,
}

/// Why a budget is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseReason {
    /// Trakt's limit for the account was hit.
    RateLimit,
    /// The edge blocks this address; the value is the HTTP status.
    Edge(u16),
}

/// How much of a budget is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Calls in the current window, including those of other clients of the same account if Trakt counts them.
    pub used: u32,
    /// How many calls a window allows.
    pub limit: u32,
    /// When the window ends, or the oldest of these calls leaves it; `None` while nothing is used.
    pub resets_at: Option<DateTime<Utc>>,
}

/// Two requests can arrive closer together than they were sent, so the window is slightly longer here than on Trakt.
const JITTER: Duration = Duration::from_millis(100);

/// Counts calls against a [`Pace`] with a sliding window, so that no window of Trakt contains more calls than allowed,
/// whenever it starts.
#[derive(Debug, Clone)]
pub struct Budget {
    pace: Pace,
    sent: VecDeque<DateTime<Utc>>,
    window: Option<Window>,
    pause: Option<Pause>,
    /// The latest time that was passed in.
    last: Option<DateTime<Utc>>,
}

/// What is left until the end of the window, according to Trakt.
#[derive(Debug, Clone, Copy)]
struct Window {
    remaining: u32,
    until: DateTime<Utc>,
}

impl Budget {
    /// A new budget.
    pub fn new(pace: Pace) -> Self {
        // The fields of a pace are public, so it may have been created without `Pace::new`.
        let pace = Pace::new(pace.calls, pace.per);
        Self { pace, sent: VecDeque::new(), window: None, pause: None, last: None }
    }

    /// The current pace: the first guess, or what Trakt reported.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// How much is used up at `now`: what Trakt last reported, plus what was sent since; before the first report, the
    /// calls of this client.
    pub fn usage(&self, now: DateTime<Utc>) -> Usage {
        let mut budget = self.clone();
        budget.follow(now);
        let ended = budget.window.map(|window| window.until).filter(|until| *until <= now);
        budget.drop_expired(now);
        let limit = budget.pace.calls;
        if let Some(window) = budget.window {
            let used = limit.saturating_sub(window.remaining);
            return Usage { used, limit, resets_at: (used > 0).then_some(window.until) };
        }
        // Calls that were sent within a window that has ended no longer count.
        let counts = |sent: &&DateTime<Utc>| ended.is_none_or(|ended| **sent >= ended);
        let sent: Vec<DateTime<Utc>> = budget.sent.iter().filter(counts).copied().collect();
        Usage {
            used: u32::try_from(sent.len()).unwrap_or(u32::MAX).min(limit),
            limit,
            resets_at: sent.first().map(|oldest| after(*oldest, budget.pace.per + JITTER)),
        }
    }

    /// Takes one call from the budget and leaves at least `reserve` calls for others, or says when that is possible.
    pub fn take(&mut self, now: DateTime<Utc>, reserve: u32) -> Result<(), DateTime<Utc>> {
        self.follow(now);
        self.drop_expired(now);
        let reserve = reserve.min(self.pace.calls - 1);
        if let Some(window) = self.window.filter(|window| window.remaining <= reserve) {
            return Err(window.until);
        }
        let usable = (self.pace.calls - reserve) as usize;
        if self.sent.len() >= usable {
            // The oldest of the last `usable` calls has to leave the window first.
            let oldest = self.sent[self.sent.len() - usable];
            return Err(after(oldest, self.pace.per + JITTER));
        }
        if let Some(window) = &mut self.window {
            window.remaining -= 1;
        }
        self.sent.push_back(now);
        Ok(())
    }

    /// The earliest time at which the call behind `ahead` others can be sent, if nothing else is sent.
    pub fn free_after(&self, ahead: usize, now: DateTime<Utc>) -> DateTime<Utc> {
        let mut budget = self.clone();
        budget.follow(now);
        let mut moment = budget.pause_at(now).map_or(now, |pause| pause.until);
        for _ in 0..=ahead {
            while let Err(free_at) = budget.take(moment, 0) {
                moment = free_at;
            }
        }
        moment
    }

    /// Adjusts all remembered times if the clock was set back: a call that was sent an hour ago is moved to an hour before
    /// the new time, and a pause that ends in five seconds still does.
    pub fn follow(&mut self, now: DateTime<Utc>) {
        if let Some(back) = self.last.map(|last| last - now).filter(|back| *back > TimeDelta::zero()) {
            let shifted = |moment: DateTime<Utc>| moment.checked_sub_signed(back).unwrap_or(now);
            self.sent.iter_mut().for_each(|sent| *sent = shifted(*sent));
            self.window = self.window.map(|window| Window { until: shifted(window.until), ..window });
            self.pause = self.pause.map(|pause| Pause { until: shifted(pause.until), ..pause });
        }
        self.last = Some(now);
    }

    /// The pause in force at `now`.
    pub fn pause_at(&self, now: DateTime<Utc>) -> Option<Pause> {
        self.pause.filter(|pause| pause.until > now)
    }

    /// Pauses from `now` on, for [`LONGEST_PAUSE`] at most. A longer pause that is already in force is kept.
    pub fn pause(&mut self, pause: Pause, now: DateTime<Utc>) {
        self.follow(now);
        let pause = Pause { until: pause.until.min(after(now, LONGEST_PAUSE)), ..pause };
        if self.pause.is_none_or(|current| current.until < pause.until) {
            self.pause = Some(pause);
        }
    }

    /// Ends the pause, because a user wants to know whether it is still in force.
    pub fn end_pause(&mut self) {
        self.pause = None;
    }

    /// Updates from a rate header.
    pub fn observe(&mut self, header: &RateHeader, now: DateTime<Utc>) {
        self.follow(now);
        self.pace = Pace::new(header.limit, header.period.min(LONGEST_PAUSE));
        // Trakt's clock may differ from ours: a window never ends later than one period from now, and one that ended in
        // the past is ignored.
        let until = header.until.map(|until| until.min(after(now, self.pace.per)));
        let Some(until) = until.filter(|until| *until > now) else { return };
        // Responses can arrive out of order: within one window, the smaller number is the newer one.
        let remaining = match self.window {
            Some(known)
                if known.until > now && (known.until - until).abs() < chrono::Duration::seconds(1) =>
            {
                known.remaining.min(header.remaining)
            }
            _ => header.remaining,
        };
        self.window = Some(Window { remaining, until });
    }

    fn drop_expired(&mut self, now: DateTime<Utc>) {
        while self.sent.front().is_some_and(|sent| after(*sent, self.pace.per + JITTER) <= now) {
            self.sent.pop_front();
        }
        if self.window.is_some_and(|window| window.until <= now) {
            self.window = None;
        }
    }
}
