//! The worker of an account: how rows are claimed, settled and put back, and what a failure means for the account.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    ids::{OutboxId, PlayId, TitleId, UserId},
    kinds::{OutboxKind, OutboxState, PlaySource},
    outbox::{self, Settled},
    plays::{self, NewPlay},
    rows::OutboxRow,
};

use super::{Drained, plan};
use crate::{
    Error, Result,
    account::{Account, Effect, LONGEST_WAIT, Throttle, backoff_after, judge, to_trakt},
    changes::log_sent,
    core::Core,
    events::SyncEvent,
    outbox::{
        SETTLE,
        payload::{self, History, Payload, When},
    },
    scrobble::COUNTS_FROM,
    status::Failure,
};

/// The drain of an account.
pub(super) struct Worker<'a> {
    pub(super) core: &'a Core,
    pub(super) account: &'a Account,
}

/// `None` if there may be more to do immediately.
pub(super) type Step = Result<Option<Drained>>;

impl Worker<'_> {
    /// Returns the current row, locked until the transaction ends; `None` if it is gone. A play can be deleted at any
    /// time, even while it is being sent.
    pub(super) async fn hold(&self, tx: &Tx, id: OutboxId) -> Result<Option<OutboxRow>> {
        Ok(outbox::find_for_update(tx, id).await?)
    }

    /// Turns a stop that cannot be sent as a scrobble into a play, here immediately and on Trakt with its real time.
    pub(super) async fn to_history(&self, tx: &Tx, id: OutboxId, now: DateTime<Utc>) -> Result<()> {
        let Some(row) = self.hold(tx, id).await?.filter(|row| !row.withdrawn) else { return Ok(()) };
        let Some(stop) = plan::scrobble(&row) else { return Ok(()) };
        let row = &row;
        let play_id = self.provisional(tx, row, &stop, now).await?;
        let in_doubt = row.doubtful_since.is_some();
        let payload = Payload::History(History {
            watched: When::At(row.occurred_at.0),
            scrobbled_since: in_doubt.then_some(stop.started_at),
            scrobbled_until: row.sent_at.filter(|_| in_doubt).map(|sent| sent.0),
            trakt_ahead_ms: stop.trakt_ahead_ms,
            newest_before: None,
        });
        let at = Millis::from(if in_doubt { self.settled_at(row) } else { now });
        outbox::convert_to_history(tx, row.id, play_id, payload.to_json(), in_doubt, at).await?;
        Ok(())
    }

    /// Returns when everything about this row that is on its way to Trakt has arrived.
    pub(super) fn settled_at(&self, row: &OutboxRow) -> DateTime<Utc> {
        let now = self.now();
        // Sent in the future: the clock was set back, and it is unknown how long ago that was.
        let sent_at = row.sent_at.map_or(now, |sent| sent.0).min(now);
        (sent_at + SETTLE).max(now)
    }

    /// Converts our time to Trakt's clock. Normal clock differences are ignored.
    pub(super) fn to_trakt(&self, time: DateTime<Utc>) -> DateTime<Utc> {
        to_trakt(&self.account.client, time)
    }

    /// Ensures that the difference between the clocks is known.
    pub(super) async fn measure_clock(&self) -> Result<(), trakt::Error> {
        if self.account.client.clock_offset().is_none() {
            self.account.client.sync().last_activities().await?;
        }
        Ok(())
    }

    /// Returns the play of a stop without a response from Trakt: it counted by the local rule.
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
            plays::insert(tx, self.play_of(row, stop, row.occurred_at.0, None)?, Millis::from(now)).await?;
        outbox::set_play(tx, row.id, Some(play.id)).await?;
        Ok(play.id)
    }

    pub(super) fn play_of(
        &self,
        row: &OutboxRow,
        stop: &payload::Scrobble,
        watched_at: DateTime<Utc>,
        history_id: Option<i64>,
    ) -> Result<NewPlay> {
        Ok(NewPlay {
            user_id: row.user_id,
            title_id: title_of(row)?,
            watched_at: Some(Millis::from(watched_at)),
            source: PlaySource::Kinometa,
            file_id: stop.file_id,
            is_private: false,
            trakt_history_id: history_id,
        })
    }

    /// Durably marks rows as in flight and returns them; none are if another node has taken over.
    pub(super) async fn claim(&self, ids: &[OutboxId]) -> Result<Vec<OutboxId>> {
        let Some(tx) = self.account.begin_claim().await? else { return Ok(Vec::new()) };
        let claimed = outbox::claim(&tx, ids, Millis::from(self.now())).await?;
        tx.commit().await?;
        Ok(claimed)
    }

    /// Records the same kind of outcome for all rows.
    pub(super) async fn settle(&self, rows: &[&OutboxRow], settled: Settled) -> Result<()> {
        let tx = self.core.db.begin().await?;
        let mut taken = Vec::new();
        for row in rows {
            taken.extend(self.close(&tx, row.id, settled.clone()).await?);
        }
        log_sent(&tx, &taken.iter().collect::<Vec<_>>(), self.now()).await?;
        tx.commit().await?;
        self.announce(rows).await
    }

    /// Records the outcome of a row; returns the row if Trakt has accepted it.
    async fn close(&self, tx: &Tx, id: OutboxId, settled: Settled) -> Result<Option<OutboxRow>> {
        let Some(row) = self.hold(tx, id).await? else { return Ok(None) };
        let settled = if row.withdrawn { plan::settled_withdrawn(settled) } else { settled };
        outbox::settle(tx, id, &settled, Millis::from(self.now())).await?;
        Ok(Some(row).filter(|row| settled == Settled::Done && !row.withdrawn))
    }

    /// Fails rows that Trakt rejects. What was watched to the end still counts here, and if the user retries it, it is
    /// added to the history with its real time.
    pub(super) async fn fail(&self, rows: &[OutboxRow], failure: &Failure) -> Step {
        let now = self.now();
        let tx = self.core.db.begin().await?;
        for row in rows {
            if counts(row).is_some() {
                self.to_history(&tx, row.id, now).await?;
            }
            self.close(&tx, row.id, Settled::Failed(failure.stored())).await?;
        }
        tx.commit().await?;
        self.announce(&rows.iter().collect::<Vec<_>>()).await?;
        Ok(None)
    }

    /// Handles a failed call for sending these rows: its effects on them and on the account.
    pub(super) async fn failed(
        &self,
        rows: &[OutboxRow],
        error: trakt::Error,
        throttle: &mut Throttle,
    ) -> Step {
        self.settle_failure(rows, &error, false, throttle).await
    }

    /// Handles a failed check of whether these rows have arrived: they stay in doubt.
    pub(super) async fn failed_in_doubt(
        &self,
        rows: &[OutboxRow],
        error: trakt::Error,
        throttle: &mut Throttle,
    ) -> Step {
        self.settle_failure(rows, &error, true, throttle).await
    }

    async fn settle_failure(
        &self,
        rows: &[OutboxRow],
        error: &trakt::Error,
        was_in_doubt: bool,
        throttle: &mut Throttle,
    ) -> Step {
        tracing::debug!(user_id = self.user().0, rows = rows.len(), %error, "a message could not be sent");
        let (now, verdict) = (self.now(), judge(error));
        let in_doubt = was_in_doubt || verdict.in_doubt;
        let again = |at: DateTime<Utc>| waiting(in_doubt, at, &verdict.failure);
        // A play whose response was lost is left alone for a while. A stop is checked immediately: its sync indicator
        // depends on it, and Trakt rejects a second one.
        let settling = |row: &OutboxRow| verdict.in_doubt && row.kind == OutboxKind::HistoryAdd;
        let after_settling =
            |row: &OutboxRow, at: DateTime<Utc>| if settling(row) { at.max(now + SETTLE) } else { at };
        match verdict.effect {
            Effect::Stop(state) => {
                let put_back = rows.iter().map(|row| again(after_settling(row, now)));
                self.put_back(rows, put_back.collect()).await?;
                self.core.stop_account(self.user(), state).await?;
                return Ok(Some(Drained::Stopped));
            }
            Effect::Pause { problem, until } => {
                let until = self.account.pause(problem, until, throttle);
                let put_back = rows.iter().map(|row| again(after_settling(row, until)));
                self.put_back(rows, put_back.collect()).await?;
            }
            Effect::Retry { not_before } => {
                self.account.strike(throttle);
                let next = |row: &OutboxRow| {
                    let spaced = now + backoff_after(row.attempts.unsigned_abs() + 1);
                    let next = not_before.map_or(spaced, |not_before| not_before.max(spaced));
                    after_settling(row, next.min(now + LONGEST_WAIT))
                };
                self.put_back(rows, rows.iter().map(|row| again(next(row))).collect()).await?;
            }
            Effect::Done if !in_doubt => {
                self.settle(&rows.iter().collect::<Vec<_>>(), Settled::Done).await?;
            }
            Effect::Done | Effect::Refuse => return self.fail(rows, &verdict.failure).await,
        }
        Ok(None)
    }

    /// Puts back rows that will be tried again. A stop that was certainly not accepted counts here by the local rule in
    /// the meantime.
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

    /// Announces that these rows, and the sync indicators and plays that depend on them, may have changed.
    pub(super) async fn announce(&self, rows: &[&OutboxRow]) -> Result<()> {
        let ids: Vec<OutboxId> = rows.iter().map(|row| row.id).collect();
        let plays_now = outbox::plays_of(&self.core.db, &ids).await?;
        let plays = plays_now.into_iter().chain(rows.iter().filter_map(|row| row.play_id));
        let play_ids: BTreeSet<PlayId> = plays.collect();
        if !play_ids.is_empty() {
            let play_ids = play_ids.into_iter().collect();
            self.core.events.send(SyncEvent::Plays { user_id: self.user(), play_ids });
        }
        let sessions: BTreeSet<&str> =
            rows.iter().filter_map(|row| row.playback_session_id.as_deref()).collect();
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

fn waiting(in_doubt: bool, until: DateTime<Utc>, failure: &Failure) -> Settled {
    let until = Millis::from(until);
    if in_doubt { Settled::Unknown(until, failure.stored()) } else { Settled::Retry(until, failure.stored()) }
}

/// Returns the stop in a row if it counts by the local rule.
fn counts(row: &OutboxRow) -> Option<payload::Scrobble> {
    let stop = plan::scrobble(row).filter(|stop| stop.progress >= COUNTS_FROM)?;
    (row.kind == OutboxKind::ScrobbleStop && row.title_id.is_some()).then_some(stop)
}

/// Returns the title of a scrobble.
pub(super) fn title_of(row: &OutboxRow) -> Result<TitleId> {
    row.title_id.ok_or_else(|| Error::Stored(format!("the message {} names no title", row.id)))
}

/// Returns whether a row was sent before with an unknown outcome.
pub(super) fn is_doubtful(row: &OutboxRow) -> bool {
    row.state == OutboxState::Unknown
}
