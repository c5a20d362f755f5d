//! Updating a stored list from Trakt.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Json, Millis, Tx,
    ids::{ListId, TitleId, UserId},
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

/// The interval between reads of a list.
const EVERY: TimeDelta = TimeDelta::hours(1);
/// The interval between full reads, changed or not, and between checks of a list that is no longer available.
const FULL_EVERY: TimeDelta = TimeDelta::hours(24);
/// The number of titles that one transaction adds.
const CHUNK: usize = 500;

/// The result of reading a list.
#[derive(Debug)]
pub(super) enum Refreshed {
    /// The stored list is up to date.
    Current,
    /// Trakt no longer shows it; its contents are kept.
    Unavailable,
    /// Trakt did not respond; try again later.
    Failed(trakt::Error),
    /// It is no longer followed.
    Unfollowed,
}

/// Reads a list and stores its contents.
pub(super) async fn refresh(engine: &Engine, client: &Client, row: List) -> Result<Refreshed> {
    let Some(place) = Place::of(&row) else { return Ok(Refreshed::Current) };
    match read(engine, client, &row, &place).await {
        Ok(true) => Ok(Refreshed::Current),
        Ok(false) => Ok(Refreshed::Unfollowed),
        Err(Error::Trakt(error)) => failed(engine, row, error).await,
        Err(error) => Err(error),
    }
}

/// Reads the list and stores it; returns whether it is still followed.
async fn read(engine: &Engine, client: &Client, row: &List, place: &Place) -> Result<bool> {
    let began = engine.core.clock.now();
    let list = Description::read_again(client, place).await?;
    if is_unchanged(row, &list, began) {
        let now = Millis::from(engine.core.clock.now());
        return save(engine, answered(list.describe(row.clone()), now)).await;
    }
    let contents = Contents::read(client, &list).await?;
    Reading { engine, client, list: &list, began }.keep(row, contents).await
}

/// A list that is being read, to be stored.
pub(super) struct Reading<'a> {
    pub(super) engine: &'a Engine,
    pub(super) client: &'a Client,
    pub(super) list: &'a Description,
    /// When reading began.
    pub(super) began: DateTime<Utc>,
}

impl Reading<'_> {
    /// Follows the list with all its titles in one transaction. Returns its ID, and whether it was not followed
    /// before.
    pub(super) async fn follow(&self, user_id: UserId, contents: &Contents) -> Result<(ListId, bool)> {
        let core = &self.engine.core;
        let titles = contents.titles();
        let mut new_titles = add_in_chunks(self.engine, &titles).await?;
        let row = self.list.followed(user_id, Millis::from(self.began));
        let (source, row) = (row.source.clone(), self.as_read(&row, contents, titles.len(), true));
        let tx = core.db.begin_titles().await?;
        let Some(id) = lists::insert(&tx, row).await? else {
            let row = lists::from_source(&tx, user_id, &source).await?;
            return Ok((row.ok_or(Error::NotFound("list"))?.id, false));
        };
        let (rows, fresh) = rows_of(&tx, &titles, core.clock.now()).await?;
        new_titles |= fresh;
        lists::put_items(&tx, id, items_of(id, &titles, &rows)).await?;
        tx.commit().await?;
        core.events.send(SyncEvent::Lists { user_id, new_titles });
        Ok((id, true))
    }

    /// Stores the contents of a followed list; returns false if it is no longer followed. Titles missing from
    /// the read are removed if a second read agrees, and kept otherwise.
    async fn keep(&self, row: &List, contents: Contents) -> Result<bool> {
        let core = &self.engine.core;
        let titles = contents.titles();
        let mut new_titles = add_in_chunks(self.engine, &titles).await?;
        let missing = self.missing(row.id, &titles).await?;
        let after = self.as_read(row, &contents, titles.len(), true);
        let unsettled = self.as_read(row, &contents, titles.len(), false);
        let is_settled =
            missing == 0 || contents.proves(Contents::read(self.client, self.list).await?, others_known(row));
        if !is_settled {
            tracing::info!(
                list = row.id.0,
                missing,
                "a list was read incompletely; nothing is removed from it"
            );
        }
        let tx = core.db.begin_titles().await?;
        if !lists::update(&tx, if is_settled { after } else { unsettled }).await? {
            return Ok(false);
        }
        let (rows, fresh) = rows_of(&tx, &titles, core.clock.now()).await?;
        new_titles |= fresh;
        let mut items = items_of(row.id, &titles, &rows);
        if !is_settled {
            let there: HashSet<TitleId> = items.iter().map(|item| item.title_id).collect();
            let before = lists::items(&tx, row.id).await?;
            items.extend(before.into_iter().filter(|item| !there.contains(&item.title_id)));
            number(&mut items);
        }
        lists::put_items(&tx, row.id, items).await?;
        tx.commit().await?;
        core.events.send(SyncEvent::Lists { user_id: row.user_id, new_titles });
        Ok(true)
    }

    /// How many of the titles stored for the list were not in the read.
    async fn missing(&self, id: ListId, titles: &[Listed]) -> Result<usize> {
        let db = &self.engine.core.db;
        let items: Vec<&RemoteItem> = titles.iter().map(|listed| &listed.item).collect();
        let there: HashSet<TitleId> =
            known_titles(db, &items).await?.into_values().map(|row| row.id).collect();
        let before = lists::items(db, id).await?;
        Ok(before.iter().filter(|item| !there.contains(&item.title_id)).count())
    }

    /// The row after a read. `is_settled`: whether the titles missing from the read are known to be gone.
    fn as_read(&self, row: &List, contents: &Contents, titles: usize, is_settled: bool) -> List {
        let now = Millis::from(self.engine.core.clock.now());
        // Entries that are announced but not delivered for the first time may come with the next read.
        let is_whole = contents.shortfall() <= others_known(row);
        let is_old = |at: &DateTime<Utc>| !is_young(*at, to_trakt(self.client, self.began));
        let changed_at = self.list.changed_at.filter(|at| is_settled && is_whole && is_old(at));
        List {
            others: if is_settled { others(contents, titles, self.list.item_count) } else { row.others },
            revision: changed_at.map(Millis::from),
            full_at: if is_settled { Some(now) } else { row.full_at },
            ..answered(self.list.describe(row.clone()), now)
        }
    }
}

/// How many entries were not titles when the list was last read.
fn others_known(row: &List) -> u64 {
    u64::try_from(row.others).unwrap_or(0)
}

/// How many entries of a list are not titles here: people, which are not requested but counted by Trakt,
/// entries that could not be read, and entries that Trakt does not deliver.
fn others(contents: &Contents, titles: usize, total: Option<u64>) -> i64 {
    let titles = u64::try_from(titles).unwrap_or(u64::MAX);
    let counted = total.map_or(0, |total| total.saturating_sub(titles));
    let read = u64::try_from(contents.others()).unwrap_or(u64::MAX);
    i64::try_from(counted.max(read).max(contents.shortfall())).unwrap_or(i64::MAX)
}

/// Whether Trakt reports that nothing has changed. It reports changes only for lists edited by hand; the
/// contents of other lists change without notice.
fn is_unchanged(row: &List, list: &Description, now: DateTime<Utc>) -> bool {
    let reports_changes = matches!(row.kind, ListKind::Personal | ListKind::Official);
    let is_recent = row.full_at.is_some_and(|full_at| now - full_at.0 < FULL_EVERY);
    let order = list.order.as_ref().map(|(by, how)| (by.as_str(), how.as_str()));
    reports_changes
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

/// Adds the titles that have no row here, a chunk per transaction so that other writers do not wait long.
/// Returns whether there were any.
async fn add_in_chunks(engine: &Engine, titles: &[Listed]) -> Result<bool> {
    let core = &engine.core;
    let items: Vec<&RemoteItem> = titles.iter().map(|listed| &listed.item).collect();
    let rows = known_titles(&core.db, &items).await?;
    let unsure: Vec<&RemoteItem> = items
        .into_iter()
        .filter(|item| rows.get(&item.key()).and_then(|row| row.trakt_id) != Some(item.key().trakt_id))
        .collect();
    let mut new_titles = false;
    for chunk in unsure.chunks(CHUNK) {
        let tx = core.db.begin_titles().await?;
        let mut rows = known_titles(&tx, chunk).await?;
        new_titles |= ensure_titles(&tx, chunk, &mut rows, core.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(new_titles)
}

/// The rows of the titles on a list, and whether new ones were added: titles added earlier may have been pruned
/// since.
async fn rows_of(
    tx: &Tx,
    titles: &[Listed],
    now: DateTime<Utc>,
) -> Result<(HashMap<TitleKey, TitleId>, bool)> {
    let items: Vec<&RemoteItem> = titles.iter().map(|listed| &listed.item).collect();
    let mut rows = known_titles(tx, &items).await?;
    let new_titles = ensure_titles(tx, &items, &mut rows, now).await?;
    Ok((rows.into_iter().map(|(key, row)| (key, row.id)).collect(), new_titles))
}

/// The titles of a list in its order. A title listed twice gets its first position.
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

/// Updates the row of a list; returns false, and writes nothing, if the list is no longer followed.
async fn save(engine: &Engine, row: List) -> Result<bool> {
    let user_id = row.user_id;
    let tx = engine.core.db.begin().await?;
    if !lists::update(&tx, row).await? {
        return Ok(false);
    }
    tx.commit().await?;
    engine.core.events.send(SyncEvent::Lists { user_id, new_titles: false });
    Ok(true)
}

/// Records an error of reading a list. Its contents are kept in any case.
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
        // If the list becomes available again, it is read completely.
        let is_followed = save(engine, List { revision: None, ..row }).await?;
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
    let is_followed = save(engine, row).await?;
    tracing::info!(user_id = user_id.0, %error, until = %next_at, "a list on Trakt could not be read");
    Ok(if is_followed { Refreshed::Failed(error) } else { Refreshed::Unfollowed })
}
