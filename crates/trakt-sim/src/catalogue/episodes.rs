//! Derives episodes from their season. All of an episode's data follows from the show's slug and the episode's number.

use chrono::{DateTime, Duration, Utc};

use super::model::{Episode, EpisodeIds, Season, Show};
use super::random::{Random, key_of};
use super::{prose, titles};

/// Distances between an episode's ID spaces: Trakt's number plus this is the other site's number.
pub(super) const EPISODE_TVDB_OFFSET: u64 = 4_000_000;
pub(super) const EPISODE_TMDB_OFFSET: u64 = 2_000_000;
pub(super) const EPISODE_IMDB_OFFSET: u64 = 20_000_000;

impl Season {
    /// Returns an episode of this season of `show`.
    pub fn episode(&self, show: &Show, number: u16) -> Option<Episode> {
        if number == 0 || number > self.episode_count {
            return None;
        }
        let index = u64::from(number - 1);
        let trakt = self.first_episode_id + index;
        let mut random = Random::stream(key_of(&show.facts.ids.slug), trakt);
        let title = match self.titles.get(index as usize) {
            Some(known) => known.to_string(),
            None => titles::episode(&mut random, show.facts.genres.first().copied().unwrap_or("drama")),
        };
        let first_aired = self.aired_at(number);
        Some(Episode {
            season: self.number,
            number,
            number_abs: (self.first_absolute > 0).then(|| self.first_absolute + u32::from(number) - 1),
            ids: self.episode_ids(number),
            overview: prose::episode(&mut random, &title, show),
            title,
            rating: around(&mut random, self.rating),
            votes: (self.votes / 3).saturating_sub(u32::from(number)).max(1),
            comment_count: random.below(9) as u32,
            first_aired,
            updated_at: first_aired + Duration::days(random.between(1, 30) as i64),
            runtime: show.facts.runtime,
            episode_type: self.episode_type(show, number),
        })
    }

    /// Returns all episodes of this season of `show`.
    pub fn episodes<'a>(&'a self, show: &'a Show) -> impl Iterator<Item = Episode> + 'a {
        (1..=self.episode_count).filter_map(move |number| self.episode(show, number))
    }

    /// Returns the number of episodes aired by `now`.
    pub fn aired_episodes(&self, now: DateTime<Utc>) -> u16 {
        (1..=self.episode_count).take_while(|&number| self.aired_at(number) <= now).count() as u16
    }

    /// Returns the IDs of an episode without creating the rest of it. `number` must be within the season.
    pub fn episode_ids(&self, number: u16) -> EpisodeIds {
        let trakt = self.first_episode_id + u64::from(number.max(1) - 1);
        let is_second_half = self.shared_finale && number == self.episode_count && number > 1;
        EpisodeIds {
            trakt,
            tvdb: trakt + EPISODE_TVDB_OFFSET,
            imdb: format!("tt{}", trakt + EPISODE_IMDB_OFFSET),
            tmdb: trakt + EPISODE_TMDB_OFFSET - u64::from(is_second_half),
        }
    }

    /// Returns when an episode airs, without creating the rest of it.
    pub fn aired_at(&self, number: u16) -> DateTime<Utc> {
        self.first_aired + Duration::days(i64::from(self.cadence_days) * i64::from(number.max(1) - 1))
    }

    /// Returns the number of the episode with this Trakt number, if it is in this season.
    pub(super) fn number_of(&self, episode_id: u64) -> Option<u16> {
        let index = episode_id.checked_sub(self.first_episode_id)?;
        (index < u64::from(self.episode_count)).then_some(index as u16 + 1)
    }

    fn episode_type(&self, show: &Show, number: u16) -> &'static str {
        let last_season = show.seasons.last().is_some_and(|last| last.number == self.number);
        let ended = matches!(show.facts.status, "ended" | "canceled");
        match number {
            _ if self.number == 0 => "standard",
            1 if self.number == 1 => "series_premiere",
            1 => "season_premiere",
            n if n == self.episode_count && last_season && ended => "series_finale",
            n if n == self.episode_count => "season_finale",
            _ => "standard",
        }
    }
}

/// Returns a rating near the season's, with one more decimal than the API shows.
fn around(random: &mut Random, centre: f32) -> f32 {
    (centre + (random.unit() - 0.5) * 0.9).clamp(1.0, 9.9)
}
