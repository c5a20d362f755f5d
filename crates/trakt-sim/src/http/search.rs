//! `/search/*`: by text and by ID.

use hyper::Method;
use serde_json::{Map, json};

use super::context::{Answer, Context};
use super::people::ActorView;
use super::refusal::Refusal;
use super::resolve::find;
use crate::catalogue::Catalogue;
use crate::catalogue::people::{self, Actor};
use crate::item::{Item, Kind};
use crate::state::{List, Privacy};
use crate::views::{ListView, View, merge};
use crate::words::{EXACT, Title, score, words};

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    if context.request.method != Method::GET {
        return Err(Refusal::MethodNotAllowed);
    }
    match path {
        [] => by_parameters(context),
        [kinds] => by_text(context, kinds, false),
        [kinds, "exact"] => by_text(context, kinds, true),
        [site, id] => by_id(context, site, id),
        _ => Err(Refusal::NotFound),
    }
}

/// The older forms: `/search?type=&query=` and `/search?id_type=&id=`.
fn by_parameters(context: &Context<'_>) -> Answer {
    if let (Some(site), Some(id)) = (context.request.query("id_type"), context.request.query("id")) {
        return match site.split_once('-') {
            Some(("trakt", kind)) => by_id_of(context, "trakt", id, Some(kind)),
            _ => by_id(context, site, id),
        };
    }
    if context.request.query("query").is_none() {
        return Err(Refusal::BadRequest("search needs a query or an id"));
    }
    by_text(context, context.request.query("type").unwrap_or("movie,show,episode,person,list"), false)
}

/// The kinds of search results.
enum Target<'a> {
    Item(Item),
    Person(Actor),
    List(&'a List),
}

struct Hit<'a> {
    target: Target<'a>,
    score: f64,
}

fn hits(context: &Context<'_>, hits: &[Hit<'_>]) -> Answer {
    let views = context.views();
    let view: View<'_> = views.view();
    let config = &context.store.config;
    context.paged_within(hits, config.search_limit, config.max_limit, |hit| {
        let (kind, found) = match &hit.target {
            Target::Item(item) => (json!(item.kind()), serde_json::to_value(view.item(*item)?).ok()?),
            Target::Person(actor) => (json!("person"), json!({"person": ActorView { view: &view, actor }})),
            Target::List(list) => {
                let owner = list.owner.as_deref().and_then(|owner| context.store.user(owner));
                (json!("list"), json!({"list": ListView::new(list, owner)}))
            }
        };
        let mut entry = json!({"type": kind, "score": hit.score});
        merge(&mut entry, found);
        Some(entry)
    })
}

fn by_id(context: &Context<'_>, site: &str, id: &str) -> Answer {
    by_id_of(context, site, id, context.request.query("type"))
}

fn by_id_of(context: &Context<'_>, site: &str, id: &str, kinds: Option<&str>) -> Answer {
    let value = match (site, id.parse::<u64>()) {
        ("trakt" | "tmdb" | "tvdb", Ok(number)) => json!({ site: number }),
        ("imdb" | "slug", _) => json!({ site: id }),
        ("trakt" | "tmdb" | "tvdb", Err(_)) => return hits(context, &[]),
        _ => return Err(Refusal::NotFound),
    };
    if kinds == Some("person") {
        let actor =
            people::actor_by_id(site, id).map(|actor| Hit { target: Target::Person(actor), score: 1000.0 });
        return hits(context, &actor.into_iter().collect::<Vec<_>>());
    }
    let kinds = match kinds {
        Some(text) => Kind::parse_many(text).ok_or(Refusal::BadRequest("unknown type"))?,
        None => vec![Kind::Movie, Kind::Show, Kind::Episode],
    };
    let entry = Map::from_iter([("ids".to_owned(), value)]);
    let found = kinds.into_iter().filter_map(|kind| find(kind, &entry, &context.store.catalogue));
    let found: Vec<Hit<'_>> = found.map(|item| Hit { target: Target::Item(item), score: 1000.0 }).collect();
    hits(context, &found)
}

fn by_text(context: &Context<'_>, kinds: &str, exact: bool) -> Answer {
    let query = words(context.request.query("query").unwrap_or_default());
    let years = context.request.query("years").map(years).transpose()?;
    let (catalogue, index) = (&context.store.catalogue, &context.store.titles);
    let mut found = Vec::new();
    for kind in kinds.split(',') {
        match kind {
            "movie" => found.extend(titles(&index.movies, &query, years)),
            "show" => found.extend(titles(&index.shows, &query, years)),
            "episode" => found.extend(episodes(&query, catalogue)),
            "person" => found.extend((1..=people::count()).filter_map(people::actor).filter_map(|actor| {
                let score = positive(score(&query, &words(&actor.name)))?;
                Some(Hit { target: Target::Person(actor), score })
            })),
            "list" => {
                let public = context.store.lists.iter().filter(|list| list.privacy == Privacy::Public);
                found.extend(public.filter_map(|list| {
                    let score = positive(score(&query, &words(&list.name)))?;
                    Some(Hit { target: Target::List(list), score })
                }));
            }
            _ => return Err(Refusal::NotFound),
        }
    }
    if exact {
        found.retain(|hit| hit.score >= EXACT);
    }
    // A stable sort: results with equal scores stay in the catalogue's order.
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits(context, &found)
}

fn positive(score: f64) -> Option<f64> {
    (score > 0.0).then_some(score)
}

fn titles(all: &[Title], query: &[String], years: Option<(u16, u16)>) -> Vec<Hit<'static>> {
    all.iter()
        .filter(|title| years.is_none_or(|(from, to)| (from..=to).contains(&title.year)))
        .filter_map(|title| Some(Hit { target: Target::Item(title.item), score: title.score(query)? }))
        .collect()
}

fn episodes(query: &[String], catalogue: &Catalogue) -> Vec<Hit<'static>> {
    let all = catalogue.shows().iter().flat_map(|show| show.episodes().map(move |episode| (show, episode)));
    all.filter_map(|(show, episode)| {
        let item =
            Item::Episode { show: show.facts.ids.trakt, season: episode.season, number: episode.number };
        let score = positive(score(query, &words(&episode.title)))?;
        Some(Hit { target: Target::Item(item), score })
    })
    .collect()
}

/// Parses `1999` or `1990-1999`.
pub(super) fn years(text: &str) -> Result<(u16, u16), Refusal> {
    let year = |text: &str| {
        text.trim().parse::<u16>().map_err(|_| Refusal::BadRequest("years read 1999 or 1990-1999"))
    };
    match text.split_once('-') {
        Some((from, to)) => Ok((year(from)?, year(to)?)),
        None => year(text).map(|year| (year, year)),
    }
}
