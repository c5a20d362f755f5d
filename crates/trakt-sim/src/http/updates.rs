//! `/movies/updates` and `/shows/updates`: changes since a date.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, json};

use super::context::{Answer, Context};
use super::refusal::Refusal;
use crate::catalogue::Facts;
use crate::clock::parse_time;
use crate::item::Item;
use crate::views::{Stamp, With};

pub(super) fn movies(context: &Context<'_>, path: &[&str]) -> Answer {
    let catalogue = context.store.catalogue.clone();
    let facts = catalogue.movies().iter().map(|movie| (&movie.facts, Item::Movie(movie.facts.ids.trakt)));
    answer(context, path, facts.collect())
}

pub(super) fn shows(context: &Context<'_>, path: &[&str]) -> Answer {
    let catalogue = context.store.catalogue.clone();
    let facts = catalogue.shows().iter().map(|show| (&show.facts, Item::Show(show.facts.ids.trakt)));
    answer(context, path, facts.collect())
}

fn answer(context: &Context<'_>, path: &[&str], all: Vec<(&Facts, Item)>) -> Answer {
    let (ids_only, since) = match path {
        ["id"] => (true, None),
        ["id", since] => (true, Some(*since)),
        [] => (false, None),
        [since] => (false, Some(*since)),
        _ => return Err(Refusal::NotFound),
    };
    let since = match since {
        Some(text) => start(text).ok_or(Refusal::BadRequest("start_date reads YYYY-MM-DD"))?,
        None => context.now - Duration::days(1),
    };
    let views = context.views();
    let updated_at =
        |facts: &Facts, item: Item| views.view().updated_at(item, facts.updated_at).min(context.now);
    let mut changed: Vec<_> =
        all.into_iter().filter(|(facts, item)| updated_at(facts, *item) >= since).collect();
    changed.sort_by_key(|(facts, item)| (std::cmp::Reverse(updated_at(facts, *item)), facts.ids.trakt));
    if ids_only {
        return context.paged(&changed, |(facts, _)| Some(facts.ids.trakt));
    }
    context.paged(&changed, |(facts, item)| {
        let members = Map::from_iter([("updated_at".to_owned(), json!(Stamp(updated_at(facts, *item))))]);
        Some(With { members, item: views.view().item(*item)? })
    })
}

/// Parses a date or a time; pytrakt sends Unix milliseconds.
fn start(text: &str) -> Option<DateTime<Utc>> {
    parse_time(text).or_else(|| DateTime::from_timestamp_millis(text.parse().ok()?))
}
