//! What an account owns.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::lenient::odd_is_none;
use super::{Episode, Movie, Show};
use crate::paging::Listing;

/// The quality of a collected item, in Trakt's words (`digital`, `uhd_4k`, `dolby_vision`, `dolby_atmos`, `5.1`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct CollectedMetadata {
    /// `digital`, `bluray`, `dvd`, ...
    #[serde(deserialize_with = "odd_is_none")]
    pub media_type: Option<String>,
    /// `uhd_4k`, `hd_1080p`, `hd_720p`, `sd_480p`, ...
    #[serde(deserialize_with = "odd_is_none")]
    pub resolution: Option<String>,
    /// `dolby_vision`, `hdr10`, `hdr10_plus`, `hlg`.
    #[serde(deserialize_with = "odd_is_none")]
    pub hdr: Option<String>,
    /// `dolby_atmos`, `dts_ma`, `aac`, ...
    #[serde(deserialize_with = "odd_is_none")]
    pub audio: Option<String>,
    /// `2.0`, `5.1`, `7.1`, ...
    #[serde(deserialize_with = "odd_is_none")]
    pub audio_channels: Option<String>,
    /// Whether it is in 3D.
    #[serde(rename = "3d", deserialize_with = "odd_is_none")]
    pub three_d: Option<bool>,
}

/// A collected movie.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct CollectedMovie {
    #[serde(default, deserialize_with = "odd_is_none")]
    pub collected_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "odd_is_none")]
    pub updated_at: Option<DateTime<Utc>>,
    pub movie: Movie,
    /// With [`Extended::METADATA`](crate::Extended::METADATA).
    #[serde(default, deserialize_with = "odd_is_none")]
    pub metadata: Option<CollectedMetadata>,
}

/// A show of which episodes are collected.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct CollectedShow {
    #[serde(default, deserialize_with = "odd_is_none")]
    pub last_collected_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "odd_is_none")]
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
    #[serde(default, deserialize_with = "odd_is_none")]
    pub collected_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "odd_is_none")]
    pub metadata: Option<CollectedMetadata>,
}

/// A collected episode with its ids.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct CollectedEpisode {
    #[serde(default, deserialize_with = "odd_is_none")]
    pub collected_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "odd_is_none")]
    pub updated_at: Option<DateTime<Utc>>,
    pub episode: Episode,
    #[serde(default)]
    pub show: Option<Show>,
    #[serde(default, deserialize_with = "odd_is_none")]
    pub metadata: Option<CollectedMetadata>,
}
