//! Sections, items, collections and playlists.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The kind of an item. The number is Plex's `type`.
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

    /// Plex's name for the kind.
    pub(crate) fn name(self) -> &'static str {
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

/// The agent that provides the metadata of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agent {
    /// Plex's own agent: `plex://` guids with a list of `Guid`s.
    Plex,
    /// The old agents: a single guid such as `com.plexapp.agents.imdb://tt0133093?lang=en`, without a list.
    Legacy,
}

/// A library.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Its key.
    pub key: u64,
    /// Its name.
    pub title: String,
    /// [`Kind::Movie`] or [`Kind::Show`].
    pub kind: Kind,
    /// Its agent.
    pub agent: Agent,
    /// Its unique id.
    pub uuid: String,
    /// The hubs of its Recommended page, in order.
    pub hubs: Vec<Hub>,
}

/// A hub: a row of a library's Recommended page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hub {
    /// The identifier, such as `movie.recentlyadded` or `custom.collection.1.77`.
    pub identifier: String,
    /// Its name.
    pub title: String,
    /// Whether it is shown on the library's Recommended page.
    pub recommended: bool,
    /// Whether it is shown on the owner's Home.
    pub own_home: bool,
    /// Whether it is shown on the Home of friends.
    pub shared_home: bool,
}

/// Uploaded images. A new upload is selected automatically.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Images {
    /// The keys of the uploads, such as `upload://posters/…`, newest last.
    pub uploads: Vec<String>,
    /// The key of the image that is shown.
    pub selected: Option<String>,
    /// When the selection changed, in seconds since 1970.
    pub changed: i64,
}

/// A movie, show, season or episode.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// Its rating key.
    pub key: u64,
    /// The section's key.
    pub section: u64,
    /// The kind of the item.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its title for sorting.
    pub title_sort: String,
    /// Its year.
    pub year: u64,
    /// The release date, such as `2009-10-21`.
    pub released: String,
    /// The guid that its agent assigned.
    pub guid: String,
    /// The `Guid` list that a new agent assigned.
    pub guids: Vec<String>,
    /// The name of the edition.
    pub edition: Option<String>,
    /// The rating key of the show of a season, or of the season of an episode.
    pub parent: Option<u64>,
    /// The number of a season or an episode.
    pub index: u64,
    /// The critics' rating from 0 to 10.
    pub rating: f64,
    /// When it was added, in seconds since 1970.
    pub added: i64,
    /// The length in milliseconds.
    pub duration: u64,
    /// Editable text: `summary`, `contentRating`.
    pub fields: BTreeMap<String, String>,
    /// Tags such as labels and genres, by Plex's singular name (`label`).
    pub tags: BTreeMap<String, Vec<String>>,
    /// Locked fields.
    pub locked: BTreeSet<String>,
    /// Posters, backgrounds and square art, by their name in paths (`posters`).
    pub images: BTreeMap<String, Images>,
}

/// The members of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Members {
    /// These items, in the order of the `custom` sort.
    Listed(Vec<u64>),
    /// The items that match this filter: the path and query of its URI.
    Smart(String),
}

/// A collection.
#[derive(Debug, Clone, Serialize)]
pub struct Collection {
    /// Its rating key.
    pub key: u64,
    /// The section's key.
    pub section: u64,
    /// The kind of its members.
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
    /// Images, by their name in paths.
    pub images: BTreeMap<String, Images>,
    /// `collectionMode`, `collectionSort`, `collectionFilterBasedOnUser`. Missing ones have their default values.
    pub prefs: BTreeMap<String, i64>,
    /// When it was added, in seconds since 1970.
    pub added: i64,
    /// When it was last changed, in seconds since 1970.
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
    /// The summary.
    pub summary: String,
    /// The entries: id of the entry and rating key of the item. A playlist can contain an item several times.
    pub entries: Vec<(u64, u64)>,
    /// Images, by their name in paths.
    pub images: BTreeMap<String, Images>,
    /// When it was added, in seconds since 1970.
    pub added: i64,
}
