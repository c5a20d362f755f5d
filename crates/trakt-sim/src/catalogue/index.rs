//! Indexes from IDs to the positions of titles in the catalogue.

use std::collections::HashMap;

use super::model::{Facts, Movie, Show};

/// Titles of one kind by each of their IDs.
#[derive(Debug, Default)]
pub(super) struct ById {
    trakt: HashMap<u64, usize>,
    slug: HashMap<Box<str>, usize>,
    imdb: HashMap<Box<str>, usize>,
    tmdb: HashMap<u64, usize>,
    tvdb: HashMap<u64, usize>,
}

impl ById {
    fn new<'a>(titles: impl Iterator<Item = &'a Facts>) -> Self {
        let mut by_id = Self::default();
        for (at, facts) in titles.enumerate() {
            by_id.trakt.insert(facts.ids.trakt, at);
            by_id.slug.insert(facts.ids.slug.clone(), at);
            if let Some(imdb) = &facts.ids.imdb {
                by_id.imdb.insert(imdb.clone(), at);
            }
            if let Some(tmdb) = facts.ids.tmdb {
                by_id.tmdb.insert(tmdb, at);
            }
            if let Some(tvdb) = facts.ids.tvdb {
                by_id.tvdb.insert(tvdb, at);
            }
        }
        by_id
    }

    pub(super) fn trakt(&self, id: u64) -> Option<usize> {
        self.trakt.get(&id).copied()
    }

    pub(super) fn imdb(&self, id: &str) -> Option<usize> {
        self.imdb.get(id).copied()
    }

    pub(super) fn tmdb(&self, id: u64) -> Option<usize> {
        self.tmdb.get(&id).copied()
    }

    pub(super) fn tvdb(&self, id: u64) -> Option<usize> {
        self.tvdb.get(&id).copied()
    }

    /// Looks up a path segment: a number is Trakt's, `tt` and digits is IMDb's, anything else is a slug.
    pub(super) fn segment(&self, segment: &str) -> Option<usize> {
        if let Ok(id) = segment.parse() {
            return self.trakt(id);
        }
        self.imdb(segment).or_else(|| self.slug.get(segment.to_ascii_lowercase().as_str()).copied())
    }
}

/// All indexes of the catalogue.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) movies: ById,
    pub(super) shows: ById,
    seasons: HashMap<u64, (usize, usize)>,
    /// First episode number of each season, ascending, with the show and the season.
    episodes: Vec<(u64, usize, usize)>,
}

impl Index {
    pub(super) fn new(movies: &[Movie], shows: &[Show]) -> Self {
        let mut seasons = HashMap::new();
        let mut episodes = Vec::new();
        for (show_at, show) in shows.iter().enumerate() {
            for (season_at, season) in show.seasons.iter().enumerate() {
                seasons.insert(season.ids.trakt, (show_at, season_at));
                episodes.push((season.first_episode_id, show_at, season_at));
            }
        }
        episodes.sort_unstable();
        Self {
            movies: ById::new(movies.iter().map(|movie| &movie.facts)),
            shows: ById::new(shows.iter().map(|show| &show.facts)),
            seasons,
            episodes,
        }
    }

    /// Returns the positions of the show and the season with this Trakt number.
    pub(super) fn season(&self, trakt: u64) -> Option<(usize, usize)> {
        self.seasons.get(&trakt).copied()
    }

    /// Returns the positions of the show and the season that can contain the episode with this Trakt number.
    pub(super) fn season_of_episode(&self, trakt: u64) -> Option<(usize, usize)> {
        let after = self.episodes.partition_point(|&(first, ..)| first <= trakt);
        let (_, show, season) = *self.episodes.get(after.checked_sub(1)?)?;
        Some((show, season))
    }
}
