//! Entries of Trakt lists and charts.

use serde::{Deserialize, Serialize};
use trakt::models::{Media, Movie, Show};

/// One entry of a list or chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What kind of item it is.
    pub kind: Kind,
    /// The title of the movie or show.
    pub title: String,
    /// The year of the movie or show.
    pub year: Option<i32>,
    /// The ids of the movie or show. Seasons and episodes have the ids of their show.
    pub ids: Ids,
}

/// The kind of item that an entry refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A movie.
    Movie,
    /// A show.
    Show,
    /// A season of the show: its number.
    Season(u32),
    /// An episode of the show: season number and episode number.
    Episode(u32, u32),
}

/// The ids of a movie or show on each service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are the services'")]
pub struct Ids {
    pub tmdb: Option<u64>,
    pub tvdb: Option<u64>,
    pub imdb: Option<String>,
    /// Only libraries with metadata from Trakt have it. Used when Trakt does not return the ids of other services.
    pub trakt: Option<u64>,
}

impl From<&trakt::models::Ids> for Ids {
    fn from(ids: &trakt::models::Ids) -> Self {
        let imdb = ids.imdb.as_ref().map(|imdb| imdb.to_lowercase());
        Self { tmdb: ids.tmdb, tvdb: ids.tvdb, imdb, trakt: Some(ids.trakt.0) }
    }
}

impl From<&Movie> for Entry {
    fn from(movie: &Movie) -> Self {
        Self { kind: Kind::Movie, title: movie.title.clone(), year: movie.year, ids: (&movie.ids).into() }
    }
}

impl From<&Show> for Entry {
    fn from(show: &Show) -> Self {
        Self { kind: Kind::Show, title: show.title.clone(), year: show.year, ids: (&show.ids).into() }
    }
}

impl Entry {
    /// Converts an item of a Trakt list. `None` for people and lists, and for seasons and episodes without a show.
    pub fn of(media: &Media) -> Option<Self> {
        let of_show = |show: &Show, kind| Self { kind, ..Self::from(show) };
        match media {
            Media::Movie(movie) => Some((&**movie).into()),
            Media::Show(show) => Some((&**show).into()),
            Media::Season { season, show } => {
                show.as_ref().map(|show| of_show(show, Kind::Season(season.number)))
            }
            Media::Episode { episode, show } => {
                show.as_ref().map(|show| of_show(show, Kind::Episode(episode.season, episode.number)))
            }
            Media::Person(_) | Media::List(_) | Media::Other(_) => None,
        }
    }

    /// The id that Kometa uses for the movie or show: TMDb for movies, TVDb for all others.
    pub fn main_id(&self) -> Option<u64> {
        match self.kind {
            Kind::Movie => self.ids.tmdb,
            Kind::Show | Kind::Season(_) | Kind::Episode(..) => self.ids.tvdb,
        }
    }
}
