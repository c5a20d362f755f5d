//! The local state, and recording the result of a comparison.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Conn, Millis,
    ids::{OutboxId, TitleId},
    kinds::OutboxState,
    outbox, preferences, recommendations,
    rows::Preference as Row,
    sync_shadows::{self, Of},
};

use super::{
    Comparison, Outcome,
    merge::{Base, Here, Message, There, Verdict, merge as decide},
};
use crate::{
    Result,
    account::moved,
    changes::{Change, logged_value},
    outbox::{
        TraktAhead,
        preferences::{Chosen, agree, enqueue, settled_at},
    },
    policy::Policy,
};

/// What was recorded.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Titles whose preferences here have changed.
    pub(super) titles: Vec<TitleId>,
    /// Whether there are new titles.
    pub(super) new_titles: bool,
    /// Whether messages to Trakt were enqueued.
    pub(super) enqueued: bool,
}

/// The preferences here, what both sides contained before, and the messages to Trakt.
pub(super) struct State {
    here: HashMap<TitleId, Here>,
    bases: HashMap<TitleId, Base>,
    messages: HashMap<TitleId, (Message, Vec<OutboxId>)>,
    chosen_at: HashMap<TitleId, (DateTime<Utc>, TraktAhead)>,
}

impl State {
    /// Reads the state of some titles, or of all.
    pub(super) async fn read(
        conn: &dyn Conn,
        of: &Of,
        titles: Option<&[TitleId]>,
        now: DateTime<Utc>,
        to_trakt: impl Fn(DateTime<Utc>) -> DateTime<Utc>,
    ) -> Result<Self> {
        let (rows, shadows) = match titles {
            Some(ids) => (
                preferences::of_titles(conn, of.user_id, of.category, ids).await?,
                sync_shadows::of_titles(conn, of, ids).await?,
            ),
            None => (
                preferences::of_category(conn, of.user_id, of.category).await?,
                sync_shadows::all(conn, of).await?,
            ),
        };
        let chosen_at: HashMap<TitleId, (DateTime<Utc>, TraktAhead)> =
            rows.iter().map(|row| (row.title_id, (row.changed_at.0, ahead(row)))).collect();
        let here = |row: Row| {
            let at = match ahead(&row) {
                Some(ahead) => moved(row.changed_at.0, ahead),
                None => to_trakt(row.changed_at.0),
            };
            (row.title_id, Here { value: row.value, at: Some(at) })
        };
        let mut messages: HashMap<TitleId, (Message, Vec<OutboxId>)> = HashMap::new();
        for row in outbox::about_preferences(conn, of.user_id, of.category).await? {
            let Some(title_id) = row.title_id else { continue };
            let (message, ids) = messages.entry(title_id).or_default();
            ids.push(row.id);
            // Otherwise the message has either arrived by now, or never will.
            if settled_at(&row, now).is_some_and(|until| row.state == OutboxState::InFlight || until > now) {
                *message = Message::OnItsWay;
            } else if *message == Message::None {
                *message = Message::Kept;
            }
        }
        Ok(Self {
            here: rows.into_iter().map(here).collect(),
            bases: shadows
                .into_iter()
                .map(|row| (row.title_id, Base { here: row.here, there: row.there }))
                .collect(),
            messages,
            chosen_at,
        })
    }

    /// Returns when something was chosen here, by our clock, and how far Trakt's clock was ahead at that time.
    fn chosen_at(&self, title_id: TitleId, now: DateTime<Utc>) -> (DateTime<Utc>, TraktAhead) {
        self.chosen_at.get(&title_id).copied().unwrap_or((now, None))
    }

    /// Forgets previous comparisons with differing sides, as an import does.
    pub(super) fn forget_differing(&mut self) {
        self.bases.retain(|_, base| base.here == base.there);
    }

    /// Returns the titles that were on Trakt before and are missing from a read.
    pub(super) fn missing(&self, there: &HashMap<TitleId, There>) -> Vec<TitleId> {
        let held = self.bases.iter().filter(|(_, base)| base.there.is_some());
        held.map(|(id, _)| *id).filter(|id| !there.contains_key(id)).collect()
    }

    /// Returns all titles that concern either side.
    pub(super) fn titles(&self, there: &HashMap<TitleId, There>) -> BTreeSet<TitleId> {
        self.here.keys().chain(self.bases.keys()).chain(there.keys()).copied().collect()
    }

    pub(super) fn here(&self, title_id: TitleId) -> Here {
        self.here.get(&title_id).copied().unwrap_or_default()
    }

    pub(super) fn holds(&self, title_id: TitleId) -> bool {
        self.here(title_id).value.is_some()
    }

    /// Returns the number of titles with a preference here.
    pub(super) fn count(&self) -> usize {
        self.here.values().filter(|here| here.value.is_some()).count()
    }

    pub(super) fn decide(&self, title_id: TitleId, there: &HashMap<TitleId, There>) -> Verdict {
        let there = there.get(&title_id).copied().unwrap_or(There::Unseen);
        let base = self.bases.get(&title_id).copied().unwrap_or_default();
        let message = self.messages.get(&title_id).map_or(Message::None, |(message, _)| *message);
        decide(self.here(title_id), there, base, message)
    }
}

fn ahead(row: &Row) -> TraktAhead {
    row.trakt_ahead_ms.and_then(TimeDelta::try_milliseconds)
}

/// Reconciles some titles on both sides, in one transaction. It decides again within the transaction, because the user
/// may have changed something in the meantime.
pub(super) async fn merge(
    comparison: &Comparison<'_>,
    chunk: &[TitleId],
    there: &HashMap<TitleId, There>,
    outcome: &mut Outcome,
) -> Result<()> {
    let (of, preference) = (comparison.of, comparison.preference);
    let (user_id, now) = (of.user_id, comparison.now());
    let tx = comparison.worker.engine.core.db.begin().await?;
    preferences::lock(&tx, user_id).await?;
    let state = State::read(&tx, of, Some(chunk), now, comparison.offset()).await?;
    let excluded = Policy::of(&tx, user_id).await?.excluded(&tx, chunk).await?;
    let mut changes = Changes::default();
    let mut logged = Vec::new();
    let (mut agreed, mut taken, mut overtaken) = (Vec::new(), Vec::new(), Vec::new());
    let mut changes_recommendations = false;
    for &title_id in chunk {
        match state.decide(title_id, there) {
            Verdict::Keep => continue,
            Verdict::Later => {
                outcome.is_open = true;
                continue;
            }
            Verdict::Push(_) if excluded.contains(&title_id) => continue,
            Verdict::Push(here) => {
                let chosen = Chosen { preference, title_id, value: here.value };
                enqueue(&tx, user_id, chosen, state.chosen_at(title_id, now), now, now).await?;
                changes.enqueued = true;
                continue;
            }
            Verdict::Agree(value) => agreed.push((title_id, value)),
            Verdict::Take(value) => {
                changes.titles.push(title_id);
                changes_recommendations |= preference.changes_recommendations(value.is_some());
                let before = state.here(title_id).value.map(logged_value);
                let after = value.map(|(value, _)| logged_value(value));
                logged.push(Change { title_id, before, after });
                agreed.push((title_id, value.map(|(value, _)| value)));
                taken.extend(value.map(|(value, at)| Row {
                    user_id,
                    category: of.category,
                    title_id,
                    value: Some(value),
                    changed_at: Millis::from(at),
                    // The time is Trakt's own.
                    trakt_ahead_ms: Some(0),
                }));
            }
        }
        overtaken.extend(state.messages.get(&title_id).into_iter().flat_map(|(_, ids)| ids.iter().copied()));
    }
    if changes_recommendations {
        recommendations::outdate(&tx, user_id).await?;
    }
    preferences::put_many(&tx, taken).await?;
    agree(&tx, of, &agreed, user_id).await?;
    outbox::drop_overtaken(&tx, &overtaken).await?;
    comparison.run().log(&tx, logged, now).await?;
    tx.commit().await?;
    outcome.changes.titles.extend(changes.titles);
    outcome.changes.enqueued |= changes.enqueued;
    Ok(())
}
