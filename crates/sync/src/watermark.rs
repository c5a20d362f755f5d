//! Watermarks: up to which change on Trakt a category was read.

use chrono::{DateTime, TimeDelta, Utc};
use db::Json;
use serde::{Deserialize, Serialize};
use trakt::models::LastActivities;

use crate::preference::Preference;

/// Changes can share a second, and clocks differ: a watermark this recent may hide unread changes.
const YOUNG: TimeDelta = TimeDelta::seconds(10);

/// Whether a change is so recent that a read which began at `began` may have missed another one.
pub(crate) fn is_young(changed_at: DateTime<Utc>, began: DateTime<Utc>) -> bool {
    changed_at + YOUNG > began
}

/// When Trakt last changed each part of a category.
pub(crate) type Changed = Vec<Option<DateTime<Utc>>>;

/// The changes up to which a category was read; `None` to read it in any case.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Watermark {
    #[serde(default)]
    read: Option<Changed>,
}

impl Watermark {
    /// From a cursor. A format of another version causes a new read.
    pub(crate) fn of(json: &Json) -> Self {
        Self::deserialize(json).unwrap_or_default()
    }

    /// The watermark to store for a read that began at `began`.
    pub(crate) fn reached(changed: Changed, began: DateTime<Utc>) -> Self {
        let all_settled = !changed.iter().flatten().any(|at| is_young(*at, began));
        Self { read: all_settled.then_some(changed) }
    }

    /// Whether nothing has changed since.
    pub(crate) fn is(&self, changed: &Changed) -> bool {
        self.read.as_ref() == Some(changed)
    }

    /// As stored in a cursor.
    pub(crate) fn to_json(&self) -> Json {
        serde_json::to_value(self).expect("plain data is always JSON")
    }
}

/// When Trakt last changed the items of a preference.
pub(crate) fn changed(preference: Preference, activities: &LastActivities) -> Changed {
    let (movies, shows, seasons, episodes) =
        (&activities.movies, &activities.shows, &activities.seasons, &activities.episodes);
    match preference {
        Preference::Rating => vec![movies.rated_at, shows.rated_at, seasons.rated_at, episodes.rated_at],
        Preference::Watchlist => vec![
            activities.watchlist.updated_at,
            movies.watchlisted_at,
            shows.watchlisted_at,
            seasons.watchlisted_at,
            episodes.watchlisted_at,
        ],
        // Resets for rewatching are read along with dropped shows; Trakt stores them as hidden items.
        Preference::Dropped => vec![shows.dropped_at, shows.hidden_at],
        Preference::NotInterested => vec![movies.hidden_at, shows.hidden_at],
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[rstest]
    #[case::never(None, true)]
    #[case::old(Some("2026-11-21T19:59:49Z"), true)]
    #[case::as_young_as_the_read(Some("2026-11-21T20:00:00Z"), false)]
    #[case::trakt_is_ahead(Some("2026-11-21T20:05:00Z"), false)]
    fn a_change_as_young_as_the_read_is_read_again(#[case] changed: Option<&str>, #[case] is_read: bool) {
        let changed = vec![None, changed.map(at)];
        let reached = Watermark::reached(changed.clone(), at("2026-11-21T20:00:00Z"));
        assert_eq!(Watermark::of(&reached.to_json()).is(&changed), is_read);
    }

    #[rstest]
    #[case::nothing(json!({}))]
    #[case::of_another_version(json!({"movies": {"read": null}, "read": 7}))]
    fn an_unknown_format_causes_a_new_read(#[case] stored: Json) {
        assert!(!Watermark::of(&stored).is(&vec![None]));
    }
}
