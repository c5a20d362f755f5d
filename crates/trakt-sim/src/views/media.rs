//! Movies, shows, seasons and episodes.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Stamp, View};
use crate::catalogue::{Episode, Facts, Ids, Movie, Season, Show};
use crate::state::Item;

/// Everything that can follow a `type` member.
pub(crate) enum ItemView<'a> {
    Movie(MovieView<'a>),
    Show(ShowView<'a>),
    Season(SeasonView<'a>, ShowView<'a>),
    Episode(EpisodeView<'a>, ShowView<'a>),
}

impl Serialize for ItemView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Movie(movie) => map.serialize_entry("movie", movie)?,
            Self::Show(show) => map.serialize_entry("show", show)?,
            Self::Season(season, show) => {
                map.serialize_entry("season", season)?;
                map.serialize_entry("show", show)?;
            }
            Self::Episode(episode, show) => {
                map.serialize_entry("episode", episode)?;
                map.serialize_entry("show", show)?;
            }
        }
        map.end()
    }
}

/// `ids`, with the object that makes careless readers stumble: `plex` holds members of its own.
struct IdsView<'a> {
    view: View<'a>,
    ids: &'a Ids,
    show: bool,
}

#[derive(Serialize)]
struct PlexIds<'a> {
    guid: String,
    slug: &'a str,
}

impl Serialize for IdsView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (ids, view) = (self.ids, &self.view);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("trakt", &ids.trakt)?;
        map.serialize_entry("slug", &ids.slug)?;
        if self.show {
            map.serialize_entry("tvdb", &ids.tvdb.filter(|_| !view.id_is_hidden("tvdb")))?;
        }
        map.serialize_entry("imdb", &ids.imdb.as_deref().filter(|_| !view.id_is_hidden("imdb")))?;
        map.serialize_entry("tmdb", &ids.tmdb.filter(|_| !view.id_is_hidden("tmdb")))?;
        if view.extended.full {
            let guid = format!("{:024x}", ids.trakt * 2 + u64::from(self.show));
            map.serialize_entry("plex", &PlexIds { guid, slug: &ids.slug })?;
        }
        map.end()
    }
}

fn image(base: &str, kind: &str, id: impl std::fmt::Display, variant: &str) -> [String; 1] {
    [format!("{base}/images/{kind}/{id}/{variant}.jpg")]
}

/// Artwork of a movie or a show.
struct TitleImages<'a> {
    base: &'a str,
    kind: &'static str,
    id: u64,
}

impl Serialize for TitleImages<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for variant in ["fanart", "poster", "logo", "clearart", "banner", "thumb"] {
            match variant {
                "clearart" => map.serialize_entry(variant, &[(); 0])?,
                "logo" => {
                    let logo = format!("{}/images/{}/{}/logo.png", self.base, self.kind, self.id);
                    map.serialize_entry(variant, &[logo])?;
                }
                _ => map.serialize_entry(variant, &image(self.base, self.kind, self.id, variant))?,
            }
        }
        map.end()
    }
}

/// The members of `extended=full` that movies and shows share.
fn full_facts<M: SerializeMap>(
    map: &mut M,
    facts: &Facts,
    view: &View<'_>,
    item: Item,
) -> Result<(), M::Error> {
    map.serialize_entry("tagline", &facts.tagline.as_deref().unwrap_or_default())?;
    map.serialize_entry("overview", &facts.overview)?;
    map.serialize_entry("runtime", &facts.runtime)?;
    map.serialize_entry("country", facts.country)?;
    map.serialize_entry("trailer", &facts.trailer)?;
    map.serialize_entry("homepage", &facts.homepage)?;
    map.serialize_entry("status", facts.status)?;
    map.serialize_entry("rating", &rounded(facts.rating))?;
    map.serialize_entry("votes", &facts.votes)?;
    map.serialize_entry("comment_count", &facts.comment_count)?;
    map.serialize_entry("updated_at", &Stamp(view.updated_at(item, facts.updated_at)))?;
    map.serialize_entry("language", facts.language)?;
    map.serialize_entry("languages", &[facts.language])?;
    map.serialize_entry(
        "available_translations",
        &["en", facts.language][..1 + usize::from(facts.language != "en")],
    )?;
    map.serialize_entry("genres", &facts.genres)?;
    map.serialize_entry("subgenres", &[(); 0])?;
    map.serialize_entry("certification", facts.certification)?;
    map.serialize_entry("original_title", facts.original_title.as_ref().unwrap_or(&facts.title))
}

/// Ratings show five decimals on Trakt.
pub(crate) fn rounded(rating: f32) -> f64 {
    (f64::from(rating) * 100_000.0).round() / 100_000.0
}

#[derive(Clone, Copy)]
pub(crate) struct MovieView<'a> {
    pub view: View<'a>,
    pub movie: &'a Movie,
}

impl Serialize for MovieView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (view, facts) = (self.view, &self.movie.facts);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("title", &facts.title)?;
        map.serialize_entry("year", &facts.year)?;
        map.serialize_entry("ids", &IdsView { view, ids: &facts.ids, show: false })?;
        if view.extended.images {
            let images = TitleImages { base: view.base_url, kind: "movies", id: facts.ids.trakt };
            map.serialize_entry("images", &images)?;
        }
        if view.extended.full {
            full_facts(&mut map, facts, &view, Item::Movie(facts.ids.trakt))?;
            map.serialize_entry("released", &self.movie.released.to_string())?;
            map.serialize_entry("after_credits", &self.movie.after_credits)?;
            map.serialize_entry("during_credits", &false)?;
        }
        map.end()
    }
}

#[derive(Clone, Copy)]
pub(crate) struct ShowView<'a> {
    pub view: View<'a>,
    pub show: &'a Show,
}

#[derive(Serialize)]
struct AirsView<'a> {
    day: &'a str,
    time: &'a str,
    timezone: &'a str,
}

impl Serialize for ShowView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (view, show, facts) = (self.view, self.show, &self.show.facts);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("title", &facts.title)?;
        map.serialize_entry("year", &facts.year)?;
        map.serialize_entry("ids", &IdsView { view, ids: &facts.ids, show: true })?;
        map.serialize_entry("aired_episodes", &show.aired_episodes(view.now))?;
        if view.extended.images {
            let images = TitleImages { base: view.base_url, kind: "shows", id: facts.ids.trakt };
            map.serialize_entry("images", &images)?;
        }
        if view.extended.full {
            full_facts(&mut map, facts, &view, Item::Show(facts.ids.trakt))?;
            let episodes: u32 = show.seasons.iter().map(|season| u32::from(season.episode_count)).sum();
            let airs = AirsView { day: show.airs.day, time: &show.airs.time, timezone: show.airs.timezone };
            map.serialize_entry("first_aired", &Stamp(show.first_aired))?;
            map.serialize_entry("airs", &airs)?;
            map.serialize_entry("total_runtime", &(episodes * u32::from(facts.runtime)))?;
            map.serialize_entry("network", &show.network)?;
        }
        map.end()
    }
}

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
        let hidden = |kind, id| Some(id).filter(|_| !view.id_is_hidden(kind));
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("number", &season.number)?;
        let ids = SeasonIdsView {
            trakt: season.ids.trakt,
            tvdb: hidden("tvdb", season.ids.tvdb),
            tmdb: hidden("tmdb", season.ids.tmdb),
        };
        map.serialize_entry("ids", &ids)?;
        map.serialize_entry("aired_episodes", &season.aired_episodes(view.now))?;
        if view.extended.images {
            let images = |variant| image(view.base_url, "seasons", season.ids.trakt, variant);
            map.serialize_entry(
                "images",
                &SeasonImages { poster: images("poster"), thumb: images("thumb") },
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
            tvdb: Some(episode.ids.tvdb).filter(|_| !view.id_is_hidden("tvdb")),
            imdb: Some(episode.ids.imdb.as_str()).filter(|_| !view.id_is_hidden("imdb")),
            tmdb: Some(episode.ids.tmdb).filter(|_| !view.id_is_hidden("tmdb")),
        };
        map.serialize_entry("ids", &ids)?;
        if view.extended.images {
            let screenshot = image(view.base_url, "episodes", episode.ids.trakt, "screenshot");
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
