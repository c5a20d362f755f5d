//! A title as one user sees it in grids and rows.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use db::ids::TitleId;
use db::kinds::TitleKind;

use crate::entry::Thumbnail;
use crate::user_data::Preferences;
use model::title::ImageKind;

/// The card of a title, for one user.
#[derive(Debug, Clone)]
pub struct Card {
    /// The title.
    pub id: TitleId,
    /// Its kind.
    pub kind: TitleKind,
    /// Its name.
    pub name: Box<str>,
    /// Year of release or first broadcast.
    pub year: Option<i32>,
    /// Season (seasons and episodes).
    pub season_number: Option<i32>,
    /// Number in the season (episodes).
    pub episode_number: Option<i32>,
    /// The show's name (seasons and episodes).
    pub show_name: Option<Box<str>>,
    /// The show (seasons and episodes).
    pub show_id: Option<TitleId>,
    /// Portrait image; an episode has its season's or show's.
    pub poster: Option<ImageRef>,
    /// Landscape image; an episode has its show's.
    pub backdrop: Option<ImageRef>,
    /// Frame of an episode.
    pub still: Option<ImageRef>,
    /// Running time in minutes.
    pub runtime_minutes: Option<i32>,
    /// Trakt's rating, 0 to 10.
    pub rating: Option<f64>,
    /// Best resolution of its files, such as `1080p`.
    pub resolution: Option<&'static str>,
    /// HDR kind of its files, such as `HDR10`.
    pub hdr: Option<Arc<str>>,
    /// The number of versions.
    pub versions: i64,
    /// Whether the user has watched it (for a show: every aired episode).
    pub watched: bool,
    /// How many times the user has played it.
    pub plays: i64,
    /// Progress in percent, when there is a resume point.
    pub progress_percent: Option<f64>,
    /// Episodes left to watch (shows and seasons).
    pub unwatched_episodes: Option<i64>,
    /// Episodes in the library (shows and seasons).
    pub episode_count: Option<i64>,
    /// When its newest file was added.
    pub added_at: DateTime<Utc>,
    /// Whether all its files are missing.
    pub missing: bool,
    /// Whether it is matched with a title on Trakt.
    pub matched: bool,
    /// The user's preferences for it.
    pub preferences: Preferences,
}

/// An image of a title: enough for its URL and a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageRef {
    /// The title that has the picture.
    pub title_id: TitleId,
    /// Which of its pictures.
    pub kind: ImageKind,
    /// The version, its dominant colour and its size.
    pub thumbnail: Thumbnail,
}

impl ImageRef {
    /// The image of a title, if any.
    pub fn new(title_id: TitleId, kind: ImageKind, thumbnail: Option<&Thumbnail>) -> Option<Self> {
        Some(Self { title_id, kind, thumbnail: thumbnail?.clone() })
    }
}
