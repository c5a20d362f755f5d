//! A library as used by plans.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kometa::spec::Media;

use crate::entry::{Entry, Ids, Kind};

/// An item in a library that a collection can contain.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The target's key for it.
    pub key: i64,
    /// Its kind.
    pub kind: Kind,
    /// The key of the show, for seasons and episodes.
    pub show: Option<i64>,
    /// Its title; for seasons and episodes with the show's.
    pub title: String,
    /// The title for sorting.
    pub sort_title: String,
    /// The year.
    pub year: Option<i32>,
    /// Its ids; those of the show for seasons and episodes.
    pub ids: Ids,
    /// Data for filters and orders.
    pub facts: Facts,
}

/// Data for filters and orders. What is not known is empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// When it was added to the library.
    pub added: Option<DateTime<Utc>>,
    /// Release of a movie, first air date of all others.
    pub released: Option<DateTime<Utc>>,
    /// Length in minutes.
    pub minutes: Option<i32>,
    /// The community's rating from 0 to 10.
    pub rating: Option<f64>,
    /// Genres as Trakt names them.
    pub genres: Vec<String>,
    /// Its countries, as two-letter codes or names.
    pub countries: Vec<String>,
    /// All names of the language, the two-letter code first.
    pub language: Option<Vec<String>>,
    /// A show's status, in Trakt's notation.
    pub status: Option<String>,
    /// Its own name, if the title contains more.
    pub name: Option<String>,
    /// The collections that it was in when the run began.
    pub collections: Vec<String>,
    /// Its files; none of shows and seasons.
    pub files: Vec<FileFacts>,
    /// The network.
    pub network: Option<String>,
    /// Certification.
    pub certification: Option<String>,
    /// The summary.
    pub summary: Option<String>,
}

/// Data of a file for filters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FileFacts {
    /// Relative to the library's folder, with `/` as separator.
    pub path: String,
    /// ffmpeg's name.
    pub video_codec: Option<String>,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
    /// The common name of the resolution, such as `1080p`.
    pub resolution: Option<String>,
    /// Of the track with the most channels.
    pub channels: Option<u32>,
    /// ffmpeg's and Plex's names.
    pub audio_codecs: Vec<String>,
    /// Track titles from the file.
    pub audio_titles: Vec<String>,
    /// Each language with all of its names.
    pub audio_languages: Vec<Vec<String>>,
    /// Track titles from the file.
    pub subtitle_titles: Vec<String>,
    /// Each language with all of its names.
    pub subtitle_languages: Vec<Vec<String>>,
    /// Such as `Director's Cut`.
    pub edition: Option<String>,
    /// Whether the video is in Dolby Vision.
    pub dolby_vision: bool,
}

impl Item {
    /// Its title without the show's title.
    pub fn own_title(&self) -> &str {
        self.facts.name.as_deref().unwrap_or(&self.title)
    }
}

/// The level of the items in a collection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Level {
    /// Movies or shows.
    #[default]
    Titles,
    /// Seasons of shows.
    Seasons,
    /// Episodes of shows.
    Episodes,
}

/// A library with everything that can be in a collection, found by its ids.
#[derive(Debug)]
pub struct Library {
    /// Its media type.
    pub media: Media,
    /// Whether it combines several libraries of movies and shows.
    mixed: bool,
    /// Filters that it has no data for, although other libraries do.
    lacks: &'static [&'static str],
    items: Vec<Item>,
    by_key: HashMap<i64, usize>,
    tmdb: HashMap<u64, Vec<usize>>,
    tvdb: HashMap<u64, Vec<usize>>,
    imdb: HashMap<String, Vec<usize>>,
    trakt: HashMap<u64, Vec<usize>>,
    parts: HashMap<i64, Vec<usize>>,
}

impl Library {
    /// A library of these items. Movies in a show library are omitted, and vice versa, because their ids are unrelated.
    pub fn new(media: Media, items: Vec<Item>) -> Self {
        let fits = |item: &Item| (item.kind == Kind::Movie) == (media == Media::Movies);
        Self::of(media, false, items.into_iter().filter(fits).collect())
    }

    /// Several libraries combined, for playlists: movies and episodes, in the order of the builders.
    pub fn mixed(libraries: &[&Self]) -> Self {
        let items = libraries.iter().flat_map(|library| library.items.iter().cloned()).collect();
        let lacks = libraries.iter().map(|library| library.lacks).max_by_key(|lacks| lacks.len());
        let shows = libraries.iter().any(|library| library.media == Media::Shows);
        let media = if shows { Media::Shows } else { Media::Movies };
        Self { lacks: lacks.unwrap_or_default(), ..Self::of(media, true, items) }
    }

    /// The same library, without data for these filters.
    pub fn lacking(self, lacks: &'static [&'static str]) -> Self {
        Self { lacks, ..self }
    }

    fn of(media: Media, mixed: bool, items: Vec<Item>) -> Self {
        let mut library = Self {
            media,
            mixed,
            lacks: &[],
            items,
            by_key: HashMap::new(),
            tmdb: HashMap::new(),
            tvdb: HashMap::new(),
            imdb: HashMap::new(),
            trakt: HashMap::new(),
            parts: HashMap::new(),
        };
        for (at, item) in library.items.iter().enumerate() {
            library.by_key.insert(item.key, at);
            match (item.kind, item.show) {
                (Kind::Movie | Kind::Show, _) => {
                    if let Some(id) = item.ids.tmdb.filter(|_| item.kind == Kind::Movie) {
                        library.tmdb.entry(id).or_default().push(at);
                    }
                    if let Some(id) = item.ids.tvdb.filter(|_| item.kind == Kind::Show) {
                        library.tvdb.entry(id).or_default().push(at);
                    }
                    if let Some(id) = item.ids.trakt {
                        library.trakt.entry(id).or_default().push(at);
                    }
                    if let Some(id) = &item.ids.imdb {
                        library.imdb.entry(id.to_lowercase()).or_default().push(at);
                    }
                }
                (Kind::Season(_) | Kind::Episode(..), Some(show)) => {
                    library.parts.entry(show).or_default().push(at);
                }
                (Kind::Season(_) | Kind::Episode(..), None) => {}
            }
        }
        for parts in library.parts.values_mut() {
            parts.sort_by_key(|at| number(library.items[*at].kind));
        }
        library
    }

    /// Filters that it has no data for, although other libraries do.
    pub fn lacks(&self) -> &'static [&'static str] {
        self.lacks
    }

    /// Whether it combines several libraries.
    pub fn is_mixed(&self) -> bool {
        self.mixed
    }

    /// All items.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// By its key.
    pub fn item(&self, key: i64) -> Option<&Item> {
        self.by_key.get(&key).and_then(|at| self.items.get(*at))
    }

    /// The seasons of a show, in their order.
    pub fn seasons_of(&self, show: &Item) -> Vec<&Item> {
        self.parts_of(show.key).filter(|part| matches!(part.kind, Kind::Season(_))).collect()
    }

    /// The episodes of a show or season, in their order.
    pub fn episodes_of(&self, of: &Item) -> Vec<&Item> {
        let (show, wanted) = match (of.kind, of.show) {
            (Kind::Season(season), Some(show)) => (show, Some(season)),
            _ => (of.key, None),
        };
        let fits = |part: &&Item| match part.kind {
            Kind::Episode(season, _) => wanted.is_none_or(|wanted| wanted == season),
            Kind::Movie | Kind::Show | Kind::Season(_) => false,
        };
        self.parts_of(show).filter(fits).collect()
    }

    fn parts_of(&self, show: i64) -> impl Iterator<Item = &Item> {
        self.parts.get(&show).into_iter().flatten().filter_map(|at| self.items.get(*at))
    }

    /// Whether an entry can be in this library at all: a list may mix media types, and a collection of episodes cannot
    /// contain an entry without episodes.
    pub fn concerns(&self, entry: &Entry, level: Level) -> bool {
        match (self.media, entry.kind) {
            (_, Kind::Movie) if self.mixed => true,
            (Media::Movies, Kind::Movie) => true,
            (Media::Movies, _) | (Media::Shows, Kind::Movie) => false,
            (Media::Shows, Kind::Episode(..)) => level != Level::Seasons,
            (Media::Shows, Kind::Show | Kind::Season(_)) => true,
        }
    }

    /// The items that an entry refers to: all copies of the title, or its parts at this level.
    pub fn find(&self, entry: &Entry, level: Level) -> Vec<&Item> {
        if !self.concerns(entry, level) {
            return Vec::new();
        }
        let titles = self.titles(entry);
        if level == Level::Titles || entry.kind == Kind::Movie {
            return titles;
        }
        let parts = titles.iter().filter_map(|show| self.parts.get(&show.key)).flatten();
        parts.map(|at| &self.items[*at]).filter(|item| part_of(item.kind, entry.kind, level)).collect()
    }

    /// The movies or shows of an entry: by the main id of its kind, otherwise by the IMDb id, otherwise by Trakt's own.
    /// At times, Trakt does not return ids of other services, and titles must not leave their collections because of
    /// that.
    fn titles(&self, entry: &Entry) -> Vec<&Item> {
        let by_main = match entry.kind {
            Kind::Movie => entry.ids.tmdb.and_then(|id| self.tmdb.get(&id)),
            Kind::Show | Kind::Season(_) | Kind::Episode(..) => {
                entry.ids.tvdb.and_then(|id| self.tvdb.get(&id))
            }
        };
        let by_imdb = || entry.ids.imdb.as_ref().and_then(|id| self.imdb.get(&id.to_lowercase()));
        let by_trakt = || entry.ids.trakt.and_then(|id| self.trakt.get(&id));
        let found = by_main.or_else(by_imdb).or_else(by_trakt).map(Vec::as_slice).unwrap_or_default();
        found.iter().map(|at| &self.items[*at]).collect()
    }
}

fn number(kind: Kind) -> (u32, u32) {
    match kind {
        Kind::Movie | Kind::Show => (0, 0),
        Kind::Season(season) => (season, 0),
        Kind::Episode(season, episode) => (season, episode),
    }
}

/// Whether a part of a show is included in an entry at this level.
fn part_of(part: Kind, entry: Kind, level: Level) -> bool {
    match (level, part, entry) {
        (Level::Seasons, Kind::Season(_), Kind::Show) => true,
        (Level::Seasons, Kind::Season(season), Kind::Season(wanted)) => season == wanted,
        (Level::Episodes, Kind::Episode(..), Kind::Show) => true,
        (Level::Episodes, Kind::Episode(season, _), Kind::Season(wanted)) => season == wanted,
        (Level::Episodes, Kind::Episode(season, number), Kind::Episode(wanted, of)) => {
            (season, number) == (wanted, of)
        }
        _ => false,
    }
}
