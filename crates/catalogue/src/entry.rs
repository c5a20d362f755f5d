//! One title in memory, and what is known of its files.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Datelike as _, Utc};
use db::ids::{LibraryId, TitleId};
use db::titles::CatalogueTitle;

use crate::pictures::{Picture, Pictures};
use crate::text::fold;
use db::kinds::TitleKind;
use model::title::ImageKind;

/// A picture as cards show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// The version in its address.
    pub version: Box<str>,
    /// Dominant colour.
    pub color: Option<Box<str>>,
    /// Pixels.
    pub size: Option<(i32, i32)>,
}

/// A title without its long texts.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The row.
    pub id: TitleId,
    /// What it is.
    pub kind: TitleKind,
    /// Its name.
    pub name: Box<str>,
    /// The name for comparison.
    pub folded: Box<str>,
    /// The name for sorting.
    pub sort_name: Box<str>,
    /// Year of release or first broadcast.
    pub year: Option<i32>,
    /// Season (seasons and episodes).
    pub season_number: Option<i32>,
    /// Number in the season (episodes).
    pub episode_number: Option<i32>,
    /// The season of an episode.
    pub season_id: Option<TitleId>,
    /// The show of a season or episode.
    pub show_id: Option<TitleId>,
    /// Minutes.
    pub runtime_minutes: Option<i32>,
    /// First release or broadcast.
    pub released_at: Option<DateTime<Utc>>,
    /// 0 to 10.
    pub rating: Option<f64>,
    /// Genres in Trakt's words.
    pub genres: Box<[Arc<str>]>,
    /// Upright cover.
    pub poster: Option<Thumbnail>,
    /// Wide picture.
    pub backdrop: Option<Thumbnail>,
    /// Frame of an episode.
    pub still: Option<Thumbnail>,
    /// Known at Trakt.
    pub matched: bool,
    /// When its newest file came.
    pub added_at: DateTime<Utc>,
    /// What its files are; of a show and season, what their episodes' files are.
    pub files: FileFacts,
}

/// What is known of the files of a title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileFacts {
    /// Versions; the parts of one version count once.
    pub versions: i64,
    /// Whether at least one file is there now.
    pub present: bool,
    /// Best resolution.
    pub resolution: Option<&'static str>,
    /// HDR kind of the best.
    pub hdr: Option<Arc<str>>,
    /// The libraries that hold it.
    pub libraries: BTreeSet<LibraryId>,
}

impl Entry {
    pub(crate) fn new(row: CatalogueTitle, files: FileFacts, interner: &mut Interner) -> Self {
        let pictures = Pictures::from_json(row.images);
        let thumbnail = |kind| pictures.get(kind).and_then(Thumbnail::new);
        let genres: Vec<String> = serde_json::from_value(row.genres).unwrap_or_default();
        Self {
            id: row.id,
            kind: row.kind,
            folded: fold(&row.name).into(),
            name: row.name.into(),
            sort_name: row.sort_name.into(),
            year: row.year,
            season_number: row.season_number,
            episode_number: row.episode_number,
            season_id: row.parent_id.filter(|_| row.kind == TitleKind::Episode),
            show_id: row.show_id,
            runtime_minutes: row.runtime_minutes,
            released_at: row.released_at.map(|at| at.0),
            rating: row.rating,
            genres: genres.iter().map(|genre| interner.intern(genre)).collect(),
            poster: thumbnail(ImageKind::Poster),
            backdrop: thumbnail(ImageKind::Backdrop),
            still: thumbnail(ImageKind::Still),
            matched: row.trakt_id.is_some(),
            added_at: row.added_at.unwrap_or(row.created_at).0,
            files,
        }
    }

    /// Order on a shelf: by name, then by year.
    pub fn shelf_order(&self) -> (&str, Option<i32>, TitleId) {
        (&self.sort_name, self.year, self.id)
    }

    /// First year of its decade.
    pub fn decade(&self) -> Option<i32> {
        self.year.map(|year| year - year.rem_euclid(10))
    }

    /// Whether it has been broadcast. A title without a date counts as broadcast: its file is there.
    pub fn aired(&self, now: DateTime<Utc>) -> bool {
        match self.released_at {
            Some(at) => at <= now,
            None => self.year.is_none_or(|year| year <= now.year()),
        }
    }

    /// Whether it is an episode outside the special season.
    pub fn is_regular_episode(&self) -> bool {
        self.kind == TitleKind::Episode && self.season_number != Some(0)
    }
}

impl Thumbnail {
    pub(crate) fn new(picture: &Picture) -> Option<Self> {
        let look = picture.current_look();
        Some(Self {
            version: picture.version()?.into(),
            color: look.map(|look| look.color.as_str().into()),
            size: look.map(|look| (look.width, look.height)),
        })
    }
}

impl FileFacts {
    pub(crate) fn absorb(&mut self, other: &Self) {
        self.versions += other.versions;
        self.present |= other.present;
        if rank(other.resolution) > rank(self.resolution) {
            self.resolution = other.resolution;
        }
        if self.hdr.is_none() {
            self.hdr.clone_from(&other.hdr);
        }
        self.libraries.extend(&other.libraries);
    }
}

/// The names of resolutions, worst first.
const RESOLUTIONS: [&str; 6] = ["480p", "576p", "720p", "1080p", "1440p", "2160p"];

/// Place among the resolutions: the better, the larger.
pub(crate) fn rank(resolution: Option<&str>) -> Option<usize> {
    RESOLUTIONS.iter().position(|&name| Some(name) == resolution)
}

/// The usual name of a picture size. Width decides as much as height: wide films are cut at top and bottom.
pub fn resolution(width: i32, height: i32) -> &'static str {
    match (width, height) {
        (3200.., _) | (_, 1700..) => "2160p",
        (2300.., _) | (_, 1200..) => "1440p",
        (1500.., _) | (_, 800..) => "1080p",
        (1100.., _) | (_, 620..) => "720p",
        (_, 540..) => "576p",
        _ => "480p",
    }
}

/// One copy of each of the few words that thousands of titles share.
#[derive(Default)]
pub(crate) struct Interner(HashSet<Arc<str>>);

impl Interner {
    pub(crate) fn intern(&mut self, word: &str) -> Arc<str> {
        if let Some(known) = self.0.get(word) {
            return Arc::clone(known);
        }
        let word: Arc<str> = word.into();
        self.0.insert(Arc::clone(&word));
        word
    }
}
