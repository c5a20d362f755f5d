//! Bringing what is kept of a list to what is on Trakt.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Json, Millis,
    ids::{ListId, TitleId},
    kinds::{ListKind, ListState},
    lists,
    rows::{List, ListItem},
};
use serde_json::json;
use trakt::Client;

use super::{
    contents::{Contents, Listed},
    description::Description,
    place::Place,
};
use crate::{
    Engine, Error, Result, SyncEvent,
    account::{Effect, backoff_after, judge, to_trakt},
    pull::{RemoteItem, TitleKey, ensure_titles, known_titles},
    watermark::is_young,
};

/// How often a list is read.
const EVERY: TimeDelta = TimeDelta::hours(1);
/// How often it is read whole, changed or not, and how often one that is gone is asked for.
const FULL_EVERY: TimeDelta = TimeDelta::hours(24);
/// How many titles one transaction adds.
const LOT: usize = 500;

/// What reading a list came to.
#[derive(Debug)]
pub(super) enum Refreshed {
    /// What is kept is what is on Trakt.
    Current,
    /// Trakt does not show it any more; what was on it is kept.
    Unavailable,
    /// Trakt did not answer; it is tried again.
    Failed(trakt::Error),
    /// It is not followed any more.
    Unfollowed,
}

/// Reads a list and keeps what is on it.
pub(super) async fn refresh(engine: &Engine, client: &Client, row: List) -> Result<Refreshed> {
    let Some(place) = Place::of(&row) else { return Ok(Refreshed::Current) };
    match read(engine, client, &row, &place).await {
        Ok(true) => Ok(Refreshed::Current),
        Ok(false) => Ok(Refreshed::Unfollowed),
        Err(Error::Trakt(error)) => failed(engine, row, error).await,
        Err(error) => Err(error),
    }
}

/// Whether the list is still followed.
async fn read(engine: &Engine, client: &Client, row: &List, place: &Place) -> Result<bool> {
    let began = engine.core.clock.now();
    let list = Description::read_again(client, place).await?;
    if is_unchanged(row, &list, began) {
        let now = Millis::from(engine.core.clock.now());
        return save(engine, answered(list.describe(row.clone()), now), None, false).await;
    }
    let contents = Contents::read(client, &list).await?;
    keep(engine, client, row, &list, contents, began).await
}

/// Takes over what was read of a list. What is missing from it is removed when a second read agrees, and stays otherwise.
pub(super) async fn keep(
    engine: &Engine,
    client: &Client,
    row: &List,
    list: &Description,
    contents: Contents,
    began: DateTime<Utc>,
) -> Result<bool> {
    let titles = contents.titles();
    let others = others(&contents, titles.len(), list.item_count);
    let (rows, new_titles) = rows_of(engine, &titles).await?;
    let mut items = items_of(row.id, &titles, &rows);
    let there: HashSet<TitleId> = items.iter().map(|item| item.title_id).collect();
    let mut missing = lists::items(&engine.core.db, row.id).await?;
    missing.retain(|item| !there.contains(&item.title_id));
    let known = u64::try_from(row.others).unwrap_or(0);
    // What is announced and not delivered for the first time may come with the next read.
    let is_whole = contents.shortfall() <= known;
    let is_settled = missing.is_empty() || contents.proves(Contents::read(client, list).await?, known);
    if !is_settled {
        tracing::info!(
            list = row.id.0,
            missing = missing.len(),
            "a list was read short; nothing is taken off it"
        );
        items.extend(missing);
        number(&mut items);
    }
    let now = engine.core.clock.now();
    let changed_at =
        list.changed_at.filter(|at| is_settled && is_whole && !is_young(*at, to_trakt(client, began)));
    let row = List {
        others: if is_settled { others } else { row.others },
        revision: changed_at.map(Millis::from),
        full_at: if is_settled { Some(Millis::from(now)) } else { row.full_at },
        ..answered(list.describe(row.clone()), Millis::from(now))
    };
    save(engine, row, Some(items), new_titles).await
}

/// How many entries of a list are no titles here: people, which are not asked for but counted, what could not be read, and
/// what Trakt does not deliver.
fn others(contents: &Contents, titles: usize, total: Option<u64>) -> i64 {
    let titles = u64::try_from(titles).unwrap_or(u64::MAX);
    let counted = total.map_or(0, |total| total.saturating_sub(titles));
    let read = u64::try_from(contents.others()).unwrap_or(u64::MAX);
    i64::try_from(counted.max(read).max(contents.shortfall())).unwrap_or(i64::MAX)
}

/// Whether Trakt says that nothing has changed. It does so of lists that somebody made; what the others hold changes
/// without notice.
fn is_unchanged(row: &List, list: &Description, now: DateTime<Utc>) -> bool {
    let is_told = matches!(row.kind, ListKind::Personal | ListKind::Official);
    let is_recent = row.full_at.is_some_and(|full_at| now - full_at.0 < FULL_EVERY);
    let order = list.order.as_ref().map(|(by, how)| (by.as_str(), how.as_str()));
    is_told
        && is_recent
        && row.state == ListState::Current
        && row.revision.is_some()
        && row.revision.map(|at| at.0) == list.changed_at
        && row.sort_by.as_deref().zip(row.sort_how.as_deref()) == order
}

fn answered(row: List, now: Millis) -> List {
    List {
        state: ListState::Current,
        failure: None,
        failures: 0,
        read_at: Some(now),
        next_at: Millis::from(now.0 + EVERY),
        ..row
    }
}

/// The rows of the titles on a list, new ones included, and whether there are such.
async fn rows_of(engine: &Engine, titles: &[Listed]) -> Result<(HashMap<TitleKey, TitleId>, bool)> {
    let core = &engine.core;
    let (mut ids, mut new_titles) = (HashMap::new(), false);
    for lot in titles.chunks(LOT) {
        let items: Vec<&RemoteItem> = lot.iter().map(|listed| &listed.item).collect();
        let tx = core.db.begin().await?;
        let mut rows = known_titles(&tx, &items).await?;
        new_titles |= ensure_titles(&tx, &items, &mut rows, core.clock.now()).await?;
        tx.commit().await?;
        ids.extend(rows.into_iter().map(|(key, row)| (key, row.id)));
    }
    Ok((ids, new_titles))
}

/// The titles of a list in its order. One that is on it twice has its first place.
fn items_of(list_id: ListId, titles: &[Listed], rows: &HashMap<TitleKey, TitleId>) -> Vec<ListItem> {
    let mut seen = HashSet::new();
    let mut items: Vec<ListItem> = titles
        .iter()
        .filter_map(|listed| {
            let title_id = *rows.get(&listed.item.key())?;
            let listed_at = listed.listed_at.map(Millis::from);
            seen.insert(title_id).then_some(ListItem { list_id, title_id, position: 0, listed_at })
        })
        .collect();
    number(&mut items);
    items
}

fn number(items: &mut [ListItem]) {
    items.iter_mut().zip(0..).for_each(|(item, position)| item.position = position);
}

/// Writes a list; false when it is not followed any more, and then nothing is written.
async fn save(engine: &Engine, row: List, items: Option<Vec<ListItem>>, new_titles: bool) -> Result<bool> {
    let (user_id, id) = (row.user_id, row.id);
    let tx = engine.core.db.begin().await?;
    if !lists::update(&tx, row).await? {
        return Ok(false);
    }
    if let Some(items) = items {
        lists::put_items(&tx, id, items).await?;
    }
    tx.commit().await?;
    engine.core.events.send(SyncEvent::Lists { user_id, new_titles });
    Ok(true)
}

/// What an error means for a list. What is on it is kept, whatever happened.
async fn failed(engine: &Engine, row: List, error: trakt::Error) -> Result<Refreshed> {
    let now = engine.core.clock.now();
    let state = match &error {
        trakt::Error::NotFound => Some(ListState::Gone),
        trakt::Error::Private | trakt::Error::Forbidden => Some(ListState::Private),
        _ => None,
    };
    if let Some(state) = state {
        let next_at = Millis::from(now + FULL_EVERY);
        let row = List { state, next_at, ..answered(row, Millis::from(now)) };
        // What comes back is read whole.
        let is_followed = save(engine, List { revision: None, ..row }, None, false).await?;
        return Ok(if is_followed { Refreshed::Unavailable } else { Refreshed::Unfollowed });
    }
    let user_id = row.user_id;
    let verdict = judge(&error);
    let failures = row.failures.saturating_add(1);
    let until = match verdict.effect {
        Effect::Stop(state) => {
            engine.core.stop_account(user_id, state).await?;
            None
        }
        Effect::Pause { until, .. } => until,
        Effect::Retry { not_before } => not_before,
        Effect::Done | Effect::Refuse => None,
    };
    let next_at = until.unwrap_or_else(|| now + backoff_after(failures.cast_unsigned()));
    let stored = verdict.failure.stored();
    let failure: Json = json!({ "code": stored.code, "facts": stored.facts });
    let row = List { failure: Some(failure), failures, next_at: Millis::from(next_at), ..row };
    let is_followed = save(engine, row, None, false).await?;
    tracing::info!(user_id = user_id.0, %error, until = %next_at, "a list on Trakt could not be read");
    Ok(if is_followed { Refreshed::Failed(error) } else { Refreshed::Unfollowed })
}
