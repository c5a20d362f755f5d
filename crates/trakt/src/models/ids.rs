//! Trakt's ids and those of other services.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::lenient::{invalid_is_none, number_id, text_id};

macro_rules! number_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<u64> for $name {
            fn from(id: u64) -> Self {
                Self(id)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

number_id! {
    /// Trakt's own number of a movie, show, season, episode, list, user or person. Numbers are per kind: movie 1 and
    /// show 1 are different items.
    TraktId
}
number_id! {
    /// One play in the history. Ids grow with insertion, whatever the play's date.
    HistoryId
}
number_id! {
    /// One resume point.
    PlaybackId
}
number_id! {
    /// One entry on the watchlist, the favorites or a list.
    ListItemId
}

/// The ids in a response. Trakt's own is always present; external ids can disappear for a while (TVDB, November 2025),
/// so keep known ones.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ids {
    /// Trakt's id.
    pub trakt: TraktId,
    /// The last part of the address on trakt.tv.
    #[serde(default, deserialize_with = "text_id", skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// IMDB, with the leading `tt`.
    #[serde(default, deserialize_with = "text_id", skip_serializing_if = "Option::is_none")]
    pub imdb: Option<String>,
    /// TMDB. Two episodes can share one (trakt-api issue 423).
    #[serde(default, deserialize_with = "number_id", skip_serializing_if = "Option::is_none")]
    pub tmdb: Option<u64>,
    /// TVDB.
    #[serde(default, deserialize_with = "number_id", skip_serializing_if = "Option::is_none")]
    pub tvdb: Option<u64>,
    /// Plex, a nested object.
    #[serde(default, deserialize_with = "invalid_is_none", skip_serializing_if = "Option::is_none")]
    pub plex: Option<PlexIds>,
}

/// Plex's ids.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlexIds {
    /// The guid.
    #[serde(default, deserialize_with = "text_id", skip_serializing_if = "Option::is_none")]
    pub guid: Option<String>,
    /// The slug.
    #[serde(default, deserialize_with = "text_id", skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
}

/// The ids in a write: those that are known.
///
/// Identify episodes by Trakt's id, then TVDB's, then show, season and number: two episodes can share one TMDB id, and
/// Trakt takes the first (trakt-api issue 423). [`ItemIds::for_episode`] follows this rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemIds {
    /// Trakt's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt: Option<TraktId>,
    /// The slug.
    #[serde(deserialize_with = "text_id", skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// IMDB, with the leading `tt`.
    #[serde(deserialize_with = "text_id", skip_serializing_if = "Option::is_none")]
    pub imdb: Option<String>,
    /// TMDB.
    #[serde(deserialize_with = "number_id", skip_serializing_if = "Option::is_none")]
    pub tmdb: Option<u64>,
    /// TVDB.
    #[serde(deserialize_with = "number_id", skip_serializing_if = "Option::is_none")]
    pub tvdb: Option<u64>,
}

impl ItemIds {
    /// Only Trakt's id, which is enough.
    pub fn trakt(id: impl Into<TraktId>) -> Self {
        Self { trakt: Some(id.into()), ..Self::default() }
    }

    /// Only an IMDB id.
    pub fn imdb(id: impl Into<String>) -> Self {
        Self { imdb: Some(id.into()), ..Self::default() }
    }

    /// Only a TMDB id. Not for episodes.
    pub fn tmdb(id: u64) -> Self {
        Self { tmdb: Some(id), ..Self::default() }
    }

    /// Only a TVDB id.
    pub fn tvdb(id: u64) -> Self {
        Self { tvdb: Some(id), ..Self::default() }
    }

    /// The ids that can identify a movie: all except TVDB's, which Trakt does not have for movies.
    pub fn for_movie(&self) -> Self {
        Self { tvdb: None, ..self.clone() }
    }

    /// The ids that can identify an episode: Trakt's and TVDB's. TMDB ids can be shared, and a write that identifies an
    /// episode only by IMDB or TMDB is rejected. If the result is empty, identify the
    /// episode by show, season and number.
    pub fn for_episode(&self) -> Self {
        Self { trakt: self.trakt, tvdb: self.tvdb, ..Self::default() }
    }

    /// Whether no id is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl From<&Ids> for ItemIds {
    fn from(ids: &Ids) -> Self {
        Self {
            trakt: Some(ids.trakt),
            slug: ids.slug.clone(),
            imdb: ids.imdb.clone(),
            tmdb: ids.tmdb,
            tvdb: ids.tvdb,
        }
    }
}

impl From<TraktId> for ItemIds {
    fn from(id: TraktId) -> Self {
        Self::trakt(id)
    }
}

/// An item in the path of a call: Trakt's id, a slug or an IMDB id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathId(pub(crate) String);

impl From<TraktId> for PathId {
    fn from(id: TraktId) -> Self {
        Self(id.to_string())
    }
}

impl From<&Ids> for PathId {
    fn from(ids: &Ids) -> Self {
        ids.trakt.into()
    }
}

impl From<&str> for PathId {
    fn from(slug: &str) -> Self {
        Self(slug.to_owned())
    }
}

impl From<String> for PathId {
    fn from(slug: String) -> Self {
        Self(slug)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    /// Trakt also sends ids of other services, empty values for unknown ids, and objects for Plex.
    #[rstest]
    #[case::empty_text(json!({"trakt": 1, "imdb": "", "slug": ""}))]
    #[case::null(json!({"trakt": 1, "imdb": null, "tmdb": null, "tvdb": null}))]
    #[case::zero(json!({"trakt": 1, "tmdb": 0, "tvdb": 0}))]
    #[case::object(json!({"trakt": 1, "tmdb": {"id": 3}, "imdb": {"id": "tt1"}}))]
    #[case::new_service(json!({"trakt": 1, "letterboxd": {"id": 3}}))]
    #[case::vanished(json!({"trakt": 1}))]
    fn empty_and_unexpected_ids_are_absent(#[case] sent: Value) {
        let ids: Ids = serde_json::from_value(sent.clone()).unwrap();
        assert_eq!((ids.trakt, ItemIds::from(&ids)), (TraktId(1), ItemIds::trakt(1)));
        let ids: ItemIds = serde_json::from_value(sent).unwrap();
        assert_eq!(ids, ItemIds::trakt(1));
    }

    #[test]
    fn plex_ids_are_an_object() {
        let sent = json!({"trakt": 1, "plex": {"guid": "5d77", "slug": ""}});
        let plex = serde_json::from_value::<Ids>(sent).unwrap().plex.unwrap();
        assert_eq!((plex.guid.as_deref(), plex.slug), (Some("5d77"), None));
    }
}
