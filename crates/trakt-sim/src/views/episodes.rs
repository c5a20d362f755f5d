//! Seasons and episodes.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::values::{Stamp, rounded};
use super::view::View;
use crate::catalogue::{Episode, Season, Show};

pub(crate) struct SeasonView<'a> {
    pub view: View<'a>,
    pub show: &'a Show,
    pub season: &'a Season,
}

#[derive(Serialize)]
struct SeasonIdsView {
    trakt: u64,
    tvdb: Option<u64>,
    tmdb: Option<u64>,
}

#[derive(Serialize)]
struct SeasonImages {
    poster: [String; 1],
    thumb: [String; 1],
}

impl Serialize for SeasonView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (view, season) = (self.view, self.season);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("number", &season.number)?;
        let ids = SeasonIdsView {
            trakt: season.ids.trakt,
            tvdb: view.shown("tvdb", season.ids.tvdb),
            tmdb: view.shown("tmdb", season.ids.tmdb),
        };
        map.serialize_entry("ids", &ids)?;
        map.serialize_entry("aired_episodes", &season.aired_episodes(view.now))?;
        if view.extended.images {
            let images = |file| view.image("seasons", season.ids.trakt, file);
            map.serialize_entry(
                "images",
                &SeasonImages { poster: images("poster.jpg"), thumb: images("thumb.jpg") },
            )?;
        }
        if view.extended.full {
            map.serialize_entry("rating", &rounded(season.rating))?;
            map.serialize_entry("votes", &season.votes)?;
            map.serialize_entry("episode_count", &season.episode_count)?;
            map.serialize_entry("title", &season.title)?;
            map.serialize_entry("overview", &season.overview)?;
            map.serialize_entry("first_aired", &Stamp(season.first_aired))?;
            map.serialize_entry("updated_at", &Stamp(self.show.facts.updated_at))?;
            map.serialize_entry("network", &self.show.network)?;
            let runtime = u32::from(season.episode_count) * u32::from(self.show.facts.runtime);
            map.serialize_entry("total_runtime", &runtime)?;
        }
        if view.extended.episodes {
            let episodes: Vec<_> =
                season.episodes(self.show).map(|episode| EpisodeView { view, episode }).collect();
            map.serialize_entry("episodes", &episodes)?;
        }
        map.end()
    }
}

pub(crate) struct EpisodeView<'a> {
    pub view: View<'a>,
    pub episode: Episode,
}

#[derive(Serialize)]
struct EpisodeIdsView<'a> {
    trakt: u64,
    tvdb: Option<u64>,
    imdb: Option<&'a str>,
    tmdb: Option<u64>,
}

#[derive(Serialize)]
struct EpisodeImages {
    screenshot: [String; 1],
}

impl Serialize for EpisodeView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (view, episode) = (self.view, &self.episode);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("season", &episode.season)?;
        map.serialize_entry("number", &episode.number)?;
        map.serialize_entry("title", &episode.title)?;
        let ids = EpisodeIdsView {
            trakt: episode.ids.trakt,
            tvdb: view.shown("tvdb", episode.ids.tvdb),
            imdb: view.shown("imdb", if view.empty_imdb { "" } else { episode.ids.imdb.as_str() }),
            tmdb: view.shown("tmdb", episode.ids.tmdb),
        };
        map.serialize_entry("ids", &ids)?;
        if view.extended.images {
            let screenshot = view.image("episodes", episode.ids.trakt, "screenshot.jpg");
            map.serialize_entry("images", &EpisodeImages { screenshot })?;
        }
        if view.extended.full {
            map.serialize_entry("number_abs", &episode.number_abs)?;
            map.serialize_entry("overview", &episode.overview)?;
            map.serialize_entry("first_aired", &Stamp(episode.first_aired))?;
            map.serialize_entry("released", &episode.first_aired.date_naive().to_string())?;
            map.serialize_entry("updated_at", &Stamp(episode.updated_at))?;
            map.serialize_entry("rating", &rounded(episode.rating))?;
            map.serialize_entry("votes", &episode.votes)?;
            map.serialize_entry("comment_count", &episode.comment_count)?;
            map.serialize_entry("available_translations", &["en"])?;
            map.serialize_entry("runtime", &episode.runtime)?;
            map.serialize_entry("episode_type", episode.episode_type)?;
            map.serialize_entry("original_title", &episode.title)?;
            map.serialize_entry("after_credits", &false)?;
            map.serialize_entry("during_credits", &false)?;
        }
        map.end()
    }
}
