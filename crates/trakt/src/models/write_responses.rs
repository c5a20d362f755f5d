//! Responses to writes.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::lenient::{invalid_is_none, null_is_default, skip_invalid_entries};
use super::{HistoryId, ItemIds};

/// Counts per media type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "RawCounts")]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct Counts {
    pub movies: u64,
    pub shows: u64,
    pub seasons: u64,
    pub episodes: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawCounts {
    movies: Option<u64>,
    shows: Option<u64>,
    seasons: Option<u64>,
    /// Singular in responses to hiding.
    season: Option<u64>,
    episodes: Option<u64>,
}

impl From<RawCounts> for Counts {
    fn from(raw: RawCounts) -> Self {
        Self {
            movies: raw.movies.unwrap_or(0),
            shows: raw.shows.unwrap_or(0),
            seasons: raw.seasons.or(raw.season).unwrap_or(0),
            episodes: raw.episodes.unwrap_or(0),
        }
    }
}

impl Counts {
    /// The sum over all kinds.
    pub fn total(&self) -> u64 {
        self.movies + self.shows + self.seasons + self.episodes
    }
}

/// The response to adding. A success does not mean that everything was added: check `not_found`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
#[must_use = "some items may have been omitted even on success: check `not_found`"]
pub struct Added {
    /// How many items were added.
    #[serde(deserialize_with = "null_is_default")]
    pub added: Counts,
    /// Existed and were updated.
    #[serde(deserialize_with = "null_is_default")]
    pub updated: Counts,
    /// Existed and were not changed.
    #[serde(deserialize_with = "null_is_default")]
    pub existing: Counts,
    /// What Trakt could not match.
    #[serde(deserialize_with = "null_is_default")]
    pub not_found: NotFound,
    /// The state of the list afterwards, if the write changed a list.
    #[serde(deserialize_with = "invalid_is_none")]
    pub list: Option<ListStamp>,
}

impl Added {
    /// How many of `sent` items the response does not account for: neither added, updated, existing nor listed as not
    /// found. More than 0 means that items were silently dropped, and only reading from Trakt shows which.
    ///
    /// `sent` counts movies and episodes; a whole show adds many.
    pub fn unaccounted(&self, sent: usize) -> u64 {
        let known = self.added.total() + self.updated.total() + self.existing.total();
        (sent as u64).saturating_sub(known + self.not_found.len() as u64)
    }
}

/// The response to removing.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
#[must_use = "some items may have been omitted even on success: check `not_found`"]
pub struct Removed {
    /// How many items were removed.
    #[serde(deserialize_with = "null_is_default")]
    pub deleted: Counts,
    /// What Trakt could not match.
    #[serde(deserialize_with = "null_is_default")]
    pub not_found: NotFound,
    /// The state of the list afterwards, if the write changed a list.
    #[serde(deserialize_with = "invalid_is_none")]
    pub list: Option<ListStamp>,
}

impl Removed {
    /// How many of `sent` items the response does not account for: neither deleted nor not found. Either they did not
    /// exist, or they were silently dropped; sending them again is harmless.
    ///
    /// `sent` counts single items; a whole show deletes many.
    pub fn unaccounted(&self, sent: usize) -> u64 {
        (sent as u64).saturating_sub(self.deleted.total() + self.not_found.len() as u64)
    }
}

/// A list after a write.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ListStamp {
    /// When it changed.
    pub updated_at: DateTime<Utc>,
    /// The number of items.
    pub item_count: u64,
}

/// What Trakt could not match, as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct NotFound {
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub movies: Vec<MissingItem>,
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub shows: Vec<MissingItem>,
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub seasons: Vec<MissingItem>,
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub episodes: Vec<MissingItem>,
    /// History ids.
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub ids: Vec<HistoryId>,
}

impl NotFound {
    /// Whether everything was matched.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many items were not matched. A show whose episodes were identified by number counts as the number of episodes
    /// that Trakt lists below it, or as one.
    pub fn len(&self) -> usize {
        self.items().map(MissingItem::len).sum::<usize>() + self.ids.len()
    }

    /// Every unmatched item, whatever its kind.
    pub fn items(&self) -> impl Iterator<Item = &MissingItem> {
        [&self.movies, &self.shows, &self.seasons, &self.episodes].into_iter().flatten()
    }
}

impl MissingItem {
    fn len(&self) -> usize {
        let seasons = self.seasons.as_ref().and_then(Value::as_array);
        let episodes = |season: &Value| season.get("episodes").and_then(Value::as_array).map_or(1, Vec::len);
        seasons.map_or(1, |seasons| seasons.iter().map(episodes).sum::<usize>().max(1))
    }
}

/// An item that Trakt could not match.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct MissingItem {
    /// The ids that were sent.
    #[serde(default, deserialize_with = "null_is_default")]
    pub ids: ItemIds,
    /// The title that was sent.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub title: Option<String>,
    /// The year that was sent.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub year: Option<i32>,
    /// For a show: the seasons and episodes that were not matched, as Trakt repeats them.
    #[serde(default)]
    pub seasons: Option<Value>,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::everything(json!({"added": {"movies": 2, "episodes": 1}}), 0)]
    #[case::existing(json!({"added": {"movies": 1}, "existing": {"movies": 2}}), 0)]
    #[case::not_found(json!({"added": {"movies": 1}, "not_found": {"movies": [{"ids": {}}, {}]}}), 0)]
    #[case::episodes_by_number(
        json!({"added": {}, "not_found": {"shows": [{"seasons": [{"number": 1, "episodes": [{}, {}, {}]}]}]}}),
        0
    )]
    #[case::nothing_reported(json!({"added": {"movies": 0, "episodes": 0}, "not_found": {}}), 3)]
    #[case::fewer_than_sent(json!({"added": {"movies": 1}}), 2)]
    #[case::empty(json!({}), 3)]
    fn items_that_the_response_does_not_account_for_are_counted(
        #[case] response: Value,
        #[case] unaccounted: u64,
    ) {
        let added: Added = serde_json::from_value(response).unwrap();
        assert_eq!(added.unaccounted(3), unaccounted);
    }
}
