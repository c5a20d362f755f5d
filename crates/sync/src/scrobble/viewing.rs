//! What counts as one viewing. These rules are defined only here; [`Machine`](super::Machine) uses them.
//!
//! A *viewing* is one user watching one title once, across any number of sittings, players and devices. It
//! counts once: with the first sitting that ends at 80 % or beyond, or in which playback crossed that threshold
//! before going back. A *sitting* is the part of a viewing that happens in one player without leaving the
//! title.
//!
//! | What happens | Plays | Sent to Trakt |
//! |---|---|---|
//! | Played to 80 % or beyond, closed | 1 | the stop |
//! | Closed below 80 % | 0 | the stop, which Trakt keeps as a resume point |
//! | Played to 95 %, back to 60 %, closed: the threshold was reached | 1 | a stop with the furthest progress |
//! | Sought to 95 %, looked briefly, back to 10 %, closed: the threshold was not reached | 0 | a stop at 10 % |
//! | Reports stopped, played on from the buffer, reports resumed | 1 | a stop, then a start and a stop |
//! | Paused at 85 % and left open, finished in another player or tab | 1 | only the first stop |
//! | Counted, then played on: credits, a scene again, the rest a few days later | 1 | nothing more |
//! | Marked as watched at 50 %, played on to 95 % | 1 | only the mark |
//! | As before, but the mark was deleted again | 1 | the stop |
//! | Counted, restarted from the beginning and a quarter of it played, in any number of sittings | 2 | both stops |
//! | Counted, opened at the beginning and sought to the last scene | 1 | only the first stop |
//! | Counted more than a week ago, started anywhere | 2 | both stops |
//!
//! Trakt counts from 80 % on. Users may set a higher threshold; a stop between the two is sent as a pause.
//!
//! Trakt's responses change none of this. "Counted" and 409 ("already counted") provide the play's history ID.
//! If Trakt only kept a resume point, or if its 409 refers to the viewing before this one, the play is added to
//! Trakt's history.

use std::{cell::Cell, collections::HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use db::ids::TitleId;

/// If a title has counted, a sitting that begins below this percentage begins a new viewing; a sitting that
/// begins above it continues the viewing that counted.
pub(super) const START_REGION: f64 = 20.0;
/// The percentage of a title that must be played in a new viewing before it counts in addition to the one just
/// before. It is more than what can be left of a title that has counted, so seeking to the last scene is not a
/// second viewing.
const REPLAYED: f64 = 25.0;
/// How long after a title has counted a sitting may continue the same viewing.
const SAME_VIEWING: TimeDelta = TimeDelta::days(7);

/// One user watching one title once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewing {
    /// When it began; distinguishes it from other viewings of the title.
    pub started_at: DateTime<Utc>,
    /// When a player counted it.
    pub counted_at: Option<DateTime<Utc>>,
    /// When the viewing just before it counted. If set, a quarter of the title must be played before this one
    /// counts too.
    pub follows: Option<DateTime<Utc>>,
    /// How many milliseconds of the title were played in it.
    pub played_ms: i64,
}

/// What is known about a user and a title.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Known {
    /// The current viewing.
    pub viewing: Option<Viewing>,
    /// The newest play from any source: a player, marked by hand, another device.
    pub last_play: Option<DateTime<Utc>>,
}

/// What is known about the titles of a player.
#[derive(Debug, Default)]
pub struct Viewings {
    known: HashMap<TitleId, Known>,
    changed: Vec<TitleId>,
    asked: Cell<bool>,
}

/// How a sitting begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Begun {
    /// Identifies its viewing: when that viewing began.
    pub(super) of: DateTime<Utc>,
    /// Whether the viewing has already counted: then nothing more is sent.
    pub(super) has_counted: bool,
}

/// The end of a sitting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ending {
    /// Identifies its viewing: when that viewing began. `None` in sessions stored by an earlier version.
    pub(super) of: Option<DateTime<Utc>>,
    /// When its position last changed, as far as known.
    pub(super) at: DateTime<Utc>,
    /// Whether the title was watched: the sitting ends beyond the threshold, or had reached it.
    pub(super) watched: bool,
    /// Length of the title, in milliseconds.
    pub(super) duration_ms: i64,
}

/// What the end of a sitting means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The viewing counts now.
    Counts,
    /// The viewing has not counted and can be continued.
    Open,
    /// The viewing had counted before this sitting: only its position matters.
    HadCounted,
    /// The viewing counted, or another one began, after this sitting was left: it has no effect.
    Outdated,
}

impl Viewings {
    /// Creates it from what was read from the database.
    pub fn new(known: HashMap<TitleId, Known>) -> Self {
        Self { known, ..Self::default() }
    }

    /// Whether anything was looked up. If not, the step does not depend on what is known.
    pub fn was_asked(&self) -> bool {
        self.asked.get()
    }

    /// The viewings that have changed, to be stored.
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

    /// Begins a sitting at this percentage; `None` if a player continues after its reports had stopped.
    pub(super) fn begin(&mut self, title: TitleId, percent: Option<f64>, now: DateTime<Utc>) -> Begun {
        let begun = self.change(title).begin(percent, now);
        tracing::trace!(title = title.0, percent, ?begun, "a sitting begins");
        begun
    }

    /// Adds the milliseconds played to the viewing of a sitting.
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
    /// When the current viewing counted. A play from elsewhere at a time within the viewing counts as its play.
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
                // After the last play, even if that has just counted or the clock was set back.
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
            None if viewing.is_too_short(ending.duration_ms) => {
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
    /// Whether too little was played to count in addition to the viewing before it.
    fn is_too_short(&self, duration_ms: i64) -> bool {
        self.follows.is_some() && (self.played_ms as f64) < duration_ms as f64 * REPLAYED / 100.0
    }
}
