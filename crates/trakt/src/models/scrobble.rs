//! Scrobbling: reports what is being watched.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::lenient::invalid_is_none;
use super::{HistoryId, ItemIds, Media, PlaybackId, ScrobbleAction};
use crate::error::Conflict;

/// What is being watched, and the progress.
///
/// ```
/// use trakt::models::{ItemIds, Scrobble};
///
/// let movie = Scrobble::movie(ItemIds::trakt(28), 12.5);
/// let episode = Scrobble::episode_of(ItemIds::tvdb(121361), 1, 2, 80.0);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scrobble {
    #[serde(flatten)]
    target: Target,
    progress: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Target {
    Movie { movie: TitleRef },
    Episode { episode: IdsRef },
    Numbered { show: TitleRef, episode: NumberRef },
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct TitleRef {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    #[serde(skip_serializing_if = "ItemIds::is_empty")]
    ids: ItemIds,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct IdsRef {
    ids: ItemIds,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct NumberRef {
    season: u32,
    number: u32,
}

impl Scrobble {
    /// A movie. `progress` is in percent and is kept within 0 to 100.
    pub fn movie(ids: impl Into<ItemIds>, progress: f64) -> Self {
        let movie = TitleRef { title: None, year: None, ids: ids.into().for_movie() };
        Self::new(Target::Movie { movie }, progress)
    }

    /// An episode by its own ids; only those that identify episodes uniquely are sent.
    pub fn episode(ids: impl Into<ItemIds>, progress: f64) -> Self {
        Self::new(Target::Episode { episode: IdsRef { ids: ids.into().for_episode() } }, progress)
    }

    /// An episode by its show and its numbers.
    pub fn episode_of(show: impl Into<ItemIds>, season: u32, number: u32, progress: f64) -> Self {
        let show = TitleRef { title: None, year: None, ids: show.into() };
        Self::new(Target::Numbered { show, episode: NumberRef { season, number } }, progress)
    }

    /// Adds the title and year of the movie or show. Trakt can match by them if it does not find the ids. The contract
    /// requires both for movies.
    pub fn titled(mut self, title: impl Into<String>, year: Option<i32>) -> Self {
        if let Target::Movie { movie: named } | Target::Numbered { show: named, .. } = &mut self.target {
            (named.title, named.year) = (Some(title.into()), year);
        }
        self
    }

    /// The same item with a different progress.
    pub fn at(mut self, progress: f64) -> Self {
        self.progress = percent(progress);
        self
    }

    /// In percent.
    pub fn progress(&self) -> f64 {
        self.progress
    }

    fn new(target: Target, progress: f64) -> Self {
        Self { target, progress: percent(progress) }
    }
}

/// Two decimals, within 0 to 100; NaN becomes 0. Truncated, not rounded: 79.999 % must not become 80 % and count.
fn percent(progress: f64) -> f64 {
    if progress.is_nan() { 0.0 } else { (progress.clamp(0.0, 100.0) * 100.0).floor() / 100.0 }
}

/// The response to a scrobble call.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Scrobbled {
    /// The id of the play if `action` is `scrobble`, of the resume point if it is `pause`; 0 for a start.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub id: Option<u64>,
    /// The action.
    pub action: ScrobbleAction,
    /// In percent, as recorded by Trakt.
    pub progress: f64,
    /// What Trakt matched.
    #[serde(flatten)]
    pub media: Media,
}

/// The outcome of stopping. All four are normal outcomes; none should be retried.
#[derive(Debug, Clone, PartialEq)]
pub enum Stopped {
    /// It counted as a play.
    Counted {
        /// The play.
        id: Option<HistoryId>,
        /// Trakt's response.
        answer: Scrobbled,
    },
    /// Too early to count: a resume point was saved.
    Paused {
        /// The resume point.
        id: Option<PlaybackId>,
        /// Trakt's response.
        answer: Scrobbled,
    },
    /// This viewing has already counted (409). Not an error: the play must not be sent in any other way
    /// either.
    AlreadyCounted(Conflict),
    /// Less than 1 % was watched: Trakt ignores it (422).
    Ignored,
}

/// The outcome of pausing. Neither should be retried, and neither says anything about the session.
#[derive(Debug, Clone, PartialEq)]
pub enum Paused {
    /// Trakt accepted it: a resume point was saved if enough was watched.
    Saved(Scrobbled),
    /// Trakt rejected it (400, 404, 405, 409, 422). This endpoint has been switched off and on during 2026.
    Refused {
        /// The status.
        status: u16,
    },
}

/// A check-in: reports that the user is watching something elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checkin {
    #[serde(flatten)]
    target: Target,
    message: Option<String>,
}

impl Checkin {
    /// A movie.
    pub fn movie(ids: impl Into<ItemIds>) -> Self {
        let movie = TitleRef { title: None, year: None, ids: ids.into().for_movie() };
        Self { target: Target::Movie { movie }, message: None }
    }

    /// An episode by its own ids.
    pub fn episode(ids: impl Into<ItemIds>) -> Self {
        let episode = IdsRef { ids: ids.into().for_episode() };
        Self { target: Target::Episode { episode }, message: None }
    }

    /// With a message.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }
}

/// The response to a check-in.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CheckedIn {
    /// Its id.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub id: Option<u64>,
    /// When it will count as watched.
    pub watched_at: DateTime<Utc>,
    /// What Trakt matched.
    #[serde(flatten)]
    pub media: Media,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    proptest! {
        #[test]
        fn progress_is_always_within_0_and_100(progress in any::<f64>()) {
            prop_assert!((0.0..=100.0).contains(&Scrobble::movie(ItemIds::trakt(1), progress).progress()));
        }
    }

    #[test]
    fn progress_is_truncated_and_never_rounded_up() {
        assert_eq!(Scrobble::movie(ItemIds::trakt(1), 79.999).progress(), 79.99);
        assert_eq!(Scrobble::movie(ItemIds::trakt(1), 80.0).progress(), 80.0);
    }

    #[test]
    fn an_episode_is_identified_only_by_its_trakt_or_tvdb_id() {
        let ids = ItemIds { tmdb: Some(3), imdb: Some("tt3".into()), ..ItemIds::trakt(1) };
        let body = serde_json::to_value(Scrobble::episode(ids, 1.0)).unwrap();
        assert_eq!(body["episode"]["ids"], json!({"trakt": 1}));
    }

    #[test]
    fn a_scrobble_is_serialized_as_trakt_expects() {
        let scrobble = Scrobble::episode_of(ItemIds::tvdb(9), 1, 2, 33.333).titled("Show", Some(2001));
        assert_eq!(
            serde_json::to_value(scrobble).unwrap(),
            json!({
                "show": {"title": "Show", "year": 2001, "ids": {"tvdb": 9}},
                "episode": {"season": 1, "number": 2},
                "progress": 33.33
            })
        );
    }
}
