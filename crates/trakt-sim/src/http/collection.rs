//! `/sync/collection` and `/users/{id}/collection`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use hyper::Method;
use serde::Serialize;
use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::paging::as_object;
use super::refusal::Refusal;
use super::resolve::{Named, counts, episodes_of};
use crate::catalogue::Catalogue;
use crate::clock::parse_time;
use crate::item::{Item, Kind};
use crate::message::Reply;
use crate::state::{Activity, Collected, User};
use crate::views::{ItemView, Stamp, View};

/// Metadata fields of a copy.
const METADATA: [&str; 6] = ["media_type", "resolution", "hdr", "audio", "audio_channels", "3d"];

/// All metadata fields of a copy; null if unknown.
#[derive(Serialize)]
#[serde(transparent)]
struct Metadata<'a>(BTreeMap<&'static str, Option<&'a Value>>);

impl<'a> Metadata<'a> {
    fn of(copy: &'a Collected) -> Self {
        Self(METADATA.iter().map(|name| (*name, copy.metadata.get(*name))).collect())
    }
}

/// Where a copy can be played.
#[derive(Serialize)]
struct AvailableOn<'a> {
    name: &'a str,
}

fn available_on(copy: &Collected) -> Vec<AvailableOn<'_>> {
    copy.available_on.iter().map(|name| AvailableOn { name }).collect()
}

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    match (context.request.method.clone(), path) {
        (Method::GET, ["minimal", kind]) => minimal(context, kind),
        (Method::GET, path) => read(context, "me", path),
        (Method::POST, []) => add(context),
        (Method::POST, ["remove"]) => remove(context),
        _ => Err(Refusal::MethodNotAllowed),
    }
}

pub(super) fn read(context: &Context<'_>, name: &str, path: &[&str]) -> Answer {
    let user = context.person(name)?;
    let kinds = match path {
        [] | ["all"] => vec![Kind::Movie, Kind::Show],
        [kinds, ..] => Kind::parse_many(kinds).ok_or(Refusal::NotFound)?,
    };
    let mut items: Vec<(Item, DateTime<Utc>)> = Vec::new();
    let wanted = context.request.query("available_on");
    let copies = user.collection.iter().filter(|(_, copy)| copy.is_available_on(wanted));
    for (item, copy) in copies {
        let item = match item {
            Item::Episode { show, .. } if kinds.contains(&Kind::Show) => Item::Show(*show),
            item => *item,
        };
        match items.last_mut().filter(|last| last.0 == item) {
            Some(last) => last.1 = last.1.max(copy.collected_at),
            None if kinds.contains(&item.kind()) => items.push((item, copy.collected_at)),
            None => {}
        }
    }
    items.sort_by_key(|(item, at)| (std::cmp::Reverse(*at), *item));
    let views = context.views().with_plex_ids();
    context.paged(&items, |(item, _)| CollectedView::new(views.view(), user, *item))
}

#[derive(Serialize)]
#[serde(untagged)]
enum CollectedView<'a> {
    One {
        #[serde(rename = "type")]
        kind: Kind,
        collected_at: Stamp,
        updated_at: Stamp,
        #[serde(skip_serializing_if = "Option::is_none")]
        metadata: Option<Metadata<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        available_on: Option<Vec<AvailableOn<'a>>>,
        #[serde(flatten)]
        item: ItemView<'a>,
    },
    Show {
        #[serde(rename = "type")]
        kind: Kind,
        last_collected_at: Option<Stamp>,
        last_updated_at: Option<Stamp>,
        #[serde(flatten)]
        item: ItemView<'a>,
        seasons: Vec<SeasonCopies<'a>>,
    },
}

#[derive(Serialize)]
struct SeasonCopies<'a> {
    number: u16,
    episodes: Vec<EpisodeCopy<'a>>,
}

#[derive(Serialize)]
struct EpisodeCopy<'a> {
    number: u16,
    collected_at: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Metadata<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    available_on: Option<Vec<AvailableOn<'a>>>,
}

impl<'a> CollectedView<'a> {
    fn new(view: View<'a>, user: &'a User, item: Item) -> Option<Self> {
        let shown = view.item(item)?;
        let metadata = |copy: &'a Collected| view.extended.metadata.then(|| Metadata::of(copy));
        // Movies include it with the metadata; the episodes of a show only if it is requested by name.
        let with_metadata = view.extended.available_on || view.extended.metadata;
        let Item::Show(show) = item else {
            let copy = user.collection.get(&item)?;
            return Some(Self::One {
                kind: item.kind(),
                collected_at: Stamp(copy.collected_at),
                updated_at: Stamp(copy.updated_at),
                metadata: metadata(copy),
                available_on: with_metadata.then(|| available_on(copy)),
                item: shown,
            });
        };
        let mut seasons: Vec<SeasonCopies<'a>> = Vec::new();
        let (mut last_collected, mut last_updated) = (None, None);
        for (season, number, copy) in copies(user, show) {
            if seasons.last().is_none_or(|last| last.number != season) {
                seasons.push(SeasonCopies { number: season, episodes: Vec::new() });
            }
            let collected_at = Stamp(copy.collected_at);
            if let Some(last) = seasons.last_mut() {
                last.episodes.push(EpisodeCopy {
                    number,
                    collected_at,
                    metadata: metadata(copy),
                    available_on: view.extended.available_on.then(|| available_on(copy)),
                });
            }
            last_collected = last_collected.max(Some(copy.collected_at));
            last_updated = last_updated.max(Some(copy.updated_at));
        }
        Some(Self::Show {
            kind: Kind::Show,
            last_collected_at: last_collected.map(Stamp),
            last_updated_at: last_updated.map(Stamp),
            item: shown,
            seasons,
        })
    }
}

/// Returns the collected episodes of a show, in order.
pub(super) fn copies(user: &User, show: u64) -> impl Iterator<Item = (u16, u16, &Collected)> {
    let first = Item::Episode { show, season: 0, number: 0 };
    let last = Item::Episode { show, season: u16::MAX, number: u16::MAX };
    user.collection.range(first..=last).filter_map(|(item, copy)| match item {
        Item::Episode { season, number, .. } => Some((*season, *number, copy)),
        _ => None,
    })
}

/// Returns only Trakt's IDs and times. The pages announce no counts: clients read until one is empty.
fn minimal(context: &Context<'_>, kind: &str) -> Answer {
    let user = context.person("me")?;
    let catalogue = &context.store.catalogue;
    let wanted = context.request.query("available_on");
    let copies = user.collection.iter().filter(|(_, copy)| copy.is_available_on(wanted));
    let limit = context.store.config.minimal_limit;
    let single = |wanted: Kind| -> Vec<(u64, Stamp)> {
        let of_kind = copies.clone().filter(|(item, _)| item.kind() == wanted);
        of_kind
            .filter_map(|(item, copy)| Some((trakt_number(*item, catalogue)?, Stamp(copy.collected_at))))
            .collect()
    };
    match kind {
        "movies" => context.paged_uncounted(&single(Kind::Movie), limit, as_object),
        "episodes" => context.paged_uncounted(&single(Kind::Episode), limit, as_object),
        "shows" => {
            let mut shows: BTreeMap<u64, BTreeMap<u16, BTreeMap<u16, Stamp>>> = BTreeMap::new();
            for (item, copy) in copies {
                if let Item::Episode { show, season, number } = item {
                    let seasons = shows.entry(*show).or_default();
                    seasons.entry(*season).or_default().insert(*number, Stamp(copy.collected_at));
                }
            }
            let shows: Vec<_> = shows.into_iter().collect();
            context.paged_uncounted(&shows, limit, as_object)
        }
        _ => Err(Refusal::NotFound),
    }
}

fn trakt_number(item: Item, catalogue: &Catalogue) -> Option<u64> {
    match item {
        Item::Movie(number) | Item::Show(number) => Some(number),
        Item::Season { show, season } => Some(catalogue.show(show)?.season(season)?.ids.trakt),
        Item::Episode { show, season, number } => {
            Some(catalogue.show(show)?.season(season)?.episode_ids(number).trakt)
        }
    }
}

fn add(context: &mut Context<'_>) -> Answer {
    let catalogue = context.store.catalogue.clone();
    let resolved = context.resolved()?;
    let not_found = resolved.not_found();
    let named = resolved.into_plays(&catalogue, context.now);
    let now = context.now;
    let user = context.my()?;
    let (mut added, mut existing) = (Vec::new(), Vec::new());
    for named in &named {
        let copy = copy(named, now);
        let collected_at = copy.collected_at;
        let before = user.collection.insert(named.item, copy);
        if before.is_some() {
            existing.push(named.item.kind())
        } else {
            added.push(named.item.kind())
        }
        if let (Some(before), Some(copy)) = (before, user.collection.get_mut(&named.item)) {
            let has_time = named.members.contains_key("collected_at");
            copy.collected_at = if has_time { collected_at } else { before.collected_at };
        }
        user.activities.moved(Activity::Collected(named.item.kind()), now);
    }
    let body = json!({
        "added": counts(&Kind::ALL, added.iter().copied()),
        "updated": counts(&Kind::ALL, std::iter::empty()),
        "existing": counts(&Kind::ALL, existing.iter().copied()),
        "not_found": not_found,
        "list": {"updated_at": Stamp(now), "item_count": user.collection.len()},
    });
    Ok(Reply::json(201, &body))
}

fn copy(named: &Named, now: DateTime<Utc>) -> Collected {
    let metadata = METADATA.iter().filter_map(|name| {
        let value = named.members.get(*name).filter(|value| !value.is_null())?;
        Some(((*name).to_owned(), value.clone()))
    });
    Collected {
        collected_at: named.text("collected_at").and_then(parse_time).unwrap_or(now),
        updated_at: now,
        metadata: metadata.collect(),
        available_on: named.text("available_on").map(str::to_owned).into_iter().collect(),
    }
}

fn remove(context: &mut Context<'_>) -> Answer {
    let catalogue = context.store.catalogue.clone();
    let resolved = context.resolved()?;
    let now = context.now;
    let user = context.my()?;
    let mut removed = Vec::new();
    for named in &resolved.named {
        let held: Vec<Item> = match named.item {
            Item::Show(_) | Item::Season { .. } => {
                user.collection.keys().filter(|item| named.item.holds(**item)).copied().collect()
            }
            item => episodes_of(item, &catalogue, now),
        };
        removed
            .extend(held.into_iter().filter(|item| user.collection.remove(item).is_some()).map(Item::kind));
    }
    for kind in &removed {
        user.activities.moved(Activity::Collected(*kind), now);
    }
    let body = json!({
        "deleted": counts(&Kind::ALL, removed.iter().copied()),
        "not_found": resolved.not_found(),
        "list": {"updated_at": Stamp(now), "item_count": user.collection.len()},
    });
    Ok(Reply::json(200, &body))
}
