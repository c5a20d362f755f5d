//! Sections, items, collections and playlists.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// What an item is; the number is Plex's `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A movie.
    Movie = 1,
    /// A show.
    Show = 2,
    /// A season.
    Season = 3,
    /// An episode.
    Episode = 4,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Movie, Self::Show, Self::Season, Self::Episode];

    /// Plex's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Movie => "movie",
            Self::Show => "show",
            Self::Season => "season",
            Self::Episode => "episode",
        }
    }

    pub(crate) fn of_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u64 == number)
    }
}

/// Where a library's metadata comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agent {
    /// Plex's own agent: `plex://` guids with a list of `Guid`s.
    Plex,
    /// The old agents: one guid such as `com.plexapp.agents.imdb://tt0133093?lang=en`, no list.
    Legacy,
}

/// A library.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Its number.
    pub key: u64,
    /// Its name.
    pub title: String,
    /// [`Kind::Movie`] or [`Kind::Show`].
    pub kind: Kind,
    /// Its agent.
    pub agent: Agent,
    /// Its unique id.
    pub uuid: String,
    /// The rows of its Recommended page in their order.
    pub hubs: Vec<Hub>,
}

/// A row of a library's Recommended page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hub {
    /// `movie.recentlyadded`, `custom.collection.1.77`.
    pub identifier: String,
    /// Its name.
    pub title: String,
    /// Shown on the library's Recommended page.
    pub recommended: bool,
    /// Shown on the owner's Home.
    pub own_home: bool,
    /// Shown on the Home of friends.
    pub shared_home: bool,
}

/// Uploaded images, the newest last. The newest one is shown unless another one is chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Images {
    /// The keys of what was uploaded, such as `upload://posters/…`.
    pub uploads: Vec<String>,
    /// The one that is shown.
    pub selected: Option<String>,
    /// When it was chosen.
    pub changed: i64,
}

/// A movie, show, season or episode.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// Its rating key.
    pub key: u64,
    /// The section's key.
    pub section: u64,
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its title for sorting.
    pub title_sort: String,
    /// Its year.
    pub year: u64,
    /// `2009-10-21`.
    pub released: String,
    /// The guid of its agent.
    pub guid: String,
    /// The `Guid` list of the new agents.
    pub guids: Vec<String>,
    /// An edition's name.
    pub edition: Option<String>,
    /// Show of a season, season of an episode.
    pub parent: Option<u64>,
    /// Number of a season or an episode.
    pub index: u64,
    /// Critics' rating.
    pub rating: f64,
    /// Seconds since 1970.
    pub added: i64,
    /// Milliseconds.
    pub duration: u64,
    /// Editable text: `summary`, `contentRating`.
    pub fields: BTreeMap<String, String>,
    /// Labels, genres: by Plex's singular (`label`).
    pub tags: BTreeMap<String, Vec<String>>,
    /// Locked fields.
    pub locked: BTreeSet<String>,
    /// Posters, backgrounds and square art by their path's name (`posters`).
    pub images: BTreeMap<String, Images>,
}

/// What a collection holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Members {
    /// These items, in the order of the `custom` sort.
    Listed(Vec<u64>),
    /// What a filter finds; the path and query below the server's uri.
    Smart(String),
}

/// A collection.
#[derive(Debug, Clone, Serialize)]
pub struct Collection {
    /// Its rating key.
    pub key: u64,
    /// The section's key.
    pub section: u64,
    /// What its members are.
    pub kind: Kind,
    /// Its name.
    pub title: String,
    /// Its members.
    pub members: Members,
    /// Editable text: `summary`, `titleSort`, `contentRating`.
    pub fields: BTreeMap<String, String>,
    /// Labels.
    pub tags: BTreeMap<String, Vec<String>>,
    /// Locked fields.
    pub locked: BTreeSet<String>,
    /// Images by their path's name.
    pub images: BTreeMap<String, Images>,
    /// `collectionMode`, `collectionSort`, `collectionFilterBasedOnUser`; what is absent is at its default.
    pub prefs: BTreeMap<String, i64>,
    /// Seconds since 1970.
    pub added: i64,
    /// Seconds since 1970.
    pub updated: i64,
}

impl Collection {
    /// Its labels.
    pub fn labels(&self) -> &[String] {
        self.tags.get("label").map(Vec::as_slice).unwrap_or_default()
    }
}

/// A playlist.
#[derive(Debug, Clone, Serialize)]
pub struct Playlist {
    /// Its rating key.
    pub key: u64,
    /// Its name.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Entries: the id of the entry and the item's key. An item can be in it twice.
    pub entries: Vec<(u64, u64)>,
    /// Images by their path's name.
    pub images: BTreeMap<String, Images>,
    /// Seconds since 1970.
    pub added: i64,
}
