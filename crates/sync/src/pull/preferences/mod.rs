//! Ratings, the watchlist, dropped shows and hidden recommendations: when a category has changed, all of it is read and
//! merged with the local values, based on the values at the last comparison.

mod apply;
mod forecast;
mod merge;
mod ordering;
mod read;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use db::{
    Millis,
    ids::TitleId,
    kinds::{SyncDirection, SyncState},
    rows::SyncCursor,
    sync_shadows::{self, Of},
};

use serde_json::json;
use trakt::endpoints::SavedSort;

pub use forecast::Forecast;
pub(super) use forecast::forecast;

use self::{
    apply::{Changes, State},
    merge::{There, Verdict},
    read::{Full, RemoteValue},
};
use super::{
    cursor,
    progress::Turn,
    remote::RemoteItem,
    resets,
    round::Round,
    titles::{self, Rows},
    worker::Worker,
};
use crate::{
    Result, SyncEvent,
    account::to_trakt,
    changes::Run,
    guard::{self, Guarded, Removal},
    preference::Preference,
    watermark::{self, Watermark},
};

/// Maximum number of titles changed in a transaction.
const CHUNK: usize = 500;

/// The result of a comparison.
#[derive(Debug, Default)]
struct Outcome {
    /// The number of items on Trakt.
    count: usize,
    requests: i64,
    /// The number of removals that await confirmation.
    held: usize,
    /// Whether something could not be decided: it is read again in the next round.
    is_open: bool,
    changes: Changes,
}

/// Compares a category if it has changed or its daily comparison is due.
pub(super) async fn advance(
    worker: &Worker<'_>,
    before: SyncCursor,
    preference: Preference,
    round: &Round,
) -> Result<Turn> {
    let changed = watermark::changed(preference, &round.activities);
    let is_full = round.is_full(&before);
    if !is_full && Watermark::of(&before.activity).is(&changed) {
        return unchanged(worker, before, round).await;
    }
    let owner = worker.owner;
    if preference == Preference::Dropped {
        resets::read(worker).await?;
    }
    let of =
        Of { user_id: owner.user_id, account: owner.account.to_owned(), category: preference.category() };
    let order = ordering::known(&worker.engine.core.db, owner.user_id).await?;
    let comparison =
        Comparison { worker, of: &of, preference, cursor: &before, began_at: round.began, order };
    let is_skipped = before.state == SyncState::Skipping;
    let outcome =
        if is_skipped { comparison.skip(before.asked_at.0).await? } else { comparison.merge().await? };
    let reached = Watermark::reached(changed, round.began);
    finish(worker, &of, before, outcome, reached, round, is_full).await
}

async fn unchanged(worker: &Worker<'_>, before: SyncCursor, round: &Round) -> Result<Turn> {
    let tx = worker.engine.core.db.begin().await?;
    let after = SyncCursor { next_at: Millis::from(round.next_at()), ..before.clone() };
    if cursor::save(&tx, &before, after).await? {
        tx.commit().await?;
    }
    Ok(Turn::Done)
}

async fn finish(
    worker: &Worker<'_>,
    of: &Of,
    before: SyncCursor,
    outcome: Outcome,
    reached: Watermark,
    round: &Round,
    is_full: bool,
) -> Result<Turn> {
    let core = &worker.engine.core;
    let (user_id, now) = (worker.owner.user_id, Millis::from(core.clock.now()));
    // Changes since the user decided not to import still have to be applied.
    let is_skipped = before.state == SyncState::Skipping;
    let reached = if outcome.is_open || is_skipped { Watermark::default() } else { reached };
    let count = i64::try_from(outcome.count).unwrap_or(i64::MAX);
    let after = SyncCursor {
        state: SyncState::Following,
        activity: reached.to_json(),
        done: count,
        total: Some(count),
        held: i64::try_from(outcome.held).unwrap_or(i64::MAX),
        requests: outcome.requests,
        read_at: Some(now),
        next_at: Millis::from(round.next_at()),
        full_at: if is_full && !is_skipped { Some(now) } else { before.full_at },
        ..before.clone()
    };
    let tx = core.db.begin().await?;
    if !cursor::save(&tx, &before, after).await? {
        return Ok(Turn::More);
    }
    if outcome.held == 0 && !outcome.is_open {
        guard::finished(&tx, guarded(of), now.0).await?;
    }
    tx.commit().await?;
    let changes = outcome.changes;
    if changes.enqueued {
        worker.engine.wake(user_id);
    }
    if changes.new_titles || !changes.titles.is_empty() {
        core.events.send(SyncEvent::Pulled { user_id, new_titles: changes.new_titles });
    } else {
        core.events.send(SyncEvent::Account { user_id });
    }
    Ok(if is_skipped { Turn::More } else { Turn::Done })
}

/// A comparison of both sides.
struct Comparison<'a> {
    worker: &'a Worker<'a>,
    of: &'a Of,
    preference: Preference,
    cursor: &'a SyncCursor,
    began_at: DateTime<Utc>,
    /// The known sort order of the watchlist, in which it is read.
    order: SavedSort,
}

impl Comparison<'_> {
    /// Reconciles both sides.
    async fn merge(&self) -> Result<Outcome> {
        let db = &self.worker.engine.core.db;
        let first = self.read().await?;
        let mut outcome = Outcome { requests: first.requests(), ..Outcome::default() };
        let chosen = first.chosen_order();
        let values = first.values(self.preference, self.now());
        outcome.count = values.len();
        let rows = self.rows(&values, &mut outcome.changes).await?;
        let mut there = by_title(&values, &rows);
        let state = State::read(db, self.of, None, self.now(), self.offset()).await?;
        let missing = state.missing(&there);
        if !missing.is_empty() {
            let second = self.read().await?;
            outcome.requests += second.requests();
            match first.prove(second, |key| rows.get(&key).map(|row| row.id)) {
                Some(present) => {
                    let gone = missing.into_iter().filter_map(|id| Some((id, present.absent(Some(id))?)));
                    there.extend(gone.map(|(id, absence)| (id, There::Gone(absence))));
                }
                // One of the two reads was wrong: both sides stay as they are.
                None => outcome.is_open = true,
            }
        }
        let todo = self.choose(&state, &there, &mut outcome).await?;
        for chunk in todo.chunks(CHUNK) {
            apply::merge(self, chunk, &there, &mut outcome).await?;
        }
        self.note_order(chosen, &values, &rows, &mut outcome).await?;
        Ok(outcome)
    }

    /// Returns the titles that need changes. Too many removals await confirmation, while additions are applied.
    async fn choose(
        &self,
        state: &State,
        there: &HashMap<TitleId, There>,
        outcome: &mut Outcome,
    ) -> Result<Vec<TitleId>> {
        let mut todo = Vec::new();
        let mut removals = HashSet::new();
        for title_id in state.titles(there) {
            match state.decide(title_id, there) {
                Verdict::Keep => continue,
                Verdict::Take(None) if state.holds(title_id) => drop(removals.insert(title_id)),
                Verdict::Take(_) | Verdict::Agree(_) | Verdict::Push(_) | Verdict::Later => {}
            }
            todo.push(title_id);
        }
        if !self.may_remove(&removals, state).await? {
            tracing::warn!(
                category = %self.of.category,
                removals = removals.len(),
                "many items are gone from Trakt; they stay here until that is confirmed"
            );
            outcome.held = removals.len();
            todo.retain(|title_id| !removals.contains(title_id));
        }
        Ok(todo)
    }

    /// Returns whether values that are gone from Trakt may be removed here: if there are few, or the user has
    /// confirmed.
    async fn may_remove(&self, removals: &HashSet<TitleId>, state: &State) -> Result<bool> {
        if !guard::waits(removals.len(), state.count()) && self.cursor.held == 0 {
            return Ok(true);
        }
        let removal =
            |title_id: &TitleId| Removal { title_id: *title_id, item: json!({ "title_id": title_id }) };
        let removals: Vec<Removal> = removals.iter().map(removal).collect();
        let tx = self.worker.engine.core.db.begin().await?;
        let go = guard::review(&tx, guarded(self.of), &removals, state.count(), self.now()).await?;
        tx.commit().await?;
        Ok(go)
    }

    /// Returns the reason for changes here and the start of the read, for the log.
    fn run(&self) -> Run<'_> {
        let (reason, began_at) = cursor::reason(self.cursor.state, self.cursor.asked_at, self.began_at);
        let Of { user_id, account, category } = self.of;
        Run { user_id: *user_id, account, category: *category, reason, began_at }
    }

    /// Records both sides as they are, so that existing values never change either of them. Two reads have to agree:
    /// anything that one of them missed would later be treated as new.
    async fn skip(&self, decided_at: DateTime<Utc>) -> Result<Outcome> {
        let core = &self.worker.engine.core;
        let (first, second) = (self.read().await?, self.read().await?);
        let mut outcome = Outcome { requests: first.requests() + second.requests(), ..Outcome::default() };
        let values = second.values(self.preference, self.now());
        let chosen = second.chosen_order();
        outcome.count = values.len();
        let rows = self.rows(&values, &mut outcome.changes).await?;
        if first.prove(second, |key| rows.get(&key).map(|row| row.id)).is_none() {
            let (expected, distinct) = (values.len() as u64, values.len() as u64);
            return Err(trakt::Error::Incomplete { expected, distinct, attempts: 2 }.into());
        }
        let there = by_title(&values, &rows);
        let state = State::read(&core.db, self.of, None, self.now(), self.offset()).await?;
        let titles: Vec<TitleId> = state.titles(&there).into_iter().collect();
        for chunk in titles.chunks(CHUNK) {
            let tx = core.db.begin().await?;
            let bases = chunk.iter().filter_map(|id| {
                let seen = there.get(id).copied().unwrap_or(There::Unseen);
                let base = merge::baseline(state.here(*id), seen, decided_at);
                self.of.row(*id, base.here, base.there)
            });
            let bases = bases.collect();
            sync_shadows::forget(&tx, self.of, chunk).await?;
            sync_shadows::put_many(&tx, bases).await?;
            tx.commit().await?;
        }
        self.note_order(chosen, &values, &rows, &mut outcome).await?;
        Ok(outcome)
    }

    async fn read(&self) -> Result<Full> {
        Full::read(&self.worker.client, self.preference, &self.order).await
    }

    /// Returns the rows of everything on Trakt, adding titles that are not in the library.
    async fn rows(&self, values: &[RemoteValue], changes: &mut Changes) -> Result<Rows> {
        let core = &self.worker.engine.core;
        let items: Vec<&RemoteItem> = values.iter().map(|value| &value.item).collect();
        let mut rows = titles::known(&core.db, &items).await?;
        let unsure: Vec<&RemoteItem> = items
            .into_iter()
            .filter(|item| rows.get(&item.key()).and_then(|row| row.trakt_id) != Some(item.key().trakt_id))
            .collect();
        for chunk in unsure.chunks(CHUNK) {
            let tx = core.db.begin_titles().await?;
            let mut some = titles::known(&tx, chunk).await?;
            changes.new_titles |= titles::ensure(&tx, chunk, &mut some, self.now()).await?;
            tx.commit().await?;
            rows.extend(some);
        }
        Ok(rows)
    }

    fn now(&self) -> DateTime<Utc> {
        self.worker.engine.core.clock.now()
    }

    /// Converts our time to Trakt's clock.
    fn offset(&self) -> impl Fn(DateTime<Utc>) -> DateTime<Utc> {
        let client = self.worker.client.clone();
        move |at| to_trakt(&client, at)
    }
}

fn guarded(of: &Of) -> Guarded<'_> {
    let Of { user_id, account, category } = of;
    Guarded { user_id: *user_id, account, category: *category, direction: SyncDirection::FromTrakt }
}

fn by_title(values: &[RemoteValue], rows: &Rows) -> HashMap<TitleId, There> {
    let holds = |value: &RemoteValue| {
        let row = rows.get(&value.item.key())?;
        Some((row.id, There::Holds { value: value.value, at: value.at }))
    };
    values.iter().filter_map(holds).collect()
}
