//! The catalogue's data. Seasons are stored, episodes are derived on request: 500 shows need little memory.

use chrono::{DateTime, NaiveDate, Utc};

/// The IDs of a movie or a show. `tvdb` is `None` for movies, as in Trakt's responses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    /// Trakt's number, unique among movies or among shows.
    pub trakt: u64,
    /// Trakt's readable ID, unique among movies or among shows.
    pub slug: Box<str>,
    /// `tt` and at least seven digits; some titles have none.
    pub imdb: Option<Box<str>>,
    /// The Movie Database's number; some titles have none.
    pub tmdb: Option<u64>,
    /// TheTVDB's number, shows only.
    pub tvdb: Option<u64>,
}

/// The IDs of a season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeasonIds {
    /// Trakt's number, unique among seasons.
    pub trakt: u64,
    /// TheTVDB's number.
    pub tvdb: u64,
    /// The Movie Database's number.
    pub tmdb: u64,
}

/// The IDs of an episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpisodeIds {
    /// Trakt's number, unique among episodes.
    pub trakt: u64,
    /// TheTVDB's number.
    pub tvdb: u64,
    /// IMDb's ID.
    pub imdb: String,
    /// The Movie Database's number. Two episodes can share one (trakt-api issue 423).
    pub tmdb: u64,
}

/// What movies and shows have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Its numbers and names on Trakt and other sites.
    pub ids: Ids,
    /// The English title.
    pub title: Box<str>,
    /// The original title, if it differs.
    pub original_title: Option<Box<str>>,
    /// Year of the first release.
    pub year: u16,
    /// Minutes; for a show, the length of one episode.
    pub runtime: u16,
    /// American rating (`PG-13`, `TV-14`).
    pub certification: &'static str,
    /// Genre slugs, the main one first.
    pub genres: Box<[&'static str]>,
    /// ISO 3166-1 alpha-2, lowercase.
    pub country: &'static str,
    /// ISO 639-1.
    pub language: &'static str,
    /// Mean of the votes, 0 to 10.
    pub rating: f32,
    /// Number of votes. The titles with the most votes are the popular ones.
    pub votes: u32,
    /// Number of comments on Trakt.
    pub comment_count: u32,
    /// A paragraph about the story.
    pub overview: Box<str>,
    /// The tagline on the poster.
    pub tagline: Option<Box<str>>,
    /// Trakt's term: `released`, `in production`, `returning series`, `ended`, `canceled`.
    pub status: &'static str,
    /// URL of a trailer.
    pub trailer: Option<Box<str>>,
    /// URL of the official site.
    pub homepage: Option<Box<str>>,
    /// When Trakt last changed it.
    pub updated_at: DateTime<Utc>,
    /// The subject of its artwork; generated titles follow their genre.
    pub motif: Option<Box<str>>,
    /// Whether it is one of the real titles of the demo library.
    pub demo: bool,
}

/// A movie.
#[derive(Debug, Clone, PartialEq)]
pub struct Movie {
    /// The facts that shows have too.
    pub facts: Facts,
    /// Day of the first release.
    pub released: NaiveDate,
    /// Number of its production company in [`super::STUDIOS`]; 0 for the demo titles.
    pub studio_id: u64,
    /// Whether there is a scene after the credits.
    pub after_credits: bool,
}

/// When and where a show airs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Airs {
    /// English day of the week.
    pub day: &'static str,
    /// Local time, `HH:MM`.
    pub time: Box<str>,
    /// IANA name of the time zone.
    pub timezone: &'static str,
}

/// A show with its seasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Show {
    /// The facts that movies have too.
    pub facts: Facts,
    /// Start of the first regular episode.
    pub first_aired: DateTime<Utc>,
    /// Weekly slot.
    pub airs: Airs,
    /// Name of the broadcaster.
    pub network: Box<str>,
    /// Number of the broadcaster in [`super::NETWORKS`]; 0 for the demo titles.
    pub network_id: u64,
    /// By number; specials (season 0) first if there are any.
    pub seasons: Box<[Season]>,
}

/// A season; its episodes are numbered from 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Season {
    /// 0 for specials.
    pub number: u16,
    /// Its numbers on Trakt and other sites.
    pub ids: SeasonIds,
    /// `Season 2`, `Specials`.
    pub title: Box<str>,
    /// A sentence about it; usually missing.
    pub overview: Option<Box<str>>,
    /// Start of its first episode.
    pub first_aired: DateTime<Utc>,
    /// Number of known episodes, aired or not.
    pub episode_count: u16,
    /// Mean of the votes, 0 to 10.
    pub rating: f32,
    /// Number of votes.
    pub votes: u32,
    /// Days between two episodes; 0 if all were released at once.
    pub(super) cadence_days: u16,
    /// Trakt's number of the first episode; the others are consecutive.
    pub(super) first_episode_id: u64,
    /// Absolute number of the first episode across all regular seasons; 0 for specials.
    pub(super) first_absolute: u32,
    /// Whether the last two episodes share one TMDB ID: a double-length finale that TMDB counts as one.
    pub(super) shared_finale: bool,
    /// Known titles (demo shows); generated seasons have none, and theirs are derived.
    pub(super) titles: Box<[Box<str>]>,
}

/// An episode, created on request.
#[derive(Debug, Clone, PartialEq)]
pub struct Episode {
    /// 0 for specials.
    pub season: u16,
    /// One-based, within its season.
    pub number: u16,
    /// One-based, within the show; specials have none.
    pub number_abs: Option<u32>,
    /// English title.
    pub title: String,
    /// Its numbers on Trakt and other sites.
    pub ids: EpisodeIds,
    /// A paragraph about the story.
    pub overview: String,
    /// Mean of the votes, 0 to 10.
    pub rating: f32,
    /// Number of votes.
    pub votes: u32,
    /// Number of comments on Trakt.
    pub comment_count: u32,
    /// Start of the first broadcast.
    pub first_aired: DateTime<Utc>,
    /// When Trakt last changed it.
    pub updated_at: DateTime<Utc>,
    /// Minutes.
    pub runtime: u16,
    /// Trakt's term: `standard`, `series_premiere`, `season_finale` ...
    pub episode_type: &'static str,
}

impl Show {
    /// Returns the season with this number.
    pub fn season(&self, number: u16) -> Option<&Season> {
        self.seasons.iter().find(|season| season.number == number)
    }

    /// Returns an episode by its season and number.
    pub fn episode(&self, season: u16, number: u16) -> Option<Episode> {
        self.season(season)?.episode(self, number)
    }

    /// Returns all episodes: specials first, then by air date.
    pub fn episodes(&self) -> impl Iterator<Item = Episode> + '_ {
        self.seasons.iter().flat_map(move |season| season.episodes(self))
    }

    /// Returns the number of regular episodes aired by `now` (Trakt does not count specials here).
    pub fn aired_episodes(&self, now: DateTime<Utc>) -> u32 {
        self.seasons
            .iter()
            .filter(|season| season.number > 0)
            .map(|season| u32::from(season.aired_episodes(now)))
            .sum()
    }
}
