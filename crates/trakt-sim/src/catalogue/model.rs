//! What the catalogue holds. Seasons are stored, episodes are derived when asked for: 500 shows cost little memory.

use chrono::{DateTime, NaiveDate, Utc};

/// The ids of a movie or a show. `tvdb` is `None` for movies, as in Trakt's answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    /// Trakt's number, unique among movies or among shows.
    pub trakt: u64,
    /// Trakt's readable id, unique among movies or among shows.
    pub slug: Box<str>,
    /// `tt` and at least seven digits; some titles have none.
    pub imdb: Option<Box<str>>,
    /// The Movie Database's number; some titles have none.
    pub tmdb: Option<u64>,
    /// TheTVDB's number, shows only.
    pub tvdb: Option<u64>,
}

/// The ids of a season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeasonIds {
    /// Trakt's number, unique among seasons.
    pub trakt: u64,
    /// TheTVDB's number.
    pub tvdb: u64,
    /// The Movie Database's number.
    pub tmdb: u64,
}

/// The ids of an episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpisodeIds {
    /// Trakt's number, unique among episodes.
    pub trakt: u64,
    /// TheTVDB's number.
    pub tvdb: u64,
    /// IMDb's id.
    pub imdb: String,
    /// The Movie Database's number. Two episodes can share one (trakt-api issue 423).
    pub tmdb: u64,
}

/// What movies and shows have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Under which numbers and names it is known.
    pub ids: Ids,
    /// The English title.
    pub title: Box<str>,
    /// The title in its own language, when it differs.
    pub original_title: Option<Box<str>>,
    /// Year of the first release.
    pub year: u16,
    /// Minutes; of one episode for a show.
    pub runtime: u16,
    /// American rating (`PG-13`, `TV-14`).
    pub certification: &'static str,
    /// Genre slugs, the leading one first.
    pub genres: Box<[&'static str]>,
    /// ISO 3166-1 alpha-2, lower case.
    pub country: &'static str,
    /// ISO 639-1.
    pub language: &'static str,
    /// Mean of the votes, 0 to 10.
    pub rating: f32,
    /// How many voted. The most voted titles are the popular ones.
    pub votes: u32,
    /// How many comments Trakt counts.
    pub comment_count: u32,
    /// A paragraph about the story.
    pub overview: Box<str>,
    /// The line on the poster.
    pub tagline: Option<Box<str>>,
    /// Trakt's word: `released`, `in production`, `returning series`, `ended`, `canceled`.
    pub status: &'static str,
    /// Address of a trailer.
    pub trailer: Option<Box<str>>,
    /// Address of its own site.
    pub homepage: Option<Box<str>>,
    /// When Trakt last changed it.
    pub updated_at: DateTime<Utc>,
    /// What its artwork shows; generated titles follow their genre.
    pub motif: Option<Box<str>>,
    /// One of the real titles that the demo library holds.
    pub demo: bool,
}

/// A movie.
#[derive(Debug, Clone, PartialEq)]
pub struct Movie {
    /// Everything that shows have too.
    pub facts: Facts,
    /// Day of the first release.
    pub released: NaiveDate,
    /// Number of its production company in [`super::STUDIOS`]; 0 for the demo titles.
    pub studio_id: u64,
    /// A scene waits after the credits.
    pub after_credits: bool,
}

/// When and where a show airs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Airs {
    /// English day of the week.
    pub day: &'static str,
    /// Local time, `HH:MM`.
    pub time: Box<str>,
    /// IANA name of the zone.
    pub timezone: &'static str,
}

/// A show with its seasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Show {
    /// Everything that movies have too.
    pub facts: Facts,
    /// Start of the first regular episode.
    pub first_aired: DateTime<Utc>,
    /// Weekly slot.
    pub airs: Airs,
    /// Name of the broadcaster.
    pub network: Box<str>,
    /// Number of the broadcaster in [`super::NETWORKS`]; 0 for the demo titles.
    pub network_id: u64,
    /// By number; specials (season 0) first when there are any.
    pub seasons: Box<[Season]>,
}

/// A season; its episodes are numbered from 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Season {
    /// 0 for specials.
    pub number: u16,
    /// Under which numbers it is known.
    pub ids: SeasonIds,
    /// `Season 2`, `Specials`.
    pub title: Box<str>,
    /// A sentence about it, seldom.
    pub overview: Option<Box<str>>,
    /// Start of its first episode.
    pub first_aired: DateTime<Utc>,
    /// Episodes known, aired or not.
    pub episode_count: u16,
    /// Mean of the votes, 0 to 10.
    pub rating: f32,
    /// How many voted.
    pub votes: u32,
    /// Days between two episodes; 0 when all came out at once.
    pub(super) cadence_days: u16,
    /// Trakt's number of the first episode; the others follow it.
    pub(super) first_episode_id: u64,
    /// Number of the first episode counted over all regular seasons; 0 for specials.
    pub(super) first_absolute: u32,
    /// The last two episodes share one tmdb id: a double-length finale that TMDB counts as one.
    pub(super) shared_finale: bool,
    /// Known titles (demo shows); generated seasons have none and derive them.
    pub(super) titles: Box<[Box<str>]>,
}

/// An episode, made when asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Episode {
    /// 0 for specials.
    pub season: u16,
    /// From 1 within its season.
    pub number: u16,
    /// From 1 within the show; specials have none.
    pub number_abs: Option<u32>,
    /// English title.
    pub title: String,
    /// Under which numbers it is known.
    pub ids: EpisodeIds,
    /// A paragraph about the story.
    pub overview: String,
    /// Mean of the votes, 0 to 10.
    pub rating: f32,
    /// How many voted.
    pub votes: u32,
    /// How many comments Trakt counts.
    pub comment_count: u32,
    /// Start of the first broadcast.
    pub first_aired: DateTime<Utc>,
    /// When Trakt last changed it.
    pub updated_at: DateTime<Utc>,
    /// Minutes.
    pub runtime: u16,
    /// Trakt's word: `standard`, `series_premiere`, `season_finale` ...
    pub episode_type: &'static str,
}

impl Show {
    /// The season with this number.
    pub fn season(&self, number: u16) -> Option<&Season> {
        self.seasons.iter().find(|season| season.number == number)
    }

    /// One episode by its place.
    pub fn episode(&self, season: u16, number: u16) -> Option<Episode> {
        self.season(season)?.episode(self, number)
    }

    /// All episodes, specials first, then in the order of airing.
    pub fn episodes(&self) -> impl Iterator<Item = Episode> + '_ {
        self.seasons.iter().flat_map(move |season| season.episodes(self))
    }

    /// Regular episodes aired by `now` (Trakt leaves specials out of this count).
    pub fn aired_episodes(&self, now: DateTime<Utc>) -> u32 {
        self.seasons
            .iter()
            .filter(|season| season.number > 0)
            .map(|season| u32::from(season.aired_episodes(now)))
            .sum()
    }
}
