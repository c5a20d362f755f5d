//! `/search/*`: by text and by id.

use hyper::Method;
use serde::Serialize;
use serde_json::{Map, json};

use super::context::{Answer, Context};
use super::refusal::Refusal;
use super::resolve::find;
use crate::catalogue::Catalogue;
use crate::item::{Item, Kind};
use crate::views::{ItemView, View};
use crate::words::{EXACT, Title, score, words};

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    if context.request.method != Method::GET {
        return Err(Refusal::MethodNotAllowed);
    }
    match path {
        [kinds] => by_text(context, kinds, false),
        [kinds, "exact"] => by_text(context, kinds, true),
        [site, id] => by_id(context, site, id),
        _ => Err(Refusal::NotFound),
    }
}

struct Hit {
    item: Item,
    score: f64,
}

#[derive(Serialize)]
struct HitView<'a> {
    #[serde(rename = "type")]
    kind: Kind,
    score: f64,
    #[serde(flatten)]
    item: ItemView<'a>,
}

fn hits(context: &Context<'_>, hits: &[Hit]) -> Answer {
    let views = context.views();
    let view: View<'_> = views.view();
    let config = &context.world.config;
    context.paged_within(hits, config.search_limit, config.max_limit, |hit| {
        Some(HitView { kind: hit.item.kind(), score: hit.score, item: view.item(hit.item)? })
    })
}

fn by_id(context: &Context<'_>, site: &str, id: &str) -> Answer {
    let value = match (site, id.parse::<u64>()) {
        ("trakt" | "tmdb" | "tvdb", Ok(number)) => json!({ site: number }),
        ("imdb" | "slug", _) => json!({ site: id }),
        ("trakt" | "tmdb" | "tvdb", Err(_)) => return hits(context, &[]),
        _ => return Err(Refusal::NotFound),
    };
    let kinds = match context.request.query("type") {
        Some(text) => Kind::parse_many(text).ok_or(Refusal::BadRequest("unknown type"))?,
        None => vec![Kind::Movie, Kind::Show, Kind::Episode],
    };
    let entry = Map::from_iter([("ids".to_owned(), value)]);
    let found = kinds.into_iter().filter_map(|kind| find(kind, &entry, &context.world.catalogue));
    let found: Vec<Hit> = found.map(|item| Hit { item, score: 1000.0 }).collect();
    hits(context, &found)
}

fn by_text(context: &Context<'_>, kinds: &str, exact: bool) -> Answer {
    let asked = words(context.request.query("query").unwrap_or_default());
    let years = context.request.query("years").map(years).transpose()?;
    let (catalogue, index) = (&context.world.catalogue, &context.world.titles);
    let mut found = Vec::new();
    for kind in kinds.split(',') {
        match kind {
            "movie" => found.extend(titles(&index.movies, &asked, years)),
            "show" => found.extend(titles(&index.shows, &asked, years)),
            "episode" => found.extend(episodes(&asked, catalogue)),
            // Nobody is searched for here, and lists are found by their address.
            "person" | "list" => {}
            _ => return Err(Refusal::NotFound),
        }
    }
    if exact {
        found.retain(|hit| hit.score >= EXACT);
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.item.cmp(&b.item)));
    hits(context, &found)
}

fn titles(all: &[Title], asked: &[String], years: Option<(u16, u16)>) -> Vec<Hit> {
    all.iter()
        .filter(|title| years.is_none_or(|(from, to)| (from..=to).contains(&title.year)))
        .filter_map(|title| Some(Hit { item: title.item, score: title.score(asked)? }))
        .collect()
}

fn episodes(asked: &[String], catalogue: &Catalogue) -> Vec<Hit> {
    let all = catalogue.shows().iter().flat_map(|show| show.episodes().map(move |episode| (show, episode)));
    all.filter_map(|(show, episode)| {
        let item =
            Item::Episode { show: show.facts.ids.trakt, season: episode.season, number: episode.number };
        let score = score(asked, &words(&episode.title));
        (score > 0.0).then_some(Hit { item, score })
    })
    .collect()
}

/// `1999` or `1990-1999`.
pub(super) fn years(text: &str) -> Result<(u16, u16), Refusal> {
    let year = |text: &str| {
        text.trim().parse::<u16>().map_err(|_| Refusal::BadRequest("years read 1999 or 1990-1999"))
    };
    match text.split_once('-') {
        Some((from, to)) => Ok((year(from)?, year(to)?)),
        None => year(text).map(|year| (year, year)),
    }
}
