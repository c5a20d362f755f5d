//! What the drain does next: take the lease, tidy up, send the most urgent row.

use chrono::{DateTime, Utc};
use db::{
    Millis,
    ids::UserId,
    kinds::{AccountState, OutboxKind, OutboxState},
    outbox::{self, Settled},
    rows::OutboxRow,
    trakt_accounts,
};
use trakt::models::Scrobble;

use super::{
    Drained, batch, item, plan,
    plan::{Pick, Tidy},
    removal, stop, withdrawn,
    worker::{Step, Worker},
};
use crate::{
    Result,
    account::{LEASE_RETRY, Throttle},
    core::Core,
    outbox::enqueue_named,
    status::Failure,
};

/// How much of the queue is looked through for titles that have been matched since.
const REARMED: u64 = 500;

/// Sends what is due for this person, until nothing is or somebody has to act.
pub(crate) async fn drain(core: &Core, user_id: UserId) -> Result<Drained> {
    let account = core.accounts.get(user_id)?;
    let mut throttle = account.throttle.lock().await;
    let worker = Worker { core, account: &account };
    loop {
        if let Some(drained) = worker.step(&mut throttle).await? {
            return Ok(drained);
        }
    }
}

impl Worker<'_> {
    async fn step(&self, throttle: &mut Throttle) -> Step {
        let now = self.now();
        if !self.account.take_lease(now).await? {
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
        if let Some(moment) = throttle.not_before.filter(|moment| *moment > now) {
            let wake = plan::next_late(&rows, now).map_or(moment, |late| late.min(moment));
            return Ok(Some(Drained::Until(wake)));
        }
        if let Some(moment) = self.account.introduce(&stored, throttle).await? {
            return Ok(Some(Drained::Until(moment)));
        }
        let wake = match plan::pick(&rows, now) {
            Pick::Row(row) => return self.scrobble(*row, throttle).await,
            Pick::Wait(moment) => Some(moment),
            Pick::Nothing => None,
        };
        let due = outbox::due_bulk(&self.core.db, self.user(), Millis::from(now), 200).await?;
        let chosen = plan::batch(&due, throttle.single_sends > 0);
        match chosen.first() {
            Some(_) => self.bulk(chosen, throttle).await,
            None if self.rearm_matched(now).await? => Ok(None),
            None => {
                let bulk = outbox::next_bulk_due(&self.core.db, self.user()).await?.map(|due| due.0);
                let wake = [wake, bulk].into_iter().flatten().min();
                Ok(Some(wake.map_or(Drained::Idle, Drained::Until)))
            }
        }
    }

    /// Sends messages that belong together; see [`plan::batch`].
    async fn bulk(&self, rows: Vec<OutboxRow>, throttle: &mut Throttle) -> Step {
        let [first, ..] = rows.as_slice() else { return Ok(None) };
        if first.withdrawn {
            return withdrawn::send(self, first.clone(), throttle).await;
        }
        match first.kind {
            OutboxKind::HistoryRemove => removal::send(self, first, throttle).await,
            OutboxKind::HistoryAdd => batch::send(self, rows, throttle).await,
            OutboxKind::ScrobbleStart | OutboxKind::ScrobblePause | OutboxKind::ScrobbleStop => {
                self.scrobble(first.clone(), throttle).await
            }
        }
    }

    /// Tries the plays again whose titles nothing identified at Trakt and that have been matched since; whether there are
    /// any.
    async fn rearm_matched(&self, now: DateTime<Utc>) -> Result<bool> {
        let tx = self.core.db.begin().await?;
        let mut any = enqueue_named(&tx, self.user(), now).await?;
        tx.commit().await?;
        let queue = outbox::queue(&self.core.db, self.user(), 0, REARMED).await?;
        for row in queue.iter().filter(|row| is_unmatched(row)) {
            if item::of_row(&self.core.db, row).await?.is_some() {
                let tx = self.core.db.begin().await?;
                any |= outbox::retry(&tx, self.user(), row.id, Millis::from(now)).await?;
                tx.commit().await?;
            }
        }
        Ok(any)
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

    async fn scrobble(&self, row: OutboxRow, throttle: &mut Throttle) -> Step {
        if row.withdrawn {
            return withdrawn::send(self, row, throttle).await;
        }
        let Some(scrobble) = plan::scrobble(&row) else {
            return self.fail(&[row], &Failure::Unreadable).await;
        };
        let Some(item) = item::of_row(&self.core.db, &row).await? else {
            return self.fail(&[row], &Failure::NotMatched).await;
        };
        let call = item.scrobble(scrobble.progress);
        match row.kind {
            OutboxKind::ScrobbleStart => self.announce_viewing(row, &call, Announced::Start, throttle).await,
            OutboxKind::ScrobblePause => self.announce_viewing(row, &call, Announced::Pause, throttle).await,
            OutboxKind::ScrobbleStop => stop::send(self, row, scrobble, item, throttle).await,
            OutboxKind::HistoryAdd | OutboxKind::HistoryRemove => {
                self.fail(&[row], &Failure::Unreadable).await
            }
        }
    }

    /// Sends a start or a pause. Sending one twice does no harm.
    async fn announce_viewing(
        &self,
        row: OutboxRow,
        call: &Scrobble,
        announced: Announced,
        throttle: &mut Throttle,
    ) -> Step {
        if self.claim(&[row.id]).await?.is_empty() {
            return Ok(None);
        }
        let api = self.account.client.scrobble();
        let sent = match announced {
            Announced::Start => api.start(call).await.map(|_| ()),
            Announced::Pause => api.pause(call).await.map(|_| ()),
        };
        match sent {
            // 409: it has counted a moment ago. 422: not far enough to matter.
            Ok(_) | Err(trakt::Error::Conflict(_) | trakt::Error::Validation { status: 422, .. }) => {
                self.account.succeeded(throttle).await?;
                self.settle(&[&row], Settled::Done).await?;
                Ok(None)
            }
            Err(error) => self.failed(&[row], error, throttle).await,
        }
    }
}

/// What Trakt shows of a viewing that goes on.
#[derive(Clone, Copy)]
enum Announced {
    Start,
    Pause,
}

/// Whether a message failed because nothing identified its title.
fn is_unmatched(row: &OutboxRow) -> bool {
    row.state == OutboxState::Failed && row.error_code.as_deref() == Some(&Failure::NotMatched.stored().code)
}
