//! Movies and shows.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::values::{Stamp, rounded};
use super::view::View;
use crate::catalogue::{Facts, Ids, Movie, Show};
use crate::item::Item;

/// The member `ids`. Unlike the other IDs, `plex` is an object: clients that expect only numbers and strings
/// fail on it.
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
            map.serialize_entry("tvdb", &view.shown("tvdb", ids.tvdb).flatten())?;
        }
        map.serialize_entry("imdb", &view.shown("imdb", ids.imdb.as_deref()).flatten())?;
        map.serialize_entry("tmdb", &view.shown("tmdb", ids.tmdb).flatten())?;
        if view.extended.full || view.extended.plex {
            let guid = format!("{:024x}", ids.trakt * 2 + u64::from(self.show));
            map.serialize_entry("plex", &PlexIds { guid, slug: &ids.slug })?;
        }
        map.end()
    }
}

/// Artwork of a movie or a show.
struct TitleImages<'a> {
    view: View<'a>,
    kind: &'static str,
    id: u64,
}

impl Serialize for TitleImages<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for variant in ["fanart", "poster", "logo", "clearart", "banner", "thumb"] {
            match variant {
                "clearart" => map.serialize_entry(variant, &[(); 0])?,
                "logo" => map.serialize_entry(variant, &self.view.image(self.kind, self.id, "logo.png"))?,
                _ => {
                    let file = format!("{variant}.jpg");
                    map.serialize_entry(variant, &self.view.image(self.kind, self.id, &file))?;
                }
            }
        }
        map.end()
    }
}

/// Serialises the members of `extended=full` that movies and shows share.
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
            let images = TitleImages { view, kind: "movies", id: facts.ids.trakt };
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
            let images = TitleImages { view, kind: "shows", id: facts.ids.trakt };
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
