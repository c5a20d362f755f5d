//! One budget: so many calls in so much time, and pauses.

use std::collections::VecDeque;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::RateHeader;
use clock::after;

/// So many calls within so much time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How many calls.
    pub calls: u32,
    /// Within how much time.
    pub per: Duration,
}

impl Pace {
    /// `calls` within `per`. At least one call is always allowed: a budget of nothing would wait for ever.
    pub const fn new(calls: u32, per: Duration) -> Self {
        Self { calls: if calls == 0 { 1 } else { calls }, per }
    }
}

/// A time during which a whole budget rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// The end of the pause.
    pub until: DateTime<Utc>,
    /// Who asked for it.
    pub reason: PauseReason,
}

/// Why a budget is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseReason {
    /// Trakt's limit for the account was hit.
    RateLimit,
    /// The edge blocks this address; the value is the status it answered.
    Edge(u16),
}

/// Two requests leave this far apart and may arrive closer together: the window is kept a little longer here than it
/// is at Trakt.
const JITTER: Duration = Duration::from_millis(100);

/// Counts calls against a [`Pace`] with a sliding window, so that no window of Trakt's, however it is laid, sees more
/// calls than it allows.
#[derive(Debug, Clone)]
pub struct Budget {
    pace: Pace,
    sent: VecDeque<DateTime<Utc>>,
    window: Option<Window>,
    pause: Option<Pause>,
}

/// What Trakt said is left until the end of its window.
#[derive(Debug, Clone, Copy)]
struct Window {
    remaining: u32,
    until: DateTime<Utc>,
}

impl Budget {
    /// A fresh budget.
    pub fn new(pace: Pace) -> Self {
        Self { pace, sent: VecDeque::new(), window: None, pause: None }
    }

    /// The pace in force: the first guess, or what Trakt said.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// Takes one call from the budget, or says when one is free.
    pub fn take(&mut self, now: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
        self.forget(now);
        if let Some(window) = self.window.filter(|window| window.remaining == 0) {
            return Err(window.until);
        }
        if self.sent.len() >= self.pace.calls as usize {
            // The oldest of the last `calls` calls has to leave the window first.
            let oldest = self.sent[self.sent.len() - self.pace.calls as usize];
            return Err(after(oldest, self.pace.per + JITTER));
        }
        if let Some(window) = &mut self.window {
            window.remaining -= 1;
        }
        self.sent.push_back(now);
        Ok(())
    }

    /// The pause in force at `now`.
    pub fn pause_at(&self, now: DateTime<Utc>) -> Option<Pause> {
        self.pause.filter(|pause| pause.until > now)
    }

    /// Pauses; a longer pause that is already in force stays.
    pub fn pause(&mut self, pause: Pause) {
        if self.pause.is_none_or(|current| current.until < pause.until) {
            self.pause = Some(pause);
        }
    }

    /// Believes a rate header.
    pub fn observe(&mut self, header: &RateHeader, now: DateTime<Utc>) {
        self.pace = Pace::new(header.limit, header.period);
        // Trakt's clock may differ from ours: a window never ends later than one period from now.
        let until = header.until.map(|until| until.min(after(now, header.period)));
        let Some(until) = until.filter(|until| *until > now) else { return };
        // Answers arrive out of order: within one window the smaller number is the newer truth.
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

    fn forget(&mut self, now: DateTime<Utc>) {
        while self.sent.front().is_some_and(|sent| after(*sent, self.pace.per + JITTER) <= now) {
            self.sent.pop_front();
        }
        if self.window.is_some_and(|window| window.until <= now) {
            self.window = None;
        }
    }
}
