//! Decides about a resume point, without I/O: the newest wins, by the times of both sides.

use chrono::{DateTime, TimeDelta, Utc};

/// Trakt dates a pause when it receives it, so the date of our own pause is later there by at most this much.
const OWN_PAUSE_DELAY: TimeDelta = TimeDelta::minutes(2);
/// A smaller difference counts as the same position, in percent.
const SAME_POSITION: f64 = 1.0;
/// Trakt deletes resume points after six months: one that is gone at this age was not removed by the user.
const KEPT: TimeDelta = TimeDelta::days(170);

/// A resume point on Trakt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct There {
    pub(super) id: i64,
    pub(super) percent: f64,
    pub(super) paused_at: DateTime<Utc>,
}

/// A resume point here, in Trakt's time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Here {
    pub(super) percent: f64,
    pub(super) paused_at: DateTime<Utc>,
    pub(super) is_private: bool,
}

/// A resume point on Trakt when it was last seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seen {
    pub(super) id: i64,
    pub(super) paused_at: DateTime<Utc>,
    /// It was also a resume point here.
    pub(super) is_here: bool,
}

/// What to do with a resume point on Trakt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It replaces the one here.
    Take,
    /// It is recorded. `is_here` means that it is the one here, or an older version of it.
    Note { is_here: bool },
    /// It was finished or cleared here, so it is removed on Trakt.
    Remove,
}

/// Decides about a point on Trakt. `last_play` is when the title was last watched to the end, in Trakt's time.
pub(super) fn fate(
    there: There,
    seen: Option<Seen>,
    here: Option<Here>,
    last_play: Option<DateTime<Utc>>,
) -> Fate {
    let same = |seen: &Seen| (seen.id, seen.paused_at) == (there.id, there.paused_at);
    if let Some(seen) = seen.filter(same) {
        let is_cleared = seen.is_here && here.is_none();
        return if is_cleared { Fate::Remove } else { Fate::Note { is_here: seen.is_here } };
    }
    match here {
        _ if last_play.is_some_and(|at| at >= there.paused_at) => Fate::Note { is_here: false },
        Some(here) if here.is_private && here.paused_at >= there.paused_at => Fate::Note { is_here: false },
        Some(here) if here.is_private => Fate::Take,
        Some(here) if here.paused_at >= there.paused_at || is_own(here, there) => {
            Fate::Note { is_here: true }
        }
        Some(_) | None => Fate::Take,
    }
}

/// Returns whether the point on Trakt is the one that was sent from here a moment ago.
fn is_own(here: Here, there: There) -> bool {
    there.paused_at - here.paused_at <= OWN_PAUSE_DELAY
        && (there.percent - here.percent).abs() < SAME_POSITION
}

/// Returns whether a resume point here is removed because the one on Trakt is gone: only if it is the same one, and a
/// user removed it.
pub(super) fn is_removed_here(seen: Seen, here: Here, now: DateTime<Utc>) -> bool {
    let was_removed = now - seen.paused_at < KEPT;
    seen.is_here && was_removed && !here.is_private && here.paused_at <= seen.paused_at + OWN_PAUSE_DELAY
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
