//! Entries of lists and charts.

use serde::{Deserialize, Serialize};
use trakt::models::{Media, Movie, Show};

/// One entry of a list or chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its kind.
    pub kind: Kind,
    /// The title of the movie or show.
    pub title: String,
    /// The year of the movie or show.
    pub year: Option<i32>,
    /// The ids of the movie or show: seasons and episodes are found through their show.
    pub ids: Ids,
}

/// The item of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A movie.
    Movie,
    /// A show.
    Show,
    /// A season of the show, by its number.
    Season(u32),
    /// An episode of the show, by the numbers of its season and its own.
    Episode(u32, u32),
}

/// A title's ids on other services.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are the services'")]
pub struct Ids {
    pub tmdb: Option<u64>,
    pub tvdb: Option<u64>,
    pub imdb: Option<String>,
    /// Known to libraries with metadata from Trakt. Useful while Trakt does not return the other ids.
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
    /// The item of a list entry; `None` for people, lists, and entries without a show.
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
