//! One account's worker: how rows are claimed, settled and put back, and what a failure means for the account.

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    ids::{OutboxId, PlayId, UserId},
    kinds::{AccountState, OutboxKind, OutboxState, PlaySource},
    outbox::{self, Settled},
    plays::{self, NewPlay},
    rows::OutboxRow,
    trakt_accounts,
};

use super::{Drained, Pace, backoff, plan};
use crate::{
    Result,
    account::{Account, Obstacle, Passing},
    core::Core,
    events::SyncEvent,
    outbox::payload::{self, History, Payload, When},
    scrobble::COUNTS_FROM,
    text,
};

/// So many failures in a row are no longer about single rows.
const STRIKES: u32 = 3;

/// One account's drain.
pub(super) struct Worker<'a> {
    pub(super) core: &'a Core,
    pub(super) account: &'a Account,
}

/// `None`: there may be more to do at once.
pub(super) type Step = Result<Option<Drained>>;

impl Worker<'_> {
    /// A row as it is now, held until the transaction ends; None when it is gone. A play can be taken back at any time,
    /// also while Trakt is being told of it.
    pub(super) async fn hold(&self, tx: &Tx, id: OutboxId) -> Result<Option<OutboxRow>> {
        Ok(outbox::find_for_update(tx, id).await?)
    }

    /// A stop that cannot be sent as one becomes a play, here at once and on Trakt with its true time.
    pub(super) async fn to_history(&self, tx: &Tx, id: OutboxId, now: DateTime<Utc>) -> Result<()> {
        let Some(row) = self.hold(tx, id).await?.filter(|row| !row.withdrawn) else { return Ok(()) };
        let Some(stop) = plan::scrobble(&row) else { return Ok(()) };
        let row = &row;
        let play_id = self.provisional(tx, row, &stop, now).await?;
        let payload = Payload::History(History {
            watched: When::At(row.occurred_at.0),
            scrobbled_since: row.sent_at.map(|_| stop.started_at),
            newest_before: None,
        });
        outbox::convert_to_history(tx, row.id, play_id, payload.to_json(), Millis::from(now)).await?;
        Ok(())
    }

    /// The play of a stop that Trakt has not answered: the local rule has counted it.
    async fn provisional(
        &self,
        tx: &Tx,
        row: &OutboxRow,
        stop: &payload::Scrobble,
        now: DateTime<Utc>,
    ) -> Result<PlayId> {
        if let Some(play_id) = row.play_id {
            return Ok(play_id);
        }
        let play =
            plays::insert(tx, self.play_of(row, stop, row.occurred_at.0, None), Millis::from(now)).await?;
        outbox::set_play(tx, row.id, Some(play.id)).await?;
        Ok(play.id)
    }

    pub(super) fn play_of(
        &self,
        row: &OutboxRow,
        stop: &payload::Scrobble,
        watched_at: DateTime<Utc>,
        history_id: Option<i64>,
    ) -> NewPlay {
        NewPlay {
            user_id: row.user_id,
            title_id: row.title_id,
            watched_at: Some(Millis::from(watched_at)),
            source: PlaySource::Kinometa,
            file_id: stop.file_id,
            is_private: false,
            trakt_history_id: history_id,
        }
    }

    /// Marks rows as in flight, durably.
    pub(super) async fn claim(&self, ids: &[OutboxId]) -> Result<Vec<OutboxId>> {
        let tx = self.core.db.begin().await?;
        let claimed = outbox::claim(&tx, ids, Millis::from(self.now())).await?;
        tx.commit().await?;
        Ok(claimed)
    }

    /// Writes down the same kind of outcome for each row.
    pub(super) async fn settle(&self, rows: &[&OutboxRow], settled: Settled) -> Result<()> {
        let tx = self.core.db.begin().await?;
        for row in rows {
            self.close(&tx, row.id, settled.clone()).await?;
        }
        tx.commit().await?;
        self.announce(rows).await
    }

    /// Writes down what came of a row.
    async fn close(&self, tx: &Tx, id: OutboxId, settled: Settled) -> Result<()> {
        let Some(row) = self.hold(tx, id).await? else { return Ok(()) };
        let settled = if row.withdrawn { plan::settled_withdrawn(settled) } else { settled };
        Ok(outbox::settle(tx, id, &settled, Millis::from(self.now())).await?)
    }

    /// Trakt will not take these rows. What was watched to the end counts here all the same, and should a person try
    /// again, it goes to the history with its true time.
    pub(super) async fn fail(&self, rows: &[OutboxRow], trouble: outbox::Trouble) -> Step {
        let now = self.now();
        let tx = self.core.db.begin().await?;
        for row in rows {
            if counts(row).is_some() {
                self.to_history(&tx, row.id, now).await?;
            }
            self.close(&tx, row.id, Settled::Failed(trouble.clone())).await?;
        }
        tx.commit().await?;
        self.announce(&rows.iter().collect::<Vec<_>>()).await?;
        Ok(None)
    }

    /// Trakt answered: whatever trouble there was is over.
    pub(super) async fn succeeded(&self, pace: &mut Pace) -> Result<()> {
        pace.strikes = 0;
        pace.not_before = None;
        if self.account.set_passing(None) {
            self.core.events.send(SyncEvent::Account { user_id: self.user() });
        }
        let now = self.now();
        if self.account.ok_is_due(now) {
            let tx = self.core.db.begin().await?;
            trakt_accounts::set_ok(&tx, self.user(), Millis::from(now)).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// A call that was to send these rows failed: what that means for them, and for the account.
    pub(super) async fn failed(&self, rows: &[OutboxRow], error: trakt::Error, pace: &mut Pace) -> Step {
        let in_doubt = matches!(error, trakt::Error::Unknown(_));
        self.judge(rows, error, in_doubt, pace).await
    }

    /// A look whether this row has arrived failed: it stays in doubt.
    pub(super) async fn failed_in_doubt(
        &self,
        row: &OutboxRow,
        error: trakt::Error,
        pace: &mut Pace,
    ) -> Step {
        self.judge(std::slice::from_ref(row), error, true, pace).await
    }

    async fn judge(&self, rows: &[OutboxRow], error: trakt::Error, in_doubt: bool, pace: &mut Pace) -> Step {
        let (now, trouble) = (self.now(), text::explain(&error));
        tracing::debug!(user_id = self.user().0, rows = rows.len(), %error, "telling Trakt failed");
        match Obstacle::of(&error) {
            Obstacle::Lasting(state) => {
                self.put_back(rows, vec![waiting(in_doubt, now, &trouble); rows.len()]).await?;
                self.stop_account(state).await?;
                return Ok(Some(Drained::Stopped));
            }
            Obstacle::Passing(passing) => {
                pace.strikes += 1;
                let until = match passing {
                    Passing::RateLimited { until } | Passing::EdgeBlocked { until } => until,
                    Passing::Unreachable | Passing::StoreNotWritable => now + backoff::after(pace.strikes),
                };
                self.rest(passing, until, pace);
                self.put_back(rows, vec![waiting(in_doubt, until, &trouble); rows.len()]).await?;
            }
            Obstacle::None if may_pass(&error) => {
                pace.strikes += 1;
                if pace.strikes >= STRIKES {
                    self.rest(Passing::Unreachable, now + backoff::after(pace.strikes - STRIKES + 1), pace);
                }
                let next = |row: &OutboxRow| now + backoff::after(row.attempts.unsigned_abs() + 1);
                let settled = rows.iter().map(|row| waiting(in_doubt, next(row), &trouble)).collect();
                self.put_back(rows, settled).await?;
            }
            Obstacle::None => return self.fail(rows, trouble).await,
        }
        Ok(None)
    }

    /// Rows that will be tried again. A stop that was surely not taken counts here by the local rule meanwhile.
    async fn put_back(&self, rows: &[OutboxRow], settled: Vec<Settled>) -> Result<()> {
        let now = self.now();
        let tx = self.core.db.begin().await?;
        for (row, settled) in rows.iter().zip(&settled) {
            if let (Some(stop), Settled::Retry(..)) = (counts(row), settled)
                && let Some(row) = self.hold(&tx, row.id).await?.filter(|row| !row.withdrawn)
            {
                self.provisional(&tx, &row, &stop, now).await?;
            }
            self.close(&tx, row.id, settled.clone()).await?;
        }
        tx.commit().await?;
        self.announce(&rows.iter().collect::<Vec<_>>()).await
    }

    /// Leaves Trakt alone for a while.
    fn rest(&self, passing: Passing, until: DateTime<Utc>, pace: &mut Pace) {
        pace.not_before = Some(until);
        if self.account.set_passing(Some(passing)) {
            self.core.events.send(SyncEvent::Account { user_id: self.user() });
        }
    }

    async fn stop_account(&self, state: AccountState) -> Result<()> {
        let tx = self.core.db.begin().await?;
        trakt_accounts::set_state(&tx, self.user(), state, None, Millis::from(self.now())).await?;
        tx.commit().await?;
        self.core.events.send(SyncEvent::Account { user_id: self.user() });
        Ok(())
    }

    /// Tells whoever is watching that these rows, and the dots and plays that hang on them, may have changed.
    pub(super) async fn announce(&self, rows: &[&OutboxRow]) -> Result<()> {
        let mut sessions: Vec<&str> = Vec::new();
        for row in rows {
            let play_id = outbox::find(&self.core.db, row.id).await?.and_then(|row| row.play_id);
            if let Some(play_id) = play_id.or(row.play_id) {
                self.core.events.send(SyncEvent::Play { user_id: self.user(), play_id });
            }
            sessions.extend(row.playback_session_id.as_deref());
        }
        sessions.dedup();
        for session_id in sessions {
            self.core.announce_dot(session_id).await?;
        }
        self.core.events.send(SyncEvent::Queue { user_id: self.user() });
        Ok(())
    }

    pub(super) fn user(&self) -> UserId {
        self.account.user_id
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.core.clock.now()
    }
}

fn waiting(in_doubt: bool, until: DateTime<Utc>, trouble: &outbox::Trouble) -> Settled {
    let until = Millis::from(until);
    if in_doubt { Settled::Unknown(until, trouble.clone()) } else { Settled::Retry(until, trouble.clone()) }
}

/// The stop in a row, when it counts by the local rule.
fn counts(row: &OutboxRow) -> Option<payload::Scrobble> {
    let stop = plan::scrobble(row).filter(|stop| stop.progress >= COUNTS_FROM)?;
    (row.kind == OutboxKind::ScrobbleStop).then_some(stop)
}

/// Whether trying the same again later can help.
fn may_pass(error: &trakt::Error) -> bool {
    use trakt::Error as E;
    matches!(
        error,
        E::Server { .. } | E::Protocol { .. } | E::Incomplete { .. } | E::Unknown(_) | E::Transport { .. }
    )
}

/// Whether a row was sent before and nobody knows what came of it.
pub(super) fn is_doubtful(row: &OutboxRow) -> bool {
    row.state == OutboxState::Unknown
}
