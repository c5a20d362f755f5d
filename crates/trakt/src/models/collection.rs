//! An account's collection.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::compact::{CompactEntry, UnexpectedKeys};
use super::lenient::{invalid_is_default, invalid_is_none};
use super::{Episode, Movie, Show, TraktId};
use crate::paging::Listing;

/// The quality of a collected item, in Trakt's notation (`digital`, `uhd_4k`, `dolby_vision`, `dolby_atmos`, `5.1`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct CollectedMetadata {
    /// `digital`, `bluray`, `dvd`, ...
    #[serde(deserialize_with = "invalid_is_none")]
    pub media_type: Option<String>,
    /// `uhd_4k`, `hd_1080p`, `hd_720p`, `sd_480p`, ...
    #[serde(deserialize_with = "invalid_is_none")]
    pub resolution: Option<String>,
    /// `dolby_vision`, `hdr10`, `hdr10_plus`, `hlg`.
    #[serde(deserialize_with = "invalid_is_none")]
    pub hdr: Option<String>,
    /// `dolby_atmos`, `dts_ma`, `aac`, ...
    #[serde(deserialize_with = "invalid_is_none")]
    pub audio: Option<String>,
    /// `2.0`, `5.1`, `7.1`, ...
    #[serde(deserialize_with = "invalid_is_none")]
    pub audio_channels: Option<String>,
    /// Whether it is in 3D.
    #[serde(rename = "3d", deserialize_with = "invalid_is_none")]
    pub three_d: Option<bool>,
    /// The services from which Trakt imported it (`plex`). Read only: never sent.
    #[serde(skip_serializing, deserialize_with = "names")]
    pub available_on: Vec<String>,
}

/// A list of objects with a name, or of plain names; anything else is omitted.
fn names<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let values: Vec<Value> = invalid_is_default(from)?;
    let name = |value: &Value| value.get("name").unwrap_or(value).as_str().map(str::to_owned);
    Ok(values.iter().filter_map(name).collect())
}

/// An entry of `/sync/collection/minimal/{movies,episodes}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "CompactEntry")]
pub struct MinimalItem {
    /// Trakt's id of the movie or episode.
    pub id: TraktId,
    /// When it was collected.
    pub collected_at: DateTime<Utc>,
}

/// An entry of `/sync/collection/minimal/shows`: an episode by its show and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "CompactEntry")]
pub struct MinimalEpisode {
    /// The show.
    pub show: TraktId,
    /// The season's number; 0 contains the specials.
    pub season: u32,
    /// The episode's number.
    pub number: u32,
    /// When it was collected.
    pub collected_at: DateTime<Utc>,
}

impl TryFrom<CompactEntry> for MinimalItem {
    type Error = UnexpectedKeys;

    fn try_from(entry: CompactEntry) -> Result<Self, UnexpectedKeys> {
        Ok(Self { id: entry.title()?, collected_at: entry.at })
    }
}

impl TryFrom<CompactEntry> for MinimalEpisode {
    type Error = UnexpectedKeys;

    fn try_from(entry: CompactEntry) -> Result<Self, UnexpectedKeys> {
        let (show, season, number) = entry.numbered()?;
        Ok(Self { show, season, number, collected_at: entry.at })
    }
}

/// A collected movie.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct CollectedMovie {
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub collected_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub updated_at: Option<DateTime<Utc>>,
    pub movie: Movie,
    /// With [`Extended::METADATA`](crate::Extended::METADATA).
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub metadata: Option<CollectedMetadata>,
}

/// A show with collected episodes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct CollectedShow {
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub last_collected_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub last_updated_at: Option<DateTime<Utc>>,
    pub show: Show,
    /// `None` means unknown, never "no episodes".
    #[serde(default)]
    pub seasons: Option<Listing<CollectedSeason>>,
}

/// Collected episodes of a season.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct CollectedSeason {
    pub number: u32,
    pub episodes: Listing<CollectedEpisodeNumber>,
}

/// A collected episode by its number.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct CollectedEpisodeNumber {
    pub number: u32,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub collected_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub metadata: Option<CollectedMetadata>,
}

/// A collected episode with its ids.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct CollectedEpisode {
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub collected_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub updated_at: Option<DateTime<Utc>>,
    pub episode: Episode,
    #[serde(default)]
    pub show: Option<Show>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub metadata: Option<CollectedMetadata>,
}
