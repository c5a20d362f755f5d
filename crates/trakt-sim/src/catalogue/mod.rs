//! The titles that the simulator knows: generated from a seed, always byte for byte the same, plus the real
//! public-domain and Creative Commons titles of the demo library. Pure: no clock, no files, no network.

mod demo;
mod episodes;
mod generate;
mod index;
mod model;
pub(crate) mod people;
mod prose;
pub(crate) mod random;
mod titles;
mod vocabulary;

use std::collections::HashSet;

pub use generate::CatalogueOptions;
use index::Index;
pub use model::{Airs, Episode, EpisodeIds, Facts, Ids, Movie, Season, SeasonIds, Show};
pub use vocabulary::{
    COUNTRIES, Company, LANGUAGES, MOVIE_CERTIFICATIONS, MOVIE_GENRES, NETWORKS, SHOW_CERTIFICATIONS,
    SHOW_GENRES, STUDIOS, Term, language_name,
};

/// All titles, with indexes.
#[derive(Debug)]
pub struct Catalogue {
    movies: Vec<Movie>,
    shows: Vec<Show>,
    index: Index,
}

/// An episode with its show and season.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// The show.
    pub show: &'a Show,
    /// The season.
    pub season: &'a Season,
    /// The episode itself.
    pub episode: Episode,
}

impl Catalogue {
    /// Generates the catalogue: the demo titles first, then the invented ones.
    pub fn generate(options: &CatalogueOptions) -> Self {
        let mut movies = demo::movies();
        let mut shows = demo::shows();
        let mut taken: HashSet<Box<str>> = movies.iter().map(|movie| movie.facts.ids.slug.clone()).collect();
        movies.extend(generate::movies(options, &mut taken));
        let mut taken: HashSet<Box<str>> = shows.iter().map(|show| show.facts.ids.slug.clone()).collect();
        shows.extend(generate::shows(options, &mut taken));
        let index = Index::new(&movies, &shows);
        Self { movies, shows, index }
    }

    /// Returns all movies, the demo titles first.
    pub fn movies(&self) -> &[Movie] {
        &self.movies
    }

    /// Returns all shows, the demo titles first.
    pub fn shows(&self) -> &[Show] {
        &self.shows
    }

    /// Returns the movie with this Trakt number.
    pub fn movie(&self, trakt: u64) -> Option<&Movie> {
        self.index.movies.trakt(trakt).map(|at| &self.movies[at])
    }

    /// Returns the show with this Trakt number.
    pub fn show(&self, trakt: u64) -> Option<&Show> {
        self.index.shows.trakt(trakt).map(|at| &self.shows[at])
    }

    /// Returns the movie for a path segment: Trakt number, slug or IMDb ID, as in `/movies/{id}`.
    pub fn movie_by_segment(&self, segment: &str) -> Option<&Movie> {
        self.index.movies.segment(segment).map(|at| &self.movies[at])
    }

    /// Returns the show for a path segment: Trakt number, slug or IMDb ID, as in `/shows/{id}`.
    pub fn show_by_segment(&self, segment: &str) -> Option<&Show> {
        self.index.shows.segment(segment).map(|at| &self.shows[at])
    }

    /// Returns the movie with this IMDb ID.
    pub fn movie_by_imdb(&self, imdb: &str) -> Option<&Movie> {
        self.index.movies.imdb(imdb).map(|at| &self.movies[at])
    }

    /// Returns the movie with this TMDB number.
    pub fn movie_by_tmdb(&self, tmdb: u64) -> Option<&Movie> {
        self.index.movies.tmdb(tmdb).map(|at| &self.movies[at])
    }

    /// Returns the show with this IMDb ID.
    pub fn show_by_imdb(&self, imdb: &str) -> Option<&Show> {
        self.index.shows.imdb(imdb).map(|at| &self.shows[at])
    }

    /// Returns the show with this TMDB number.
    pub fn show_by_tmdb(&self, tmdb: u64) -> Option<&Show> {
        self.index.shows.tmdb(tmdb).map(|at| &self.shows[at])
    }

    /// Returns the show with this TheTVDB number.
    pub fn show_by_tvdb(&self, tvdb: u64) -> Option<&Show> {
        self.index.shows.tvdb(tvdb).map(|at| &self.shows[at])
    }

    /// Returns the season with this Trakt number.
    pub fn season(&self, trakt: u64) -> Option<(&Show, &Season)> {
        let (show, season) = self.index.season(trakt)?;
        let show = &self.shows[show];
        Some((show, &show.seasons[season]))
    }

    /// Returns the season with this TheTVDB number.
    pub fn season_by_tvdb(&self, tvdb: u64) -> Option<(&Show, &Season)> {
        self.seasons().find(|(_, season)| season.ids.tvdb == tvdb)
    }

    /// Returns the season with this TMDB number.
    pub fn season_by_tmdb(&self, tmdb: u64) -> Option<(&Show, &Season)> {
        self.seasons().find(|(_, season)| season.ids.tmdb == tmdb)
    }

    /// Returns the episode with this Trakt number.
    pub fn episode(&self, trakt: u64) -> Option<Found<'_>> {
        let (show, season) = self.index.season_of_episode(trakt)?;
        let show = &self.shows[show];
        let season = &show.seasons[season];
        let episode = season.episode(show, season.number_of(trakt)?)?;
        Some(Found { show, season, episode })
    }

    /// Returns the episode with this TheTVDB number.
    pub fn episode_by_tvdb(&self, tvdb: u64) -> Option<Found<'_>> {
        self.episode(tvdb.checked_sub(episodes::EPISODE_TVDB_OFFSET)?)
    }

    /// Returns the first episode with this TMDB number: if two share it, Trakt uses the first (trakt-api issue 423).
    pub fn episode_by_tmdb(&self, tmdb: u64) -> Option<Found<'_>> {
        self.episode(tmdb.checked_sub(episodes::EPISODE_TMDB_OFFSET)?)
            .filter(|found| found.episode.ids.tmdb == tmdb)
    }

    /// Returns the episode with this IMDb ID.
    pub fn episode_by_imdb(&self, imdb: &str) -> Option<Found<'_>> {
        let number: u64 = imdb.strip_prefix("tt")?.parse().ok()?;
        self.episode(number.checked_sub(episodes::EPISODE_IMDB_OFFSET)?)
    }

    fn seasons(&self) -> impl Iterator<Item = (&Show, &Season)> {
        self.shows.iter().flat_map(|show| show.seasons.iter().map(move |season| (show, season)))
    }
}

#[cfg(test)]
mod tests;
