//! `/search/*`: by text and by id.

use hyper::Method;
use serde::Serialize;
use serde_json::{Map, json};

use super::resolve::find;
use super::{Answer, Context, Refusal};
use crate::catalogue::{Catalogue, Facts};
use crate::state::{Item, Kind};
use crate::views::{ItemView, View};

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
    let catalogue = &context.world.catalogue;
    let mut found = Vec::new();
    for kind in kinds.split(',') {
        match kind {
            "movie" => found.extend(titles(
                &asked,
                years,
                catalogue.movies().iter().map(|m| (&m.facts, Item::Movie(m.facts.ids.trakt))),
            )),
            "show" => found.extend(titles(
                &asked,
                years,
                catalogue.shows().iter().map(|s| (&s.facts, Item::Show(s.facts.ids.trakt))),
            )),
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

const EXACT: f64 = 1000.0;

fn titles<'a>(
    asked: &[String],
    years: Option<(u16, u16)>,
    all: impl Iterator<Item = (&'a Facts, Item)>,
) -> Vec<Hit> {
    all.filter(|(facts, _)| years.is_none_or(|(from, to)| (from..=to).contains(&facts.year)))
        .filter_map(|(facts, item)| {
            let original = facts.original_title.as_deref().map_or(0.0, |title| score(asked, title));
            let score = score(asked, &facts.title).max(original);
            // Among equals the better known comes first.
            let popularity = f64::from(facts.votes) / f64::from(facts.votes + 10_000);
            (score > 0.0).then_some(Hit { item, score: score + popularity })
        })
        .collect()
}

fn episodes(asked: &[String], catalogue: &Catalogue) -> Vec<Hit> {
    let all = catalogue.shows().iter().flat_map(|show| show.episodes().map(move |episode| (show, episode)));
    all.filter_map(|(show, episode)| {
        let item =
            Item::Episode { show: show.facts.ids.trakt, season: episode.season, number: episode.number };
        let score = score(asked, &episode.title);
        (score > 0.0).then_some(Hit { item, score })
    })
    .collect()
}

/// How well a title answers: all words and nothing else 1000; all words less, the longer the title; some words little.
fn score(asked: &[String], title: &str) -> f64 {
    let title = words(title);
    if asked.is_empty() || title.is_empty() {
        return 0.0;
    }
    if title == asked {
        return EXACT;
    }
    let matched =
        asked.iter().filter(|word| title.iter().any(|other| other.starts_with(word.as_str()))).count();
    let share = matched as f64 / asked.len() as f64;
    let excess = title.len().abs_diff(asked.len()) as f64;
    match share {
        1.0 => 900.0 / (1.0 + excess * 0.2),
        half if half > 0.5 => 100.0 * half,
        _ => 0.0,
    }
}

/// Lower-case words without marks; Trakt's special characters mean nothing here.
fn words(text: &str) -> Vec<String> {
    let plain: String = text.chars().filter(|c| !matches!(c, '\'' | '’' | '\\')).collect();
    plain
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
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
