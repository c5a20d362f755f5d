//! A title's own page.

use chrono::{DateTime, Utc};
use db::ids::MatchGroupId;
use serde::Serialize;
use utoipa::ToSchema;

use super::collections::CollectionLink;
use super::media_file::MediaFile;
use super::play::Play;
use super::title::{Image, TitleCard};
use super::trakt::FailureCode;

/// IDs of a title on other services.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct TitleIds {
    /// Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt: Option<i64>,
    /// Trakt's slug.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// IMDb, with its `tt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imdb: Option<String>,
    /// The Movie Database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tmdb: Option<i64>,
    /// TheTVDB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tvdb: Option<i64>,
}

/// Why a play here is not on Trakt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotOnTraktReason {
    /// It was watched privately.
    Private,
    /// The title, its show or season, or its library is excluded.
    Excluded,
    /// The user has switched off syncing this.
    SwitchedOff,
    /// Nothing identifies the title on Trakt.
    NotMatched,
    /// It is waiting to be sent.
    Queued,
    /// Trakt rejected it.
    Refused,
    /// No account is connected.
    NotConnected,
    /// It was watched before the account was connected, and not imported.
    NotSent,
    /// It was removed on Trakt, and the user chose to keep it here.
    Kept,
}

/// Why the last play of a title is not on Trakt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NotOnTrakt {
    /// The reason.
    pub reason: NotOnTraktReason,
    /// The same in a sentence.
    pub message: String,
    /// Why the last attempt to send it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<FailureCode>,
}

/// A title's own page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TitleDetail {
    /// Why the last play of this movie or episode is not on Trakt; absent if it is, or was never watched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_on_trakt: Option<NotOnTrakt>,
    /// Its card.
    #[serde(flatten)]
    pub card: TitleCard,
    /// Its summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overview: Option<String>,
    /// Its tagline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tagline: Option<String>,
    /// Trakt genre slugs.
    pub genres: Vec<String>,
    /// Certification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certification: Option<String>,
    /// Release or first broadcast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released_at: Option<DateTime<Utc>>,
    /// Network (shows).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// Status in Trakt's notation, such as `returning series`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Country code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Language code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Address of a trailer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trailer: Option<String>,
    /// The number of votes for the rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes: Option<i64>,
    /// Title logo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Image>,
    /// IDs on other services.
    pub ids: TitleIds,
    /// The collections that contain it, by name.
    pub collections: Vec<CollectionLink>,
    /// Its page on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt_url: Option<String>,
    /// The match of its files, for correcting it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub match_id: Option<MatchGroupId>,
    /// Where to resume, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume_ms: Option<i64>,
    /// Seasons (shows).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seasons: Option<Vec<SeasonCard>>,
    /// Episodes (seasons).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episodes: Option<Vec<EpisodeCard>>,
    /// The files of all its versions.
    pub files: Vec<MediaFile>,
    /// For a show, the next episode to watch; for an episode, the one after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<TitleCard>,
    /// The previous episode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<TitleCard>,
    /// The user's most recent plays.
    pub recent_plays: Vec<Play>,
}

/// A season on its show's page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SeasonCard {
    /// Its card.
    #[serde(flatten)]
    pub card: TitleCard,
    /// Its summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overview: Option<String>,
}

/// An episode on its season's page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EpisodeCard {
    /// Its card.
    #[serde(flatten)]
    pub card: TitleCard,
    /// Its summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overview: Option<String>,
    /// First broadcast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released_at: Option<DateTime<Utc>>,
    /// Whether it has a playable file.
    pub available: bool,
}
