//! Decides what to do after reading Trakt's history, without I/O.
//!
//! A play on Trakt that was not seen before is one of three things: an existing play here (with the same history ID,
//! the same title in the same minute, or both without a date), another client's report of a viewing that is a play
//! here, or a play to add. A play that was seen and is gone is only removed here with proof that it is gone.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    ids::{PlayId, TraktPlayId},
    kinds::TitleKind,
};
use trakt::{
    models::{PlayCounts, TraktId},
    paging::{Absence, Present},
};

use super::remote::dated;

/// A viewing counts from 80 %, so two complete viewings of a title are at least this fraction of its runtime
/// apart.
const VIEWING_FRACTION: (i32, i32) = (4, 5);
/// The assumed runtime of a title in minutes if it is unknown: shorter than most, so that a rewatch is not lost.
const MOVIE_MINUTES: i32 = 80;
const EPISODE_MINUTES: i32 = 20;

/// A play of a title here. Private plays are excluded: they are never synced with Trakt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Here {
    pub(super) id: PlayId,
    pub(super) watched_at: Option<DateTime<Utc>>,
    /// Its history ID on Trakt.
    pub(super) history_id: Option<i64>,
    /// Watched or marked on this server, not read from Trakt.
    pub(super) made_here: bool,
}

/// A play of a title on Trakt that was not seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct There {
    /// Its history ID; `None` in the compact form, which does not contain it.
    pub(super) history_id: Option<i64>,
    pub(super) watched_at: DateTime<Utc>,
}

/// What a play on Trakt corresponds to here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is this play.
    Link(PlayId),
    /// It is another report of a viewing that already is a play here.
    SameViewing,
    /// It has no play here, so one is added.
    Add,
}

/// Returns the maximum distance between two plays of a title that are the same viewing.
pub(super) fn viewing(kind: TitleKind, runtime_minutes: Option<i32>) -> TimeDelta {
    let usual = if kind == TitleKind::Movie { MOVIE_MINUTES } else { EPISODE_MINUTES };
    let minutes = runtime_minutes.filter(|minutes| *minutes > 0).unwrap_or(usual);
    TimeDelta::minutes(i64::from(minutes)) * VIEWING_FRACTION.0 / VIEWING_FRACTION.1
}

/// Returns the fates of a title's plays on Trakt, in their order.
pub(super) fn fates(there: &[There], here: &[Here], viewing: TimeDelta) -> Vec<Fate> {
    let mut free: Vec<&Here> = here.iter().filter(|play| play.history_id.is_none()).collect();
    let mut fates: Vec<Option<Fate>> = there
        .iter()
        .map(|play| {
            let own = |here: &&Here| here.history_id.is_some() && here.history_id == play.history_id;
            here.iter().find(own).map(|own| Fate::Link(own.id))
        })
        .collect();
    for (play, fate) in there.iter().zip(&mut fates).filter(|(_, fate)| fate.is_none()) {
        let minute = dated(play.watched_at);
        let same = |here: &&Here| here.watched_at.and_then(dated) == minute;
        *fate = free.iter().position(same).map(|at| Fate::Link(free.swap_remove(at).id));
    }
    for (play, fate) in there.iter().zip(&mut fates).filter(|(_, fate)| fate.is_none()) {
        let distance = |here: &Here| here.watched_at.map(|at| (at - play.watched_at).abs());
        let nearest = here
            .iter()
            .filter(|here| here.made_here)
            .filter_map(|here| Some((distance(here).filter(|distance| *distance < viewing)?, here.id)))
            .min();
        *fate = nearest.map(|(_, id)| match free.iter().position(|here| here.id == id) {
            Some(at) => Fate::Link(free.swap_remove(at).id),
            None => Fate::SameViewing,
        });
    }
    fates.into_iter().map(|fate| fate.unwrap_or(Fate::Add)).collect()
}

/// Returns the pulled plays of a title that are reports of a viewing made here whose own history entry has now arrived.
pub(super) fn absorbed(fates: &[Fate], here: &[Here], viewing: TimeDelta) -> Vec<PlayId> {
    let linked = |play: &&Here| play.made_here && fates.contains(&Fate::Link(play.id));
    let own: Vec<DateTime<Utc>> = here.iter().filter(linked).filter_map(|play| play.watched_at).collect();
    let close =
        |play: &&Here| play.watched_at.is_some_and(|at| own.iter().any(|own| (*own - at).abs() < viewing));
    here.iter().filter(|play| !play.made_here).filter(close).map(|play| play.id).collect()
}

/// A play of a title on Trakt that was seen before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) id: TraktPlayId,
    pub(super) history_id: Option<i64>,
    pub(super) watched_at: DateTime<Utc>,
    pub(super) play_id: Option<PlayId>,
}

/// The history of a title on Trakt, read twice with the same result: plays that are not in it are gone.
pub(super) struct Proof {
    pub(super) entries: Present<i64>,
    pub(super) minutes: Present<DateTime<Utc>>,
}

/// A play that is gone from Trakt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gone {
    pub(super) seen: TraktPlayId,
    /// The corresponding play here.
    pub(super) play_id: Option<PlayId>,
    proof: GoneProof,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum GoneProof {
    Entry(Absence<i64>),
    Minute(Absence<DateTime<Utc>>),
}

impl Gone {
    /// Describes what is gone, for the log.
    pub(super) fn what(&self) -> String {
        match &self.proof {
            GoneProof::Entry(absence) => format!("entry {}", absence.key()),
            GoneProof::Minute(absence) => format!("the play of {}", absence.key()),
        }
    }
}

/// The changes in the history of a title.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    /// Plays that were not seen before, by their position in the read.
    pub(super) fresh: Vec<usize>,
    /// Plays that are gone.
    pub(super) gone: Vec<Gone>,
    /// Plays whose time differs from the recorded one.
    pub(super) moved: Vec<(TraktPlayId, DateTime<Utc>)>,
}

/// Compares the history of a title with what was seen of it before.
pub(super) fn changed(seen: &[Seen], there: &[There], proof: Option<&Proof>) -> Changed {
    let named: HashMap<i64, &Seen> = seen.iter().filter_map(|seen| Some((seen.history_id?, seen))).collect();
    let mut unnamed: Vec<&Seen> = seen.iter().filter(|seen| seen.history_id.is_none()).collect();
    let (mut fresh, mut moved) = (Vec::new(), Vec::new());
    for (place, play) in there.iter().enumerate() {
        if let Some(seen) = play.history_id.and_then(|id| named.get(&id)) {
            if seen.watched_at != play.watched_at {
                moved.push((seen.id, play.watched_at));
            }
            continue;
        }
        match unnamed.iter().position(|seen| seen.watched_at == play.watched_at) {
            Some(at) => drop(unnamed.swap_remove(at)),
            None => fresh.push(place),
        }
    }
    let Some(proof) = proof else { return Changed { fresh, moved, gone: Vec::new() } };
    let entry = |seen: &Seen| {
        let absence = proof.entries.absent(seen.history_id?)?;
        Some(Gone { seen: seen.id, play_id: seen.play_id, proof: GoneProof::Entry(absence) })
    };
    let minute = |seen: &&Seen| {
        let absence = proof.minutes.absent(seen.watched_at)?;
        Some(Gone { seen: seen.id, play_id: seen.play_id, proof: GoneProof::Minute(absence) })
    };
    let gone = seen.iter().filter_map(entry).chain(unnamed.iter().filter_map(minute)).collect();
    Changed { fresh, gone, moved }
}

/// The titles for which the plays on Trakt differ from those that were seen.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Differences {
    /// Trakt IDs of the titles, and whether plays are missing there.
    pub(super) titles: BTreeMap<TraktId, bool>,
    /// The number of plays here that would have to be removed.
    pub(super) missing: usize,
}

/// Compares the plays that were seen with the compact form. `here` contains those of `seen` that are plays here.
pub(super) fn compare(seen: &PlayCounts, here: &PlayCounts, there: &PlayCounts) -> Differences {
    let extra = there.minus(seen);
    let missing = seen.minus(there);
    let mut titles: BTreeMap<TraktId, bool> = extra.iter().map(|(title, _, _)| (title, false)).collect();
    titles.extend(missing.iter().map(|(title, _, _)| (title, true)));
    Differences { titles, missing: here.minus(there).total() }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
