//! Charts of movies and shows. All numbers are derived from a title's votes and its slug, so they are the same
//! for every request.

use serde_json::{Map, Value, json};

use super::context::{Answer, Context, ViewSource};
use super::filters::{Filters, Title};
use super::refusal::Refusal;
use crate::catalogue::random::{Random, key_of};
use crate::message::Reply;
use crate::views::With;

/// The kinds of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chart {
    Trending,
    Popular,
    Anticipated,
    Hot,
    BoxOffice,
    Watched,
    Played,
    Collected,
    Favorited,
}

impl Chart {
    fn parse(path: &[&str]) -> Option<(Self, String)> {
        let (name, rest) = path.split_first()?;
        let period = match rest {
            [] => "weekly",
            [period] if ["daily", "weekly", "monthly", "yearly", "all"].contains(period) => period,
            _ => return None,
        };
        let chart = match *name {
            "trending" => Self::Trending,
            "popular" => Self::Popular,
            "anticipated" => Self::Anticipated,
            "hot" => Self::Hot,
            "boxoffice" => Self::BoxOffice,
            "watched" => Self::Watched,
            "played" => Self::Played,
            "collected" => Self::Collected,
            // The older name of the favourites.
            "favorited" | "recommended" => Self::Favorited,
            _ => return None,
        };
        Some((chart, period.to_owned()))
    }
}

/// Weekend charts contain ten films.
const BOX_OFFICE: usize = 10;

/// Returns the response if the path belongs to a chart.
pub(super) fn answer(context: &Context<'_>, shows: bool, path: &[&str]) -> Option<Answer> {
    let (chart, period) = Chart::parse(path)?;
    if shows && chart == Chart::BoxOffice {
        return Some(Err(Refusal::NotFound));
    }
    Some(ranked(context, shows, chart, &period))
}

fn ranked(context: &Context<'_>, shows: bool, chart: Chart, period: &str) -> Answer {
    let filters = Filters::read(context)?;
    let me = context.caller.as_deref().and_then(|me| context.store.user(me));
    let today = context.now.date_naive();
    let views = context.views();
    let catalogue = views.view().catalogue;
    let all: Box<dyn Iterator<Item = Title<'_>>> = match shows {
        true => Box::new(catalogue.shows().iter().map(Title::Show)),
        false => Box::new(catalogue.movies().iter().map(Title::Movie)),
    };
    let mut ranked: Vec<(Title<'_>, u64)> = all
        .filter(|title| (title.released() > today) == (chart == Chart::Anticipated))
        .filter(|title| filters.allow(*title, me))
        .map(|title| (title, weight(title, chart, period)))
        .collect();
    ranked.sort_by_key(|(title, weight)| (std::cmp::Reverse(*weight), title.facts().ids.trakt));
    let show = |(title, weight): &(Title<'_>, u64)| {
        Some(With { members: members(chart, shows, *weight), item: views.view().item(title.item())? })
    };
    match chart {
        Chart::BoxOffice => {
            ranked.truncate(BOX_OFFICE);
            context.whole(&ranked, show)
        }
        Chart::Popular => context.paged(&ranked, |(title, _)| bare(&views, *title)),
        _ => context.paged(&ranked, show),
    }
}

/// Returns a title without a wrapper.
pub(super) fn bare(views: &ViewSource, title: Title<'_>) -> Option<Value> {
    let view = views.view();
    let id = title.facts().ids.trakt;
    match title {
        Title::Movie(_) => serde_json::to_value(view.movie(view.catalogue.movie(id)?)).ok(),
        Title::Show(_) => serde_json::to_value(view.show(view.catalogue.show(id)?)).ok(),
    }
}

/// Returns the number charted for a title.
fn weight(title: Title<'_>, chart: Chart, period: &str) -> u64 {
    let facts = title.facts();
    let key = key_of(&format!("{chart:?}/{period}/{}", facts.ids.slug));
    let luck = 40 + Random::stream(key, 1).below(120);
    let votes = u64::from(facts.votes);
    let base = match (chart, period) {
        (Chart::Popular, _) => return votes,
        (Chart::Trending, _) => votes / 200,
        (Chart::BoxOffice, _) => votes * 2_000,
        (_, "daily") => votes / 20,
        (_, "weekly") => votes / 4,
        (_, "monthly") => votes,
        (_, "yearly") => votes * 5,
        _ => votes * 9,
    };
    base * luck / 100 + 1
}

fn members(chart: Chart, shows: bool, weight: u64) -> Map<String, Value> {
    let mut members = Map::new();
    let mut put = |name: &str, value: u64| members.insert(name.to_owned(), json!(value));
    match chart {
        Chart::Trending => put("watchers", weight),
        Chart::Anticipated | Chart::Hot => put("list_count", weight),
        Chart::BoxOffice => put("revenue", weight),
        Chart::Favorited => put("user_count", weight),
        Chart::Popular => None,
        Chart::Watched | Chart::Played | Chart::Collected => {
            put("watcher_count", weight);
            put("play_count", weight + weight / 3);
            if shows {
                put("collector_count", weight / 4);
            }
            put("collected_count", weight / 2)
        }
    };
    members
}

/// `/recommendations/{movies|shows}`: titles that the user has not watched, most votes first.
pub(super) fn recommendations(context: &mut Context<'_>, path: &[&str]) -> Answer {
    let (kind, rest) = path.split_first().ok_or(Refusal::NotFound)?;
    let shows = match *kind {
        "movies" => false,
        "shows" => true,
        _ => return Err(Refusal::NotFound),
    };
    context.me()?;
    match (context.request.method.as_str(), rest) {
        ("GET", []) => recommended(context, shows),
        ("DELETE", [id]) => hide_recommendation(context, shows, id),
        (_, rest) => Err(Refusal::unanswered(rest.len() <= 1)),
    }
}

fn recommended(context: &Context<'_>, shows: bool) -> Answer {
    let filters = Filters::read(context)?;
    let user = context.person("me")?;
    let views = context.views();
    let catalogue = views.view().catalogue;
    let all: Box<dyn Iterator<Item = Title<'_>>> = match shows {
        true => Box::new(catalogue.shows().iter().map(Title::Show)),
        false => Box::new(catalogue.movies().iter().map(Title::Movie)),
    };
    let seen = |title: Title<'_>| match title {
        Title::Movie(_) => user.history.watched_item(title.item()).is_some(),
        Title::Show(show) => user.history.watched_of_show(show.facts.ids.trakt).next().is_some(),
    };
    let mut fresh: Vec<Title<'_>> = all
        .filter(|title| title.released() <= context.now.date_naive() && !seen(*title))
        .filter(|title| !user.is_hidden("recommendations", title.item()) && filters.allow(*title, Some(user)))
        .collect();
    fresh.sort_by_key(|title| std::cmp::Reverse(title.facts().votes));
    context.paged_within(&fresh, 10, 100, |title| {
        let mut title = bare(&views, *title)?;
        // Favourites of friends are not simulated.
        title["favorited_by"] = json!([]);
        title["recommended_by"] = json!([]);
        Some(title)
    })
}

fn hide_recommendation(context: &mut Context<'_>, shows: bool, id: &str) -> Answer {
    let catalogue = context.store.catalogue.clone();
    let title = match shows {
        true => catalogue.show_by_segment(id).map(Title::Show),
        false => catalogue.movie_by_segment(id).map(Title::Movie),
    };
    let (item, now) = (title.ok_or(Refusal::NotFound)?.item(), context.now);
    super::hidden::hide(context.my()?, "recommendations", item, now, now);
    Ok(Reply::empty(204))
}
