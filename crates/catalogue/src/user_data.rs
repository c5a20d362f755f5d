//! A user's plays, resume points and preferences, and the play counts of shows and seasons.

use db::ids::{PlayId, TitleId};
use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::snapshot::Snapshot;
use db::kinds::TitleKind;

/// A user's plays, resume points and preferences.
#[derive(Debug, Clone, Default)]
pub struct UserData {
    /// Counts per movie and episode.
    pub plays: HashMap<TitleId, PlayCount>,
    /// Resume points per movie and episode.
    pub progress: HashMap<TitleId, Resume>,
    /// The user's preferences.
    pub preferences: HashMap<TitleId, Preferences>,
    /// Shows whose progress the user has reset, and since when plays count for up next.
    pub resets: HashMap<TitleId, DateTime<Utc>>,
}

/// A user's preferences for a title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The user's rating, 1 to 10.
    pub rating: Option<i32>,
    /// Whether it is on the user's watchlist.
    pub in_watchlist: bool,
    /// Whether the user has dropped this show.
    pub is_dropped: bool,
    /// Whether it is hidden from recommendations.
    pub is_not_interesting: bool,
}

/// How often and when a title was watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlayCount {
    /// The number of plays.
    pub plays: i64,
    /// Time of the latest play with a known time.
    pub last_watched_at: Option<DateTime<Utc>>,
    /// The play that was written last.
    pub newest: PlayId,
}

/// Identifies a state of a user's plays. It differs after every change, because a changed play is another row and no
/// id is used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaysRevision {
    plays: i64,
    newest: Option<PlayId>,
}

/// A resume point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resume {
    /// Progress, 0 to 100.
    pub percent: f64,
    /// Milliseconds from the beginning.
    pub position_ms: i64,
    /// When playing was paused.
    pub paused_at: DateTime<Utc>,
}

/// Counts over the episodes of a show or season that are in the library.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rollup {
    /// The number of episodes.
    pub episodes: i64,
    /// The number of unwatched episodes.
    pub unwatched: i64,
    /// The plays of all these episodes.
    pub plays: i64,
    /// The time of the latest play.
    pub last_watched_at: Option<DateTime<Utc>>,
}

/// Counts per show and season. Specials count for their season, but not for the show.
pub fn rollups(snapshot: &Snapshot, user_data: &UserData) -> HashMap<TitleId, Rollup> {
    let mut rollups: HashMap<TitleId, Rollup> = HashMap::new();
    for entry in snapshot.episodes.iter().filter_map(|id| snapshot.get(*id)) {
        let show = entry.show_id.filter(|_| entry.is_regular_episode());
        for parent in [entry.season_id, show].into_iter().flatten() {
            let rollup = rollups.entry(parent).or_default();
            let count = user_data.plays.get(&entry.id);
            rollup.episodes += 1;
            rollup.unwatched += i64::from(count.is_none());
            rollup.plays += count.map_or(0, |count| count.plays);
            rollup.last_watched_at =
                rollup.last_watched_at.max(count.and_then(|count| count.last_watched_at));
        }
    }
    rollups
}

impl UserData {
    /// The user's preferences for a title.
    pub fn preferences_of(&self, id: TitleId) -> Preferences {
        self.preferences.get(&id).copied().unwrap_or_default()
    }

    /// The revision of the user's plays.
    pub fn plays_revision(&self) -> PlaysRevision {
        let counts = self.plays.values();
        PlaysRevision {
            plays: counts.clone().map(|count| count.plays).sum(),
            newest: counts.map(|count| count.newest).max(),
        }
    }

    /// Whether a title counts as watched: the title itself, or every episode in the library.
    pub fn watched(&self, id: TitleId, kind: TitleKind, rollup: Option<&Rollup>) -> bool {
        match kind {
            TitleKind::Movie | TitleKind::Episode => self.plays.contains_key(&id),
            TitleKind::Show | TitleKind::Season => {
                rollup.is_some_and(|rollup| rollup.episodes > 0 && rollup.unwatched == 0)
            }
        }
    }
}
