//! What counts as one viewing. The rules are here and nowhere else; [`Machine`](super::Machine) asks them.
//!
//! A *viewing* is one person's way through one title, however many sittings, players and devices it takes. It counts
//! once: with the first sitting that ends at 80 % or beyond, or that had played across the mark before it went back. A
//! *sitting* is the part of a viewing that one player shows without leaving the title.
//!
//! | What happens | Plays | Sent to Trakt |
//! |---|---|---|
//! | Played to 80 % or beyond, closed | 1 | the stop |
//! | Closed below 80 % | 0 | the stop, which Trakt keeps as a resume point |
//! | To 95 %, back to 60 %, closed: the mark was reached | 1 | a stop with the furthest progress |
//! | Sought to 95 %, a glance, back to 10 %, closed: nothing was reached | 0 | a stop at 10 % |
//! | Fell silent, played on from the buffer, reported again | 1 | a stop for the silence, then start and stop |
//! | Paused at 85 % and forgotten, finished in another player; a forgotten second tab | 1 | the first stop alone |
//! | Counted, then played on: credits, a scene once more, the rest a few days later | 1 | nothing more |
//! | Marked by hand at 50 %, played on to 95 % | 1 | the mark alone |
//! | As before, but the mark was deleted again | 1 | the stop |
//! | Counted, begun again from the start and a quarter of it played, in any number of sittings | 2 | both stops |
//! | Counted, opened at the start and sought to the last scene | 1 | the first stop alone |
//! | Counted more than a week ago, begun anywhere | 2 | both stops |
//!
//! 80 % is Trakt's mark; a person may set one above it, and a stop between the two is sent as a pause.
//!
//! Trakt's answers change none of this. "Counted" and 409 ("counted already") give the play its history id; where Trakt
//! kept a resume point instead, or means with its 409 the viewing before this one, the play is added to its history.

use std::{cell::Cell, collections::HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use db::ids::TitleId;

/// A sitting that begins below this percentage of a title that has counted begins a new viewing; above, it goes on with
/// the one that counted.
pub(super) const START_REGION: f64 = 20.0;
/// The percentage of a title that a new viewing has to play before it counts beside the one just before it. More than
/// what is left of a title that has counted, so that looking for the last scene is no second viewing.
const REPLAYED: f64 = 25.0;
/// How long after a title counted a sitting may go on with the same viewing.
const SAME_VIEWING: TimeDelta = TimeDelta::days(7);

/// One person's way through one title.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewing {
    /// When it began; tells it from other viewings of the title.
    pub started_at: DateTime<Utc>,
    /// When a player counted it.
    pub counted_at: Option<DateTime<Utc>>,
    /// When the viewing just before it counted: then it has to be a real one to count beside it.
    pub follows: Option<DateTime<Utc>>,
    /// How much of the title was played in it, in milliseconds.
    pub played_ms: i64,
}

/// What is known of a person and a title.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Known {
    /// The present viewing.
    pub viewing: Option<Viewing>,
    /// The newest play, from wherever it came: a player, a mark by hand, another device.
    pub last_play: Option<DateTime<Utc>>,
}

/// What is known of the titles of a player.
#[derive(Debug, Default)]
pub struct Viewings {
    known: HashMap<TitleId, Known>,
    changed: Vec<TitleId>,
    asked: Cell<bool>,
}

/// How a sitting begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Begun {
    /// Its viewing, by its beginning.
    pub(super) of: DateTime<Utc>,
    /// Whether the viewing has counted: nothing is sent any more.
    pub(super) has_counted: bool,
}

/// A sitting that ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ending {
    /// Its viewing, by its beginning; None in sessions that an earlier version stored.
    pub(super) of: Option<DateTime<Utc>>,
    /// When its position was last known to move.
    pub(super) at: DateTime<Utc>,
    /// Whether the title was watched: it ends beyond the mark, or had reached it.
    pub(super) watched: bool,
    /// Length of the title, in milliseconds.
    pub(super) duration_ms: i64,
}

/// What the end of a sitting means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The viewing counts, now and only now.
    Counts,
    /// The viewing has not counted and goes on some time.
    Open,
    /// The viewing had counted before this sitting went on: only its place matters.
    HadCounted,
    /// The viewing counted, or was followed by another, after this sitting was left: it has nothing to say.
    Outdated,
}

impl Viewings {
    /// What was read from the database.
    pub fn new(known: HashMap<TitleId, Known>) -> Self {
        Self { known, ..Self::default() }
    }

    /// Whether anything was asked: a step that asks nothing does not depend on what is known.
    pub fn was_asked(&self) -> bool {
        self.asked.get()
    }

    /// The viewings that have changed, to be kept.
    pub fn into_changed(self) -> impl Iterator<Item = (TitleId, Viewing)> {
        let Self { known, mut changed, .. } = self;
        changed.sort_unstable();
        changed.dedup();
        changed.into_iter().filter_map(move |title| Some((title, known.get(&title)?.viewing?)))
    }

    /// Whether the viewing of a sitting has counted, or another one has begun since.
    pub(super) fn is_over(&self, title: TitleId, of: Option<DateTime<Utc>>) -> bool {
        let known = self.of(title);
        known.is_later_than(of) || known.counted_at().is_some()
    }

    /// A sitting begins at this percentage; None when a player goes on after it was silent.
    pub(super) fn begin(&mut self, title: TitleId, percent: Option<f64>, now: DateTime<Utc>) -> Begun {
        let begun = self.change(title).begin(percent, now);
        tracing::trace!(title = title.0, percent, ?begun, "a sitting begins");
        begun
    }

    /// Notes how much was played in the viewing of a sitting.
    pub(super) fn play(&mut self, title: TitleId, of: Option<DateTime<Utc>>, played_ms: i64) {
        let known = self.change(title);
        if !known.is_later_than(of)
            && let Some(viewing) = &mut known.viewing
        {
            viewing.played_ms = viewing.played_ms.saturating_add(played_ms);
        }
    }

    pub(super) fn end(&mut self, title: TitleId, ending: Ending) -> Outcome {
        let outcome = self.change(title).end(ending);
        tracing::trace!(title = title.0, ?ending, ?outcome, "a sitting ends");
        outcome
    }

    fn of(&self, title: TitleId) -> Known {
        self.asked.set(true);
        self.known.get(&title).copied().unwrap_or_default()
    }

    fn change(&mut self, title: TitleId) -> &mut Known {
        self.asked.set(true);
        self.changed.push(title);
        self.known.entry(title).or_default()
    }
}

impl Known {
    /// When the present viewing counted. A play from elsewhere that lies within it is its play.
    fn counted_at(&self) -> Option<DateTime<Utc>> {
        match &self.viewing {
            Some(viewing) => viewing.counted_at.or(self.last_play.filter(|at| *at >= viewing.started_at)),
            None => self.last_play,
        }
    }

    fn is_later_than(&self, of: Option<DateTime<Utc>>) -> bool {
        self.viewing.zip(of).is_some_and(|(viewing, of)| viewing.started_at > of)
    }

    fn begin(&mut self, percent: Option<f64>, now: DateTime<Utc>) -> Begun {
        let fresh = |started_at, follows| Viewing { started_at, counted_at: None, follows, played_ms: 0 };
        let viewing = match (self.viewing, self.counted_at()) {
            (None, None) => fresh(now, None),
            (Some(viewing), None) => viewing,
            (viewing, Some(counted)) => {
                let recent = now - counted <= SAME_VIEWING;
                // After the play, also when this moment counted it or the clock was put back.
                let last = self.last_play.map_or(counted, |at| at.max(counted));
                let start = now.max(last) + TimeDelta::milliseconds(1);
                match viewing {
                    _ if !recent => fresh(start, None),
                    _ if percent.is_some_and(|percent| percent < START_REGION) => fresh(start, Some(counted)),
                    Some(viewing) => viewing,
                    None => Viewing { counted_at: Some(counted), ..fresh(counted, None) },
                }
            }
        };
        self.viewing = Some(viewing);
        Begun { of: viewing.started_at, has_counted: self.counted_at().is_some() }
    }

    fn end(&mut self, ending: Ending) -> Outcome {
        if self.is_later_than(ending.of) {
            return Outcome::Outdated;
        }
        let counted = self.counted_at();
        let started_at = ending.of.unwrap_or(ending.at);
        let viewing =
            self.viewing.get_or_insert(Viewing { started_at, counted_at: None, follows: None, played_ms: 0 });
        match counted {
            Some(counted) if counted >= ending.at => Outcome::Outdated,
            Some(_) => Outcome::HadCounted,
            None if !ending.watched => Outcome::Open,
            None if viewing.is_a_glance(ending.duration_ms) => {
                viewing.played_ms = 0;
                Outcome::HadCounted
            }
            None => {
                viewing.counted_at = Some(ending.at);
                Outcome::Counts
            }
        }
    }
}

impl Viewing {
    /// Whether too little was played to count beside the viewing before it.
    fn is_a_glance(&self, duration_ms: i64) -> bool {
        self.follows.is_some() && (self.played_ms as f64) < duration_ms as f64 * REPLAYED / 100.0
    }
}
