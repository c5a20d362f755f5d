//! Entries of the compact responses, which are objects keyed by Trakt ids.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{TraktId, to_the_minute};

/// A compact entry as extracted from its response by [`crate::paging`]: the keys that lead to it, and its time.
#[derive(Deserialize)]
pub(super) struct CompactEntry {
    keys: Vec<String>,
    pub(super) at: DateTime<Utc>,
}

/// An entry whose keys are not the ids that the contract specifies.
#[derive(Debug, thiserror::Error)]
#[error("unexpected keys in a compact answer: {0}")]
pub struct UnexpectedKeys(String);

impl CompactEntry {
    pub(super) fn title(&self) -> Result<TraktId, UnexpectedKeys> {
        match self.keys.as_slice() {
            [title] => id(title),
            _ => Err(self.unexpected_keys()),
        }
    }

    fn episode(&self) -> Result<(TraktId, SeasonKey, TraktId), UnexpectedKeys> {
        match self.keys.as_slice() {
            [show, season, episode] => Ok((id(show)?, SeasonKey::parse(season)?, id(episode)?)),
            _ => Err(self.unexpected_keys()),
        }
    }

    pub(super) fn numbered(&self) -> Result<(TraktId, u32, u32), UnexpectedKeys> {
        let number = |key: &str| key.parse().map_err(|_| self.unexpected_keys());
        match self.keys.as_slice() {
            [show, season, episode] => Ok((id(show)?, number(season)?, number(episode)?)),
            _ => Err(self.unexpected_keys()),
        }
    }

    fn unexpected_keys(&self) -> UnexpectedKeys {
        UnexpectedKeys(self.keys.join("/"))
    }
}

fn id(key: &str) -> Result<TraktId, UnexpectedKeys> {
    key.parse().map_err(|_| UnexpectedKeys(key.to_owned()))
}

/// The season of a compact entry: `<id>|<number>` with `season_numbers`, the id alone without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SeasonKey {
    /// Trakt's id of the season.
    pub id: TraktId,
    /// The number; 0 contains the specials. `None` means unknown.
    pub number: Option<u32>,
}

impl SeasonKey {
    fn parse(key: &str) -> Result<Self, UnexpectedKeys> {
        let unexpected = || UnexpectedKeys(key.to_owned());
        let (season, number) = match key.split_once('|') {
            Some((season, number)) => (season, Some(number.parse().map_err(|_| unexpected())?)),
            None => (key, None),
        };
        Ok(Self { id: id(season)?, number })
    }
}

/// One play of a movie in `/users/{id}/watched/movies?extended=min`. It has no history id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "CompactEntry")]
pub struct MoviePlay {
    /// The movie.
    pub movie: TraktId,
    /// When it was watched, to the minute.
    pub watched_at: DateTime<Utc>,
}

/// One play of an episode in `/users/{id}/watched/shows?extended=min`. It has no history id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "CompactEntry")]
pub struct EpisodePlay {
    /// The show.
    pub show: TraktId,
    /// The season.
    pub season: SeasonKey,
    /// The episode.
    pub episode: TraktId,
    /// When it was watched, to the minute.
    pub watched_at: DateTime<Utc>,
}

impl TryFrom<CompactEntry> for MoviePlay {
    type Error = UnexpectedKeys;

    fn try_from(entry: CompactEntry) -> Result<Self, UnexpectedKeys> {
        Ok(Self { movie: entry.title()?, watched_at: to_the_minute(entry.at) })
    }
}

impl TryFrom<CompactEntry> for EpisodePlay {
    type Error = UnexpectedKeys;

    fn try_from(entry: CompactEntry) -> Result<Self, UnexpectedKeys> {
        let (show, season, episode) = entry.episode()?;
        Ok(Self { show, season, episode, watched_at: to_the_minute(entry.at) })
    }
}

/// A multiset of plays: how often each (Trakt id, minute) occurs. Two plays of one item in one minute are two plays.
///
/// Collect it either from [`MoviePlay`]s or from [`EpisodePlay`]s: a movie and an episode can have the same Trakt id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlayCounts(BTreeMap<(TraktId, DateTime<Utc>), usize>);

impl PlayCounts {
    /// How many plays of `item` there are in the minute of `watched_at`.
    pub fn count(&self, item: TraktId, watched_at: DateTime<Utc>) -> usize {
        self.0.get(&(item, to_the_minute(watched_at))).copied().unwrap_or(0)
    }

    /// How many plays there are.
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }

    /// Every (item, minute) with its number of plays, by item and time.
    pub fn iter(&self) -> impl Iterator<Item = (TraktId, DateTime<Utc>, usize)> {
        self.0.iter().map(|((item, minute), count)| (*item, *minute, *count))
    }

    /// The plays in `self` that are not in `other`: two plays in `self` and one in `other` leave one.
    pub fn minus(&self, other: &Self) -> Self {
        let left = self
            .iter()
            .map(|(item, minute, count)| ((item, minute), count.saturating_sub(other.count(item, minute))));
        Self(left.filter(|(_, count)| *count > 0).collect())
    }
}

impl FromIterator<(TraktId, DateTime<Utc>)> for PlayCounts {
    fn from_iter<I: IntoIterator<Item = (TraktId, DateTime<Utc>)>>(plays: I) -> Self {
        let mut counts = BTreeMap::new();
        for (item, watched_at) in plays {
            *counts.entry((item, to_the_minute(watched_at))).or_insert(0) += 1;
        }
        Self(counts)
    }
}

impl<'a> FromIterator<&'a MoviePlay> for PlayCounts {
    fn from_iter<I: IntoIterator<Item = &'a MoviePlay>>(plays: I) -> Self {
        plays.into_iter().map(|play| (play.movie, play.watched_at)).collect()
    }
}

impl<'a> FromIterator<&'a EpisodePlay> for PlayCounts {
    fn from_iter<I: IntoIterator<Item = &'a EpisodePlay>>(plays: I) -> Self {
        plays.into_iter().map(|play| (play.episode, play.watched_at)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn minute(number: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(number * 60, 0).unwrap()
    }

    fn counts(plays: &[(u64, i64)]) -> PlayCounts {
        plays.iter().map(|(item, at)| (TraktId(*item), minute(*at))).collect()
    }

    #[rstest]
    #[case::with_number("20|2", Some((20, Some(2))))]
    #[case::specials("20|0", Some((20, Some(0))))]
    #[case::id_alone("20", Some((20, None)))]
    #[case::no_number("20|", None)]
    #[case::no_id("|2", None)]
    #[case::text("season", None)]
    fn a_season_key_is_an_id_with_an_optional_number(
        #[case] key: &str,
        #[case] expected: Option<(u64, Option<u32>)>,
    ) {
        let parsed = SeasonKey::parse(key).ok().map(|key| (key.id.0, key.number));
        assert_eq!(parsed, expected);
    }

    #[rstest]
    #[case::too_few_keys(json!({"keys": ["1", "2"], "at": "2026-10-01T20:00:00.000Z"}))]
    #[case::a_slug(json!({"keys": ["dark", "2", "3"], "at": "2026-10-01T20:00:00.000Z"}))]
    #[case::no_time(json!({"keys": ["1", "2", "3"], "at": 7}))]
    fn an_entry_of_an_unexpected_form_is_an_error(#[case] entry: serde_json::Value) {
        assert!(serde_json::from_value::<EpisodePlay>(entry).is_err());
    }

    #[test]
    fn two_plays_in_one_minute_are_two_plays() {
        let plays = counts(&[(1, 5), (1, 5), (2, 5)]);
        assert_eq!(plays.count(TraktId(1), minute(5) + chrono::TimeDelta::seconds(59)), 2);
        assert_eq!(plays.minus(&counts(&[(1, 5)])), counts(&[(1, 5), (2, 5)]));
    }

    proptest! {
        #[test]
        fn minus_leaves_the_plays_that_are_not_in_the_other(
            here in prop::collection::vec((0u64..4, 0i64..3), 0..12),
            there in prop::collection::vec((0u64..4, 0i64..3), 0..12),
        ) {
            let (here, there) = (counts(&here), counts(&there));
            let left = here.minus(&there);
            for (item, at, count) in here.iter() {
                let expected = count.saturating_sub(there.count(item, at));
                prop_assert_eq!(left.count(item, at), expected);
            }
            prop_assert!(left.total() <= here.total());
        }
    }
}
