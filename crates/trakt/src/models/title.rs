//! Movies, shows, seasons, episodes and people.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::lenient::{invalid_is_none, null_is_default, skip_invalid_entries};
use super::{EpisodeType, Ids, Images, Status};
use crate::paging::Listing;

/// A movie. Everything below `ids` needs [`Extended::FULL`](crate::Extended::FULL) (or `IMAGES`).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation; units are in the comments")]
pub struct Movie {
    #[serde(default, deserialize_with = "null_is_default")]
    pub title: String,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub year: Option<i32>,
    pub ids: Ids,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub tagline: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub overview: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub released: Option<NaiveDate>,
    /// In minutes.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub runtime: Option<u32>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub country: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub status: Option<Status>,
    /// 0 to 10.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub rating: Option<f64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub votes: Option<u64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub comment_count: Option<u64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub trailer: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub homepage: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub updated_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub language: Option<String>,
    #[serde(default, deserialize_with = "skip_invalid_entries")]
    pub languages: Vec<String>,
    #[serde(default, deserialize_with = "skip_invalid_entries")]
    pub available_translations: Vec<String>,
    #[serde(default, deserialize_with = "skip_invalid_entries")]
    pub genres: Vec<String>,
    #[serde(default, deserialize_with = "skip_invalid_entries")]
    pub subgenres: Vec<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub certification: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub original_title: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub after_credits: Option<bool>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub during_credits: Option<bool>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub images: Option<Images>,
}

/// A show. Everything below `ids` needs [`Extended::FULL`](crate::Extended::FULL) (or `IMAGES`).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation; units are in the comments")]
pub struct Show {
    #[serde(default, deserialize_with = "null_is_default")]
    pub title: String,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub year: Option<i32>,
    pub ids: Ids,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub aired_episodes: Option<u32>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub tagline: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub overview: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub first_aired: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub airs: Option<Airs>,
    /// Of an episode, in minutes.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub runtime: Option<u32>,
    /// Of all episodes, in minutes.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub total_runtime: Option<u64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub certification: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub network: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub country: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub status: Option<Status>,
    /// 0 to 10.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub rating: Option<f64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub votes: Option<u64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub comment_count: Option<u64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub trailer: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub homepage: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub updated_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub language: Option<String>,
    #[serde(default, deserialize_with = "skip_invalid_entries")]
    pub languages: Vec<String>,
    #[serde(default, deserialize_with = "skip_invalid_entries")]
    pub available_translations: Vec<String>,
    #[serde(default, deserialize_with = "skip_invalid_entries")]
    pub genres: Vec<String>,
    #[serde(default, deserialize_with = "skip_invalid_entries")]
    pub subgenres: Vec<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub original_title: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub images: Option<Images>,
}

/// When a show is broadcast.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct Airs {
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub day: Option<String>,
    /// `HH:MM` in `timezone`.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub time: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub timezone: Option<String>,
}

/// A season. Season 0 contains the specials.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation; units are in the comments")]
pub struct Season {
    pub number: u32,
    pub ids: Ids,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub title: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub overview: Option<String>,
    /// 0 to 10.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub rating: Option<f64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub votes: Option<u64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub episode_count: Option<u32>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub aired_episodes: Option<u32>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub first_aired: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub updated_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub network: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub images: Option<Images>,
    /// With [`Extended::EPISODES`](crate::Extended::EPISODES). `None` means unknown, never "no episodes".
    #[serde(default)]
    pub episodes: Option<Listing<Episode>>,
}

/// An episode.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation; units are in the comments")]
pub struct Episode {
    pub season: u32,
    pub number: u32,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub title: Option<String>,
    pub ids: Ids,
    /// Absolute number across all seasons.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub number_abs: Option<u32>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub overview: Option<String>,
    /// 0 to 10.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub rating: Option<f64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub votes: Option<u64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub comment_count: Option<u64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub first_aired: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub updated_at: Option<DateTime<Utc>>,
    /// In minutes.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub runtime: Option<u32>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub episode_type: Option<EpisodeType>,
    #[serde(default, deserialize_with = "skip_invalid_entries")]
    pub available_translations: Vec<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub original_title: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub images: Option<Images>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct Person {
    #[serde(default, deserialize_with = "null_is_default")]
    pub name: String,
    pub ids: Ids,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub biography: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub birthday: Option<NaiveDate>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub death: Option<NaiveDate>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub birthplace: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub homepage: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub known_for_department: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub images: Option<Images>,
}
