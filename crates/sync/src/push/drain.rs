//! What the drain does next: take the lease, tidy up, send the most urgent row.

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Millis,
    ids::UserId,
    kinds::{AccountState, OutboxKind},
    leases,
    outbox::{self, Settled},
    rows::{OutboxRow, TraktAccount},
    trakt_accounts,
};
use trakt::models::Scrobble;

use super::{
    Drained, Pace, backoff, batch, item, plan,
    plan::{Pick, Tidy},
    removal, stop, withdrawn,
    worker::{Step, Worker},
};
use crate::{Result, core::Core, profile, text};

/// Longer than a step can take: a call waits 10 s for its turn and 25 s for its answer, and a step makes two or three.
const LEASE: TimeDelta = TimeDelta::seconds(180);
/// How soon another node's lease is asked for again.
const LEASE_RETRY: TimeDelta = TimeDelta::seconds(30);

/// How much of the queue is looked through for titles that have been matched since.
const REARMED: u64 = 500;

/// Sends what is due for this person, until nothing is or somebody has to act.
pub(crate) async fn drain(core: &Core, user_id: UserId) -> Result<Drained> {
    let account = core.accounts.get(user_id)?;
    let mut pace = account.pace.lock().await;
    let worker = Worker { core, account: &account };
    loop {
        if let Some(drained) = worker.step(&mut pace).await? {
            return Ok(drained);
        }
    }
}

impl Worker<'_> {
    async fn step(&self, pace: &mut Pace) -> Step {
        let now = self.now();
        if !self.enter(now).await? {
            return Ok(Some(Drained::Until(now + LEASE_RETRY)));
        }
        let stored = trakt_accounts::find(&self.core.db, self.user()).await?;
        let Some(stored) = stored.filter(|account| account.state == AccountState::Connected) else {
            return Ok(Some(Drained::Stopped));
        };
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
        if profile::is_missing(&stored)
            && let Some(drained) = self.introduce(&stored, pace).await?
        {
            return Ok(Some(drained));
        }
        let wake = match plan::pick(&rows, now) {
            Pick::Row(row) => return self.scrobble(*row, pace).await,
            Pick::Wait(moment) => Some(moment),
            Pick::Nothing => None,
        };
        let due = outbox::due_bulk(&self.core.db, self.user(), Millis::from(now), 200).await?;
        let chosen = plan::batch(&due, pace.alone > 0);
        match chosen.first().map(|row| row.kind) {
            Some(_) if chosen[0].withdrawn => withdrawn::send(self, chosen[0].clone(), pace).await,
            Some(OutboxKind::HistoryRemove) => removal::send(self, &chosen[0], pace).await,
            Some(_) => batch::send(self, chosen, pace).await,
            None if self.rearm_matched(now).await? => Ok(None),
            None => {
                let bulk = outbox::next_bulk_due(&self.core.db, self.user()).await?.map(|due| due.0);
                let wake = [wake, bulk].into_iter().flatten().min();
                Ok(Some(wake.map_or(Drained::Idle, Drained::Until)))
            }
        }
    }

    /// Takes up the plays of titles that could not be named to Trakt and have been matched since. Whether there are any.
    async fn rearm_matched(&self, now: DateTime<Utc>) -> Result<bool> {
        let queue = outbox::queue(&self.core.db, self.user(), 0, REARMED).await?;
        let mut any = false;
        for row in queue.iter().filter(|row| text::is_unmatched(row)) {
            if item::of_row(&self.core.db, row).await?.is_some() {
                let tx = self.core.db.begin().await?;
                any |= outbox::retry(&tx, self.user(), row.id, Millis::from(now)).await?;
                tx.commit().await?;
            }
        }
        Ok(any)
    }

    /// Asks whose account it is when Trakt had no answer while it was connected. The sending goes on meanwhile, unless
    /// what waits may be meant for another account.
    async fn introduce(&self, stored: &TraktAccount, pace: &mut Pace) -> Step {
        let now = self.now();
        let mut ask_again_at = pace.ask_again_at.filter(|moment| *moment > now);
        if ask_again_at.is_none() {
            match profile::read(self.core, self.account).await? {
                Ok(()) => (pace.anonymous, pace.ask_again_at) = (0, None),
                Err(error) => {
                    tracing::debug!(user_id = self.user().0, %error, "whose account it is could not be read");
                    pace.anonymous += 1;
                    ask_again_at = Some(now + backoff::after(pace.anonymous));
                    pace.ask_again_at = ask_again_at;
                }
            }
        }
        let unsure = profile::account_before(stored).is_some();
        Ok(ask_again_at.filter(|_| unsure).map(Drained::Until))
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
            tracing::info!(
                user_id = self.user().0,
                lost,
                "outbox rows were in flight when their sender died"
            );
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
                Tidy::ToHistory(_) => self.to_history(&tx, id, now).await?,
            }
            touched.push(row);
        }
        tx.commit().await?;
        self.announce(&touched).await
    }

    async fn scrobble(&self, row: OutboxRow, pace: &mut Pace) -> Step {
        if row.withdrawn {
            return withdrawn::send(self, row, pace).await;
        }
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
            OutboxKind::ScrobbleStart => api.start(scrobble).await.map(|_| ()),
            _ => api.pause(scrobble).await.map(|_| ()),
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
}
