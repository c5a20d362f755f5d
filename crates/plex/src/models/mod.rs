//! The data models of Plex.

mod read;

/// The kind of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A movie.
    Movie,
    /// A show.
    Show,
    /// A season.
    Season,
    /// An episode.
    Episode,
}

impl Kind {
    /// Plex's number for the kind: `type=` in queries.
    pub fn number(self) -> u8 {
        match self {
            Self::Movie => 1,
            Self::Show => 2,
            Self::Season => 3,
            Self::Episode => 4,
        }
    }

    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "movie" => Self::Movie,
            "show" => Self::Show,
            "season" => Self::Season,
            "episode" => Self::Episode,
            _ => return None,
        })
    }
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The id of the server.
    pub machine_identifier: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its platform.
    pub platform: Option<String>,
}

/// A library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its key.
    pub key: u64,
    /// Its name.
    pub title: String,
    /// Movies or shows; `None` for music and photos.
    pub kind: Option<Kind>,
    /// Its metadata agent.
    pub agent: String,
    /// Its unique id.
    pub uuid: String,
    /// Whether this token may change it.
    pub writable: bool,
    /// Its folders, as seen by the server.
    pub locations: Vec<String>,
}

/// A movie, show, season or episode.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The rating key.
    pub key: u64,
    /// The kind of the item.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its title for sorting.
    pub sort_title: String,
    /// Its year.
    pub year: Option<i32>,
    /// The guid that its agent assigned.
    pub guid: Option<String>,
    /// The ids that a new agent assigned, such as `tmdb://603`.
    pub guids: Vec<String>,
    /// The name of the edition.
    pub edition: Option<String>,
    /// The rating key of the show, for seasons and episodes.
    pub show: Option<u64>,
    /// The season number, for seasons and episodes.
    pub season: Option<u32>,
    /// The episode number, for episodes.
    pub episode: Option<u32>,
    /// The release date, such as `2009-10-21`.
    pub released: Option<String>,
    /// When it was added, in seconds since 1970.
    pub added_at: Option<i64>,
    /// The critics' rating from 0 to 10.
    pub rating: Option<f64>,
    /// Its labels, if included in the response.
    pub labels: Vec<String>,
    /// Further details.
    pub facts: Facts,
}

/// Further details of an item, if included in the response.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The summary.
    pub summary: Option<String>,
    /// The content rating.
    pub content_rating: Option<String>,
    /// The audience rating from 0 to 10.
    pub audience_rating: Option<f64>,
    /// The length in milliseconds.
    pub duration: Option<i64>,
    /// The studio of a movie, the network of a show.
    pub studio: Option<String>,
    /// The genres.
    pub genres: Vec<String>,
    /// The names of the countries.
    pub countries: Vec<String>,
}

/// How a library shows a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// As set for the library.
    #[default]
    Default,
    /// The collection is hidden.
    Hide,
    /// Its members are hidden.
    HideItems,
    /// The collection and its members are shown.
    ShowItems,
}

impl Mode {
    /// Plex's number for the mode.
    pub fn number(self) -> i8 {
        match self {
            Self::Default => -1,
            Self::Hide => 0,
            Self::HideItems => 1,
            Self::ShowItems => 2,
        }
    }

    fn of(number: i8) -> Self {
        match number {
            0 => Self::Hide,
            1 => Self::HideItems,
            2 => Self::ShowItems,
            _ => Self::Default,
        }
    }
}

/// The order in which a collection shows its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By release.
    #[default]
    Release,
    /// By title.
    Alpha,
    /// In a custom order, set by moving the members.
    Custom,
}

impl Sort {
    /// Plex's number for the order.
    pub fn number(self) -> u8 {
        match self {
            Self::Release => 0,
            Self::Alpha => 1,
            Self::Custom => 2,
        }
    }

    fn of(number: u8) -> Self {
        match number {
            1 => Self::Alpha,
            2 => Self::Custom,
            _ => Self::Release,
        }
    }
}

/// A collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// The rating key.
    pub key: u64,
    /// Its name.
    pub title: String,
    /// Its title for sorting, if different.
    pub sort_title: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// Its content rating.
    pub content_rating: Option<String>,
    /// The kind of its members.
    pub kind: Option<Kind>,
    /// How many members it has.
    pub count: usize,
    /// The filter of a smart collection.
    pub filter: Option<String>,
    /// Whether it is smart, that is, filled by Plex.
    pub smart: bool,
    /// How the library shows it.
    pub mode: Mode,
    /// The order of its members.
    pub sort: Sort,
    /// Its labels.
    pub labels: Vec<String>,
    /// The URL of its poster. It changes whenever the poster does.
    pub poster: Option<String>,
    /// The URL of its background.
    pub background: Option<String>,
}

/// A hub: a row of a library's Recommended page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hub {
    /// The identifier, such as `movie.recentlyadded` or `custom.collection.1.77`.
    pub identifier: String,
    /// Its name.
    pub title: String,
    /// Whether it is shown on the library's Recommended page.
    pub library: bool,
    /// Whether it is shown on the owner's Home.
    pub home: bool,
    /// Whether it is shown on the Home of friends.
    pub shared: bool,
}

/// A playlist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Playlist {
    /// The rating key.
    pub key: u64,
    /// Its name.
    pub title: String,
    /// The summary.
    pub summary: Option<String>,
    /// Whether it is smart, that is, filled by Plex.
    pub smart: bool,
}

/// An entry of a playlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaylistEntry {
    /// The entry's id, by which it is moved and removed.
    pub id: u64,
    /// The item's rating key.
    pub item: u64,
}

/// An available image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Its key, such as `upload://posters/…`.
    pub key: String,
    /// Whether it is selected.
    pub selected: bool,
}
