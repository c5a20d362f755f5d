//! Operations that the watchlist, the favourites and other lists share: showing, adding, removing, reordering
//! and changing items.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::filters::{Filters, Title};
use super::refusal::Refusal;
use super::resolve::{Named, counts};
use super::sort::Order;
use crate::item::Kind;
use crate::state::{Listed, Listing};
use crate::views::{ListedView, Stamp};

/// Maximum length of an item's notes.
const NOTES_LIMIT: usize = 500;

/// An entry in a response.
#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'a> {
    Title(Box<ListedView<'a>>),
    Person(&'a Value),
}

/// Returns the requested items of a list: sorted, filtered and paginated.
pub(super) fn listed(context: &Context<'_>, listing: &Listing, path: &[&str], own: (&str, &str)) -> Answer {
    listed_with(context, listing, &[], path, own)
}

/// Like `listed`, with entries of people after the titles. An empty first segment requests no titles.
pub(super) fn listed_with(
    context: &Context<'_>,
    listing: &Listing,
    people: &[Value],
    path: &[&str],
    own: (&str, &str),
) -> Answer {
    let (kinds, order) = match path {
        ["", order @ ..] => (Vec::new(), Order::requested(context, order, own)),
        [] => (Kind::ALL.to_vec(), Order::requested(context, &[], own)),
        [kinds, order @ ..] => {
            let kinds = Kind::parse_many(kinds).ok_or(Refusal::NotFound)?;
            (kinds, Order::requested(context, order, own))
        }
    };
    let filters = Filters::read(context)?;
    let me = context.caller.as_deref().and_then(|me| context.store.user(me));
    let catalogue = &context.store.catalogue;
    let mut items: Vec<(usize, &Listed)> = listing
        .items
        .iter()
        .enumerate()
        .map(|(at, listed)| (at + 1, listed))
        .filter(|(_, listed)| kinds.contains(&listed.item.kind()))
        .filter(|(_, listed)| Title::of(listed.item, catalogue).is_some_and(|title| filters.allow(title, me)))
        .collect();
    order.sort(&mut items, me, catalogue);
    let views = context.views();
    let titles = items.into_iter().map(Ok);
    let all: Vec<Result<(usize, &Listed), &Value>> = titles.chain(people.iter().map(Err)).collect();
    let reply = context.paged(&all, |one| match one {
        Ok((rank, listed)) => {
            ListedView::new(views.view(), *rank, listed).map(|view| Entry::Title(Box::new(view)))
        }
        Err(person) => Some(Entry::Person(person)),
    })?;
    Ok(reply
        .header("X-Sort-By", own.0)
        .header("X-Sort-How", own.1)
        .header("X-Applied-Sort-By", order.by.clone())
        .header("X-Applied-Sort-How", order.how()))
}

/// The result of adding items.
#[derive(Default)]
pub(super) struct Added {
    items: Vec<Listed>,
    existing: Vec<Kind>,
}

impl Added {
    /// Returns the kinds of the new items, one for each item.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        self.items.iter().map(|listed| listed.item.kind()).collect()
    }
}

/// Limits of a list.
#[derive(Clone, Copy)]
pub(super) struct Allowed {
    /// Only VIPs may write notes.
    pub vip: bool,
    /// Maximum number of items.
    pub items: usize,
}

/// Separates new items from existing ones, and checks the notes and the size of the list.
pub(super) fn sort_out(
    listing: &Listing,
    named: &[Named],
    allowed: Allowed,
    first_id: u64,
    now: DateTime<Utc>,
) -> Result<Added, Refusal> {
    let mut added = Added::default();
    for named in named {
        let notes = named.text("notes").map(str::to_owned);
        if notes.is_some() && !allowed.vip {
            return Err(Refusal::VipOnly);
        }
        if notes.as_ref().is_some_and(|notes| notes.chars().count() > NOTES_LIMIT) {
            return Err(Refusal::Validation("notes are too long (500 characters)".into()));
        }
        if listing.has(named.item) || added.items.iter().any(|listed| listed.item == named.item) {
            added.existing.push(named.item.kind());
        } else {
            let id = first_id + added.items.len() as u64;
            added.items.push(Listed { id, item: named.item, listed_at: now, notes });
        }
    }
    if !added.items.is_empty() && listing.items.len() + added.items.len() > allowed.items {
        return Err(Refusal::AccountLimit { limit: allowed.items, vip: allowed.vip });
    }
    Ok(added)
}

/// Adds new items to a list; returns the result for each in Trakt's format.
pub(super) fn put(
    listing: &mut Listing,
    added: Added,
    kinds: &[Kind],
    not_found: Value,
    now: DateTime<Utc>,
) -> Value {
    let new = added.kinds();
    if !added.items.is_empty() {
        listing.items.extend(added.items);
        listing.updated_at = now;
    }
    json!({
        "added": counts(kinds, new.into_iter()),
        "existing": counts(kinds, added.existing.into_iter()),
        "not_found": not_found,
        "list": summary(listing),
    })
}

/// Removes items from a list; returns the kinds of the removed items, and the response.
pub(super) fn take(
    listing: &mut Listing,
    named: &[Named],
    kinds: &[Kind],
    not_found: Value,
    now: DateTime<Utc>,
) -> (Vec<Kind>, Value) {
    let removed = named.iter().map(|named| named.item).filter(|item| listing.remove(*item, now));
    let removed: Vec<Kind> = removed.map(|item| item.kind()).collect();
    let body = json!({
        "deleted": counts(kinds, removed.iter().copied()),
        "not_found": not_found,
        "list": summary(listing),
    });
    (removed, body)
}

/// Reorders a list; the response contains the unknown IDs.
pub(super) fn rearrange(listing: &mut Listing, ids: &[u64], now: DateTime<Utc>) -> Value {
    let skipped = listing.reorder(ids, now);
    json!({"updated": ids.len() - skipped.len(), "skipped_ids": skipped, "list": summary(listing)})
}

/// Returns the IDs of a `rank` member.
pub(super) fn rank(context: &Context<'_>) -> Result<Vec<u64>, Refusal> {
    let body = context.body()?;
    let rank =
        body.get("rank").and_then(Value::as_array).ok_or(Refusal::BadRequest("rank is an array of ids"))?;
    Ok(rank.iter().filter_map(Value::as_u64).collect())
}

/// Changes the notes or the rank of one item.
pub(super) fn change(
    listing: &mut Listing,
    id: &str,
    body: &Value,
    vip: bool,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let at = listing.items.iter().position(|listed| listed.id.to_string() == id).ok_or(Refusal::NotFound)?;
    if let Some(notes) = body.get("notes").and_then(Value::as_str) {
        if !vip {
            return Err(Refusal::VipOnly);
        }
        if notes.chars().count() > NOTES_LIMIT {
            return Err(Refusal::Validation("notes are too long (500 characters)".into()));
        }
        listing.items[at].notes = Some(notes.to_owned());
    }
    if let Some(rank) = body.get("rank").and_then(Value::as_u64) {
        let listed = listing.items.remove(at);
        let to = (rank.max(1) as usize - 1).min(listing.items.len());
        listing.items.insert(to, listed);
    }
    listing.updated_at = now;
    Ok(())
}

/// `{updated_at, item_count}`
pub(super) fn summary(listing: &Listing) -> Value {
    json!({"updated_at": Stamp(listing.updated_at), "item_count": listing.items.len()})
}
