//! `/sync/watched/*` and `/users/{id}/watched/*`: plays aggregated by item.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use hyper::Method;
use serde::Serialize;

use super::context::{Answer, Context};
use super::paging::as_object;
use super::refusal::Refusal;
use crate::item::{Item, Kind};
use crate::state::{History, User, Watched};
use crate::views::{ItemView, Stamp, View};

pub(super) fn route(context: &Context<'_>, path: &[&str]) -> Answer {
    match (&context.request.method, path) {
        (&Method::GET, path) => read(context, "me", path),
        _ => Err(Refusal::MethodNotAllowed),
    }
}

/// `/users/{id}/watched/{type}`; with `extended=min`, an object keyed by ID, in large pages.
pub(super) fn of_user(context: &Context<'_>, name: &str, path: &[&str]) -> Answer {
    if !context.extended().min {
        return read(context, name, path);
    }
    let user = context.person(name)?;
    let config = &context.store.config;
    match path {
        ["movies"] => {
            let movies: Vec<_> = compact_movies(user).into_iter().collect();
            context.paged_compact(&movies, config.compact_movies_limit, as_object)
        }
        ["shows"] => {
            let shows: Vec<_> = compact_shows(context, user).into_iter().collect();
            context.paged_compact(&shows, config.compact_shows_limit, as_object)
        }
        _ => Err(Refusal::NotFound),
    }
}

/// Returns the times of all plays by movie.
fn compact_movies(user: &User) -> BTreeMap<u64, Vec<Stamp>> {
    let mut movies: BTreeMap<u64, Vec<Stamp>> = BTreeMap::new();
    for play in user.history.newest() {
        if let Item::Movie(movie) = play.item {
            movies.entry(movie).or_default().push(Stamp(play.watched_at));
        }
    }
    movies
}

/// By season (`{id}`, or `{id}|{number}` with `season_numbers`), then by episode. All IDs are Trakt's.
type Seasons = BTreeMap<String, BTreeMap<u64, Vec<Stamp>>>;

/// Returns the times of all plays by show, season and episode.
fn compact_shows(context: &Context<'_>, user: &User) -> BTreeMap<u64, Seasons> {
    let (specials, numbers) = (context.request.flag("specials"), context.request.flag("season_numbers"));
    let mut shows: BTreeMap<u64, Seasons> = BTreeMap::new();
    for play in user.history.newest() {
        let Item::Episode { show, season: season_number, number } = play.item else { continue };
        let season = context.store.catalogue.show(show).and_then(|show| show.season(season_number));
        let Some(season) = season.filter(|season| season.number > 0 || specials) else { continue };
        let id = season.ids.trakt;
        let key = if numbers { format!("{id}|{season_number}") } else { id.to_string() };
        let seasons = shows.entry(show).or_default();
        let times = seasons.entry(key).or_default().entry(season.episode_ids(number).trakt).or_default();
        times.push(Stamp(play.watched_at));
    }
    shows
}

fn read(context: &Context<'_>, name: &str, path: &[&str]) -> Answer {
    let user = context.person(name)?;
    let kind = match path {
        [kind] => Kind::parse(kind).ok_or(Refusal::NotFound)?,
        _ => return Err(Refusal::NotFound),
    };
    let sums = sums(&user.history, kind);
    let views = context.views();
    let show = |(item, watched): &(Item, Watched)| WatchedView::new(views.view(), user, *item, *watched);
    let (extended, config) = (context.extended(), &context.store.config);
    let progress = kind == Kind::Show && extended.progress;
    let max = if progress { config.progress_limit } else { config.max_limit };
    context.paged_within(&sums, config.default_limit, max, show)
}

/// Returns the aggregates of one kind, last watched first.
fn sums(history: &History, kind: Kind) -> Vec<(Item, Watched)> {
    let as_kind = |item: Item| match (kind, item) {
        (Kind::Movie, Item::Movie(_)) | (Kind::Episode, Item::Episode { .. }) => Some(item),
        (Kind::Show, Item::Episode { show, .. }) => Some(Item::Show(show)),
        (Kind::Season, Item::Episode { show, season, .. }) => Some(Item::Season { show, season }),
        _ => None,
    };
    let mut sums: BTreeMap<Item, Watched> = BTreeMap::new();
    for (item, watched) in history.watched() {
        let Some(item) = as_kind(item) else { continue };
        sums.entry(item)
            .and_modify(|sum| {
                sum.plays += watched.plays;
                sum.last_watched_at = sum.last_watched_at.max(watched.last_watched_at);
                sum.last_updated_at = sum.last_updated_at.max(watched.last_updated_at);
            })
            .or_insert(watched);
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, watched)| std::cmp::Reverse(watched.last_watched_at));
    sums
}

#[derive(Serialize)]
struct WatchedView<'a> {
    plays: u32,
    last_watched_at: Stamp,
    last_updated_at: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    reset_at: Option<Option<Stamp>>,
    #[serde(flatten)]
    item: ItemView<'a>,
    /// Only with `extended=progress`; if missing, it means "unknown", never "nothing watched".
    #[serde(skip_serializing_if = "Option::is_none")]
    seasons: Option<Vec<SeasonProgress>>,
}

#[derive(Serialize)]
struct SeasonProgress {
    number: u16,
    episodes: Vec<EpisodeProgress>,
}

#[derive(Serialize)]
struct EpisodeProgress {
    number: u16,
    plays: u32,
    last_watched_at: Stamp,
}

impl<'a> WatchedView<'a> {
    fn new(view: View<'a>, user: &User, item: Item, watched: Watched) -> Option<Self> {
        let show = match item {
            Item::Show(show) => Some(show),
            _ => None,
        };
        let reset_at = |show: u64| user.resets.get(&show).map(|at: &DateTime<Utc>| Stamp(*at));
        Some(Self {
            plays: watched.plays,
            last_watched_at: Stamp(watched.last_watched_at),
            last_updated_at: Stamp(watched.last_updated_at),
            reset_at: show.map(reset_at),
            item: view.item(item)?,
            seasons: show.filter(|_| view.extended.progress).map(|show| seasons(&user.history, show)),
        })
    }
}

fn seasons(history: &History, show: u64) -> Vec<SeasonProgress> {
    let mut seasons: Vec<SeasonProgress> = Vec::new();
    for (item, watched) in history.watched_of_show(show) {
        let Item::Episode { season, number, .. } = item else { continue };
        if seasons.last().is_none_or(|last| last.number != season) {
            seasons.push(SeasonProgress { number: season, episodes: Vec::new() });
        }
        if let Some(last) = seasons.last_mut() {
            let last_watched_at = Stamp(watched.last_watched_at);
            last.episodes.push(EpisodeProgress { number, plays: watched.plays, last_watched_at });
        }
    }
    seasons
}
