//! The contents of a library, in the form that plans use.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kometa::spec::Media;

use crate::entry::{Entry, Ids, Kind};

/// An item of a library that can be a member of a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The target's key for the item.
    pub key: i64,
    /// What kind of item it is.
    pub kind: Kind,
    /// The key of the show, for seasons and episodes.
    pub show: Option<i64>,
    /// Its title. For seasons and episodes, it includes the title of the show.
    pub title: String,
    /// The title for sorting.
    pub sort_title: String,
    /// The year.
    pub year: Option<i32>,
    /// Its ids. Seasons and episodes have the ids of their show.
    pub ids: Ids,
    /// Data for filters and sorting.
    pub facts: Facts,
}

/// Data for filters and sorting. Unknown values are empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// When the item was added to the library.
    pub added: Option<DateTime<Utc>>,
    /// When a movie was released, or a show, season or episode first aired.
    pub released: Option<DateTime<Utc>>,
    /// Length in minutes.
    pub minutes: Option<i32>,
    /// The audience rating from 0 to 10.
    pub rating: Option<f64>,
    /// Genres as Trakt names them.
    pub genres: Vec<String>,
    /// Its countries, as two-letter codes or names.
    pub countries: Vec<String>,
    /// All names of the original language, the two-letter code first.
    pub language: Option<Vec<String>>,
    /// The status of a show, as Trakt writes it (`returning series`).
    pub status: Option<String>,
    /// The title without the title of the show, if the two differ.
    pub name: Option<String>,
    /// The collections that contained it when the run began.
    pub collections: Vec<String>,
    /// Its files; empty for shows and seasons.
    pub files: Vec<FileFacts>,
    /// The network of a show.
    pub network: Option<String>,
    /// The certification, such as `PG-13`.
    pub certification: Option<String>,
    /// The summary.
    pub summary: Option<String>,
}

/// Data of a file for filters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FileFacts {
    /// Relative to the library's folder, with `/` as separator.
    pub path: String,
    /// The codec as ffmpeg names it.
    pub video_codec: Option<String>,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
    /// The common name of the resolution, such as `1080p`.
    pub resolution: Option<String>,
    /// The number of audio channels of the track that has the most.
    pub channels: Option<u32>,
    /// The codecs, both as ffmpeg and as Plex names them.
    pub audio_codecs: Vec<String>,
    /// Titles of the audio tracks.
    pub audio_titles: Vec<String>,
    /// Languages of the audio tracks, each with all its names.
    pub audio_languages: Vec<Vec<String>>,
    /// Titles of the subtitle tracks.
    pub subtitle_titles: Vec<String>,
    /// Languages of the subtitle tracks, each with all its names.
    pub subtitle_languages: Vec<Vec<String>>,
    /// The edition, such as `Director's Cut`.
    pub edition: Option<String>,
    /// Whether the video is in Dolby Vision.
    pub dolby_vision: bool,
}

impl Item {
    /// The title, without the title of the show.
    pub fn own_title(&self) -> &str {
        self.facts.name.as_deref().unwrap_or(&self.title)
    }
}

/// The level of the items in a collection (`builder_level`).
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

/// The items of a library, indexed by their ids.
#[derive(Debug)]
pub struct Library {
    /// Its media type.
    pub media: Media,
    /// Whether it combines several libraries, for a playlist.
    mixed: bool,
    /// Filters that this library has no data for, although other libraries do.
    unsupported_filters: &'static [&'static str],
    items: Vec<Item>,
    by_key: HashMap<i64, usize>,
    tmdb: HashMap<u64, Vec<usize>>,
    tvdb: HashMap<u64, Vec<usize>>,
    imdb: HashMap<String, Vec<usize>>,
    trakt: HashMap<u64, Vec<usize>>,
    /// The seasons and episodes of each show.
    parts: HashMap<i64, Vec<usize>>,
}

impl Library {
    /// A library of these items. Movies in a library of shows are omitted, and vice versa: ids of movies and shows
    /// are unrelated.
    pub fn new(media: Media, items: Vec<Item>) -> Self {
        let fits = |item: &Item| (item.kind == Kind::Movie) == (media == Media::Movies);
        Self::indexed(media, false, items.into_iter().filter(fits).collect())
    }

    /// Combines several libraries for a playlist.
    pub fn mixed(libraries: &[&Self]) -> Self {
        let items = libraries.iter().flat_map(|library| library.items.iter().cloned()).collect();
        let unsupported =
            libraries.iter().map(|library| library.unsupported_filters).max_by_key(|filters| filters.len());
        let shows = libraries.iter().any(|library| library.media == Media::Shows);
        let media = if shows { Media::Shows } else { Media::Movies };
        Self { unsupported_filters: unsupported.unwrap_or_default(), ..Self::indexed(media, true, items) }
    }

    /// Declares that the library has no data for these filters.
    pub fn with_unsupported_filters(self, unsupported_filters: &'static [&'static str]) -> Self {
        Self { unsupported_filters, ..self }
    }

    fn indexed(media: Media, mixed: bool, items: Vec<Item>) -> Self {
        let mut library = Self {
            media,
            mixed,
            unsupported_filters: &[],
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

    /// Filters that this library has no data for, although other libraries do.
    pub fn unsupported_filters(&self) -> &'static [&'static str] {
        self.unsupported_filters
    }

    /// Whether it combines several libraries, for a playlist.
    pub fn is_mixed(&self) -> bool {
        self.mixed
    }

    /// All items.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The item with this key.
    pub fn item(&self, key: i64) -> Option<&Item> {
        self.by_key.get(&key).and_then(|at| self.items.get(*at))
    }

    /// The seasons of a show, in order.
    pub fn seasons_of(&self, show: &Item) -> Vec<&Item> {
        self.parts_of(show.key).filter(|part| matches!(part.kind, Kind::Season(_))).collect()
    }

    /// The episodes of a show or season, in order.
    pub fn episodes_of(&self, parent: &Item) -> Vec<&Item> {
        let (show, wanted) = match (parent.kind, parent.show) {
            (Kind::Season(season), Some(show)) => (show, Some(season)),
            _ => (parent.key, None),
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

    /// Whether items of this library can match an entry at this level at all: a list may contain movies and shows,
    /// and a collection of seasons cannot contain a single episode.
    pub fn can_contain(&self, entry: &Entry, level: Level) -> bool {
        match (self.media, entry.kind) {
            (_, Kind::Movie) if self.mixed => true,
            (Media::Movies, Kind::Movie) => true,
            (Media::Movies, _) | (Media::Shows, Kind::Movie) => false,
            (Media::Shows, Kind::Episode(..)) => level != Level::Seasons,
            (Media::Shows, Kind::Show | Kind::Season(_)) => true,
        }
    }

    /// The items that an entry refers to: all copies of the movie or show, or its seasons or episodes at this level.
    pub fn find(&self, entry: &Entry, level: Level) -> Vec<&Item> {
        if !self.can_contain(entry, level) {
            return Vec::new();
        }
        let titles = self.titles(entry);
        if level == Level::Titles || entry.kind == Kind::Movie {
            return titles;
        }
        let parts = titles.iter().filter_map(|show| self.parts.get(&show.key)).flatten();
        parts.map(|at| &self.items[*at]).filter(|item| includes_part(item.kind, entry.kind, level)).collect()
    }

    /// The movies or shows of an entry, found by TMDb id (movies) or TVDb id (shows), otherwise by IMDb id, otherwise
    /// by Trakt id. Trakt sometimes omits the ids of other services; titles must not be removed because of that.
    fn titles(&self, entry: &Entry) -> Vec<&Item> {
        let by_main_id = match entry.kind {
            Kind::Movie => entry.ids.tmdb.and_then(|id| self.tmdb.get(&id)),
            Kind::Show | Kind::Season(_) | Kind::Episode(..) => {
                entry.ids.tvdb.and_then(|id| self.tvdb.get(&id))
            }
        };
        let by_imdb = || entry.ids.imdb.as_ref().and_then(|id| self.imdb.get(&id.to_lowercase()));
        let by_trakt = || entry.ids.trakt.and_then(|id| self.trakt.get(&id));
        let found = by_main_id.or_else(by_imdb).or_else(by_trakt).map(Vec::as_slice).unwrap_or_default();
        found.iter().map(|at| &self.items[*at]).collect()
    }
}

/// Season and episode number, for sorting.
fn number(kind: Kind) -> (u32, u32) {
    match kind {
        Kind::Movie | Kind::Show => (0, 0),
        Kind::Season(season) => (season, 0),
        Kind::Episode(season, episode) => (season, episode),
    }
}

/// Whether an entry at this level includes a season or episode of its show.
fn includes_part(part: Kind, entry: Kind, level: Level) -> bool {
    match (level, part, entry) {
        (Level::Seasons, Kind::Season(_), Kind::Show) => true,
        (Level::Seasons, Kind::Season(season), Kind::Season(wanted)) => season == wanted,
        (Level::Episodes, Kind::Episode(..), Kind::Show) => true,
        (Level::Episodes, Kind::Episode(season, _), Kind::Season(wanted)) => season == wanted,
        (Level::Episodes, Kind::Episode(season, number), Kind::Episode(wanted_season, wanted_number)) => {
            (season, number) == (wanted_season, wanted_number)
        }
        _ => false,
    }
}
