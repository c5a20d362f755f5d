//! The item of an entry in a mixed list.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::{Episode, Ids, MediaKind, Movie, Person, Season, Show, UserList};

/// The item of a play, rating, list entry or search result.
#[derive(Debug, Clone, PartialEq)]
pub enum Media {
    /// A movie.
    Movie(Box<Movie>),
    /// A show.
    Show(Box<Show>),
    /// A season and its show.
    Season {
        /// The season.
        season: Box<Season>,
        /// The show, if Trakt includes it.
        show: Option<Box<Show>>,
    },
    /// An episode and its show.
    Episode {
        /// The episode.
        episode: Box<Episode>,
        /// The show, if Trakt includes it.
        show: Option<Box<Show>>,
    },
    /// A person.
    Person(Box<Person>),
    /// A list.
    List(Box<UserList>),
    /// A media type that this version does not know.
    Other(MediaKind),
}

#[derive(Deserialize)]
struct Raw {
    #[serde(rename = "type", default)]
    kind: Option<MediaKind>,
    #[serde(default)]
    movie: Option<Box<Movie>>,
    #[serde(default)]
    show: Option<Box<Show>>,
    #[serde(default)]
    season: Option<Box<Season>>,
    #[serde(default)]
    episode: Option<Box<Episode>>,
    #[serde(default)]
    person: Option<Box<Person>>,
    #[serde(default)]
    list: Option<Box<UserList>>,
}

impl Raw {
    /// The type that the entry names, otherwise the most specific item in it.
    fn kind(&self) -> Option<MediaKind> {
        self.kind.clone().or_else(|| {
            let present = [
                (self.episode.is_some(), MediaKind::Episode),
                (self.season.is_some(), MediaKind::Season),
                (self.movie.is_some(), MediaKind::Movie),
                (self.show.is_some(), MediaKind::Show),
                (self.list.is_some(), MediaKind::List),
                (self.person.is_some(), MediaKind::Person),
            ];
            present.into_iter().find_map(|(is_there, kind)| is_there.then_some(kind))
        })
    }
}

impl<'de> Deserialize<'de> for Media {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Raw::deserialize(deserializer)?;
        let missing = D::Error::missing_field;
        match raw.kind().ok_or_else(|| missing("type"))? {
            MediaKind::Movie => raw.movie.map(Self::Movie).ok_or_else(|| missing("movie")),
            MediaKind::Show => raw.show.map(Self::Show).ok_or_else(|| missing("show")),
            MediaKind::Season => {
                let season = raw.season.ok_or_else(|| missing("season"))?;
                Ok(Self::Season { season, show: raw.show })
            }
            MediaKind::Episode => {
                let episode = raw.episode.ok_or_else(|| missing("episode"))?;
                Ok(Self::Episode { episode, show: raw.show })
            }
            MediaKind::Person => raw.person.map(Self::Person).ok_or_else(|| missing("person")),
            MediaKind::List => raw.list.map(Self::List).ok_or_else(|| missing("list")),
            other => Ok(Self::Other(other)),
        }
    }
}

impl Media {
    /// The media type.
    pub fn kind(&self) -> MediaKind {
        match self {
            Self::Movie(_) => MediaKind::Movie,
            Self::Show(_) => MediaKind::Show,
            Self::Season { .. } => MediaKind::Season,
            Self::Episode { .. } => MediaKind::Episode,
            Self::Person(_) => MediaKind::Person,
            Self::List(_) => MediaKind::List,
            Self::Other(kind) => kind.clone(),
        }
    }

    /// Its ids; for an episode or season its own, not the show's. Lists have ids of a different form.
    pub fn ids(&self) -> Option<&Ids> {
        match self {
            Self::Movie(movie) => Some(&movie.ids),
            Self::Show(show) => Some(&show.ids),
            Self::Season { season, .. } => Some(&season.ids),
            Self::Episode { episode, .. } => Some(&episode.ids),
            Self::Person(person) => Some(&person.ids),
            Self::List(_) | Self::Other(_) => None,
        }
    }
}
