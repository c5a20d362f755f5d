//! Progress through shows: `/shows/{id}/progress/*` and `/sync/progress/*`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use hyper::Method;
use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::refusal::Refusal;
use super::sort::facts;
use crate::catalogue::{Season, Show};
use crate::item::Item;
use crate::message::Reply;
use crate::state::User;
use crate::views::{EpisodeView, Stamp, View};

/// The kind of progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Watched,
    Collection,
}

/// `/shows/{id}/progress/{watched|collection}[/reset]`
pub(super) fn of_show(context: &mut Context<'_>, show: &Show, path: &[&str]) -> Answer {
    let me = context.me()?;
    match (context.request.method.clone(), path) {
        (Method::GET, ["watched"]) => read(context, show, Of::Watched),
        (Method::GET, ["collection"]) => read(context, show, Of::Collection),
        (method @ (Method::POST | Method::DELETE), ["watched", "reset"]) => {
            if !context.store.user(&me).is_some_and(|user| user.vip) {
                return Err(Refusal::VipOnly);
            }
            reset(context, show, &method)
        }
        (_, ["watched" | "collection"]) => Err(Refusal::MethodNotAllowed),
        _ => Err(Refusal::NotFound),
    }
}

/// The section that lists restarted shows.
const RESET: &str = "progress_watched_reset";

/// Restarts a show, or undoes that.
fn reset(context: &mut Context<'_>, show: &Show, method: &Method) -> Answer {
    let (number, now) = (show.facts.ids.trakt, context.now);
    let user = context.my()?;
    let item = Item::Show(number);
    if method == Method::DELETE {
        user.resets.remove(&number);
        super::hidden::unhide(user, RESET, item, now);
        return Ok(Reply::empty(204));
    }
    user.resets.insert(number, now);
    super::hidden::hide(user, RESET, item, now, now);
    Ok(Reply::json(200, &json!({"reset_at": Stamp(now)})))
}

/// When each episode was last watched (since the reset) or collected, by season and number.
type Done = BTreeMap<(u16, u16), (DateTime<Utc>, u32)>;

fn done(user: &User, show: u64, of: Of) -> Done {
    if of == Of::Collection {
        let copies = super::collection::copies(user, show);
        return copies.map(|(season, number, copy)| ((season, number), (copy.collected_at, 1))).collect();
    }
    let reset = user.resets.get(&show);
    let watched = user.history.watched_of_show(show).filter_map(|(item, sum)| match item {
        Item::Episode { season, number, .. } => Some(((season, number), (sum.last_watched_at, sum.plays))),
        _ => None,
    });
    watched.filter(|(_, (at, _))| reset.is_none_or(|reset| at >= reset)).collect()
}

/// Returns the seasons that count, and the hidden ones. Specials count only on request; hidden seasons count
/// only with `hidden`.
fn seasons<'a>(context: &Context<'_>, user: &User, show: &'a Show) -> (Vec<&'a Season>, Vec<&'a Season>) {
    let specials = context.request.flag("specials");
    let hidden = |season: &Season| {
        let item = Item::Season { show: show.facts.ids.trakt, season: season.number };
        user.is_hidden("progress_watched", item) && !context.request.flag("hidden")
    };
    let (hidden, shown): (Vec<&Season>, Vec<&Season>) =
        show.seasons.iter().filter(|season| season.number > 0 || specials).partition(|season| hidden(season));
    (shown, hidden)
}

fn read(context: &Context<'_>, show: &Show, of: Of) -> Answer {
    let user = context.person("me")?;
    let views = context.views();
    let done = done(user, show.facts.ids.trakt, of);
    let (shown, hidden) = seasons(context, user, show);
    let mut body = summary(views.view(), user, show, &shown, &done);
    body["seasons"] = shown.iter().map(|season| season_progress(season, &done, of, context.now)).collect();
    body["hidden_seasons"] = hidden
        .iter()
        .map(|season| json!({"number": season.number, "ids": {"trakt": season.ids.trakt, "tvdb": season.ids.tvdb, "tmdb": season.ids.tmdb}}))
        .collect();
    if of == Of::Collection {
        body["last_collected_at"] = body["last_watched_at"].take();
    }
    Ok(Reply::json(200, &body))
}

fn season_progress(season: &Season, done: &Done, of: Of, now: DateTime<Utc>) -> Value {
    let time = if of == Of::Watched { "last_watched_at" } else { "collected_at" };
    let aired = season.aired_episodes(now);
    let episodes: Vec<Value> = (1..=aired)
        .map(|number| {
            let at = done.get(&(season.number, number)).map(|(at, _)| *at);
            json!({"number": number, "completed": at.is_some(), time: at.map(Stamp)})
        })
        .collect();
    let completed = (1..=aired).filter(|number| done.contains_key(&(season.number, *number))).count();
    json!({"number": season.number, "title": season.title, "aired": aired, "completed": completed, "episodes": episodes})
}

/// Returns the members that all forms of progress share.
fn summary(view: View<'_>, user: &User, show: &Show, seasons: &[&Season], done: &Done) -> Value {
    let aired: Vec<(u16, u16)> = seasons
        .iter()
        .flat_map(|season| (1..=season.aired_episodes(view.now)).map(|number| (season.number, number)))
        .collect();
    let last = aired.iter().filter_map(|place| done.get(place).map(|(at, _)| (*at, *place))).max();
    // The next episode is the first unwatched one after the last watched one.
    let after_last = |place: &&(u16, u16)| last.is_none_or(|(_, last)| **place > last);
    let open = |place: &&(u16, u16)| !done.contains_key(place);
    let next = aired.iter().filter(after_last).find(open).or_else(|| aired.iter().find(open));
    let episode = |place: (u16, u16)| {
        let found = view.catalogue.show(show.facts.ids.trakt)?;
        let episode = found.episode(place.0, place.1)?;
        serde_json::to_value(EpisodeView { view, episode }).ok()
    };
    let plays: u32 = done.values().map(|(_, plays)| plays).sum();
    let completed = aired.iter().filter(|place| done.contains_key(place)).count();
    let runtime = u32::from(show.facts.runtime);
    json!({
        "aired": aired.len(),
        "completed": completed,
        "last_watched_at": last.map(|(at, _)| Stamp(at)),
        "reset_at": user.resets.get(&show.facts.ids.trakt).map(|at| Stamp(*at)),
        "next_episode": next.copied().and_then(episode),
        "last_episode": last.and_then(|(_, place)| episode(place)),
        "stats": {"play_count": plays, "minutes_watched": plays * runtime,
                  "minutes_left": (aired.len() - completed) as u32 * runtime},
    })
}

/// The item count announced by `/sync/progress/up_next` for every account.
const UP_NEXT_COUNT: usize = 1337;

/// `/sync/progress/{up_next|watched}`: all shows that the user has started.
pub(super) fn of_all(context: &Context<'_>, path: &[&str]) -> Answer {
    let up_next = match path {
        ["up_next" | "up_next_nitro"] => true,
        ["watched"] => false,
        _ => return Err(Refusal::NotFound),
    };
    let user = context.person("me")?;
    let views = context.views();
    let view = views.view();
    let flag = |name| context.request.flag(name);
    let mut all: Vec<(&Show, Value)> = Vec::new();
    let mut begun: Vec<u64> = user.history.watched().filter_map(|(item, _)| item.show()).collect();
    begun.dedup();
    // Hidden shows are counted in the headers, but left out of the pages.
    let mut hidden = 0;
    for show in begun.into_iter().filter_map(|show| view.catalogue.show(show)) {
        let item = Item::Show(show.facts.ids.trakt);
        if user.is_hidden("progress_watched", item) || user.is_hidden("dropped", item) {
            hidden += 1;
            continue;
        }
        let (seasons, _) = seasons(context, user, show);
        let done = done(user, show.facts.ids.trakt, Of::Watched);
        let progress = summary(view, user, show, &seasons, &done);
        let completed = progress["next_episode"].is_null();
        let left_out = if completed { up_next || flag("hide_completed") } else { flag("hide_not_completed") };
        let rewatching = user.resets.contains_key(&show.facts.ids.trakt) || !flag("only_rewatching");
        if !left_out && rewatching {
            all.push((show, progress));
        }
    }
    sort(context, &mut all);
    let config = &context.store.config;
    let items = if up_next { UP_NEXT_COUNT } else { all.len() + hidden };
    context.paged_announcing(&all, items, (config.default_limit, config.max_limit), |(show, progress)| {
        Some(json!({"show": view.show(show), "progress": progress}))
    })
}

fn sort(context: &Context<'_>, all: &mut [(&Show, Value)]) {
    let by = context.request.query("sort_by").unwrap_or("activity");
    let text = |value: &Value| value["last_watched_at"].as_str().unwrap_or_default().to_owned();
    let number = |value: &Value, member: &str| value[member].as_u64().unwrap_or(0);
    all.sort_by(|(show, a), (other, b)| {
        let title = |show: &Show| {
            facts(Item::Show(show.facts.ids.trakt), &context.store.catalogue).map(|facts| facts.title.clone())
        };
        match by {
            "title" => title(show).cmp(&title(other)),
            "completed" => number(a, "completed").cmp(&number(b, "completed")),
            "episodes" => number(a, "aired").cmp(&number(b, "aired")),
            "runtime" => show.facts.runtime.cmp(&other.facts.runtime),
            _ => text(a).cmp(&text(b)),
        }
    });
    let descending = context.request.query("sort_how").map_or(by == "activity", |how| how == "desc");
    if descending {
        all.reverse();
    }
}
