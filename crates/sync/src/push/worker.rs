use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Millis, Tx,
    kinds::{AccountState, OutboxKind, OutboxState, PlaySource},
    leases,
    outbox::{self, Settled},
    plays::{self, NewPlay},
    rows::OutboxRow,
    trakt_accounts,
};
use trakt::models::Scrobble;

use super::{
    Drained, Pace, backoff, batch, item, plan,
    plan::{Pick, Tidy},
    removal, stop,
};
use crate::{
    Result,
    account::{Account, Obstacle, Passing},
    engine::Core,
    events::SyncEvent,
    outbox::payload::{self, History, Payload, When},
    scrobble::COUNTS_FROM,
    text,
};

/// Longer than a step can take: a call waits 10 s for its turn and 25 s for its answer, and a step makes two or three.
const LEASE: TimeDelta = TimeDelta::seconds(180);
/// How soon another node's lease is asked for again.
const LEASE_RETRY: TimeDelta = TimeDelta::seconds(30);
/// So many failures in a row are no longer about single rows.
const STRIKES: u32 = 3;

/// Sends what is due for this person, until nothing is or somebody has to act.
pub(crate) async fn drain(core: &Core, user_id: i64) -> Result<Drained> {
    let account = core.accounts.get(user_id)?;
    let mut pace = account.pace.lock().await;
    let worker = Worker { core, account: &account };
    loop {
        if let Some(drained) = worker.step(&mut pace).await? {
            return Ok(drained);
        }
    }
}

/// One account's drain.
pub(super) struct Worker<'a> {
    pub(super) core: &'a Core,
    pub(super) account: &'a Account,
}

/// `None`: there may be more to do at once.
pub(super) type Step = Result<Option<Drained>>;

impl Worker<'_> {
    async fn step(&self, pace: &mut Pace) -> Step {
        let now = self.now();
        if !self.enter(now).await? {
            return Ok(Some(Drained::Until(now + LEASE_RETRY)));
        }
        let stored = trakt_accounts::find(&self.core.db, self.user()).await?;
        if stored.is_none_or(|account| account.state != AccountState::Connected) {
            return Ok(Some(Drained::Stopped));
        }
        let rows = outbox::open_scrobbles(&self.core.db, self.user()).await?;
        let tidied = plan::tidy(&rows, now);
        if !tidied.is_empty() {
            self.tidy(&rows, &tidied, now).await?;
            return Ok(None);
        }
        if let Some(moment) = pace.not_before.filter(|moment| *moment > now) {
            let wake = plan::next_late(&rows, now).map_or(moment, |late| late.min(moment));
            return Ok(Some(Drained::Until(wake)));
        }
        let wake = match plan::pick(&rows, now) {
            Pick::Row(row) => return self.scrobble(*row, pace).await,
            Pick::Wait(moment) => Some(moment),
            Pick::Nothing => None,
        };
        let due = outbox::due_bulk(&self.core.db, self.user(), Millis::from(now), 200).await?;
        let chosen = plan::batch(&due, pace.alone > 0);
        match chosen.first().map(|row| row.kind) {
            Some(OutboxKind::HistoryRemove) => removal::send(self, &chosen[0], pace).await,
            Some(_) => batch::send(self, chosen, pace).await,
            None => {
                let bulk = outbox::next_bulk_due(&self.core.db, self.user()).await?.map(|due| due.0);
                let wake = [wake, bulk].into_iter().flatten().min();
                Ok(Some(wake.map_or(Drained::Idle, Drained::Until)))
            }
        }
    }

    /// Takes or extends the lease. Whoever holds it is alone, so what is in flight now is of somebody who died.
    async fn enter(&self, now: DateTime<Utc>) -> Result<bool> {
        let tx = self.core.db.begin().await?;
        let name = format!("trakt/{}", self.user());
        let until = Millis::from(now + LEASE);
        if !leases::acquire(&tx, &name, &self.core.node, until, Millis::from(now)).await? {
            return Ok(false);
        }
        let lost = outbox::recover(&tx, self.user(), Millis::from(now)).await?;
        tx.commit().await?;
        if lost > 0 {
            tracing::info!(user_id = self.user(), lost, "outbox rows were in flight when their sender died");
        }
        Ok(true)
    }

    async fn tidy(&self, rows: &[OutboxRow], tidied: &[Tidy], now: DateTime<Utc>) -> Result<()> {
        let tx = self.core.db.begin().await?;
        let mut touched = Vec::new();
        for verdict in tidied {
            let (Tidy::Supersede(id) | Tidy::ToHistory(id)) = *verdict;
            let Some(row) = rows.iter().find(|row| row.id == id) else { continue };
            match verdict {
                Tidy::Supersede(_) => {
                    outbox::settle(&tx, id, &Settled::Superseded, Millis::from(now)).await?
                }
                Tidy::ToHistory(_) => self.to_history(&tx, row, now).await?,
            }
            touched.push(row);
        }
        tx.commit().await?;
        self.announce(&touched).await
    }

    /// A stop that cannot be sent as one becomes a play, here at once and on Trakt with its true time.
    pub(super) async fn to_history(&self, tx: &Tx, row: &OutboxRow, now: DateTime<Utc>) -> Result<()> {
        let Some(stop) = plan::scrobble(row) else { return Ok(()) };
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
    ) -> Result<i64> {
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

    async fn scrobble(&self, row: OutboxRow, pace: &mut Pace) -> Step {
        let Some(scrobble) = plan::scrobble(&row) else { return self.fail(&[row], text::unreadable()).await };
        let Some(item) = item::of_row(&self.core.db, &row).await? else {
            return self.fail(&[row], text::not_matched()).await;
        };
        if row.kind == OutboxKind::ScrobbleStop {
            return stop::send(self, row, scrobble, item, pace).await;
        }
        self.tell(row, &item.scrobble(scrobble.progress), pace).await
    }

    /// A start or a pause. Told twice it does no harm.
    async fn tell(&self, row: OutboxRow, scrobble: &Scrobble, pace: &mut Pace) -> Step {
        if self.claim(&[row.id]).await?.is_empty() {
            return Ok(None);
        }
        let api = self.account.client.scrobble();
        let told = match row.kind {
            OutboxKind::ScrobbleStart => api.start(scrobble).await,
            _ => api.pause(scrobble).await,
        };
        match told {
            // 409: it has counted a moment ago. 422: not far enough to matter.
            Ok(_) | Err(trakt::Error::Conflict(_) | trakt::Error::Validation { status: 422, .. }) => {
                self.succeeded(pace).await?;
                self.settle(&[&row], Settled::Done).await?;
                Ok(None)
            }
            Err(error) => self.failed(&[row], error, pace).await,
        }
    }

    /// Marks rows as in flight, durably.
    pub(super) async fn claim(&self, ids: &[i64]) -> Result<Vec<i64>> {
        let tx = self.core.db.begin().await?;
        let claimed = outbox::claim(&tx, ids, Millis::from(self.now())).await?;
        tx.commit().await?;
        Ok(claimed)
    }

    /// Writes down the same kind of outcome for each row.
    pub(super) async fn settle(&self, rows: &[&OutboxRow], settled: Settled) -> Result<()> {
        let tx = self.core.db.begin().await?;
        for row in rows {
            outbox::settle(&tx, row.id, &settled, Millis::from(self.now())).await?;
        }
        tx.commit().await?;
        self.announce(rows).await
    }

    /// Trakt will not take these rows. What was watched to the end counts here all the same, and should a person try
    /// again, it goes to the history with its true time.
    pub(super) async fn fail(&self, rows: &[OutboxRow], trouble: outbox::Trouble) -> Step {
        let now = self.now();
        let tx = self.core.db.begin().await?;
        for row in rows {
            if counts(row).is_some() {
                self.to_history(&tx, row, now).await?;
            }
            outbox::settle(&tx, row.id, &Settled::Failed(trouble.clone()), Millis::from(now)).await?;
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
        tracing::debug!(user_id = self.user(), rows = rows.len(), %error, "telling Trakt failed");
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
            if let (Some(stop), Settled::Retry(..)) = (counts(row), settled) {
                self.provisional(&tx, row, &stop, now).await?;
            }
            outbox::settle(&tx, row.id, settled, Millis::from(now)).await?;
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

    pub(super) fn user(&self) -> i64 {
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
