//! Decides what the drain does next: acquire the lease, tidy up, send the most urgent row.

use chrono::{DateTime, Utc};
use db::{
    Millis,
    ids::UserId,
    kinds::{AccountState, OutboxKind, OutboxState},
    outbox::{self, Lane, Settled},
    rows::{OutboxRow, TraktAccount},
    trakt_accounts,
};
use trakt::models::Scrobble;

use super::{
    Drained, batch,
    collection::{self, Collecting},
    doubt, item, plan,
    plan::{Bulk, Pick, Tidy},
    preference, removal, stop,
    subject::Known,
    taken, withdrawn,
    worker::{Step, Worker},
};
use crate::{
    Result,
    account::{Effect, LEASE_RETRY, Throttle, judge, profile},
    core::Core,
    outbox::{enqueue_identified, resume},
    status::Failure,
};

/// How many queued rows are searched for titles that have since been matched.
const REARMED: u64 = 500;

/// How many due rows are read at once.
const DUE: u64 = 200;
/// Maximum number of history entries looked up at once.
const VERIFIED: u64 = 10_000;

/// Sends everything that is due for this user, until nothing is due or the user has to act. Messages about what
/// is being watched now are sent first.
pub(crate) async fn drain(core: &Core, user_id: UserId) -> Result<Drained> {
    loop {
        let live = drain_lane(core, user_id, Lane::Live).await?;
        if let Some(bulk) = lane_step(core, user_id, Lane::Bulk).await? {
            return Ok(live.and(bulk));
        }
    }
}

/// Processes one lane, until nothing is due or the user has to act.
pub(crate) async fn drain_lane(core: &Core, user_id: UserId, lane: Lane) -> Result<Drained> {
    loop {
        if let Some(drained) = lane_step(core, user_id, lane).await? {
            return Ok(drained);
        }
    }
}

async fn lane_step(core: &Core, user_id: UserId, lane: Lane) -> Step {
    let account = core.accounts.get(user_id)?;
    let mut throttle = account.lane(lane).await;
    account.follow_resets(&mut throttle);
    Worker { core, account: &account }.step(lane, &mut throttle).await
}

impl Worker<'_> {
    async fn step(&self, lane: Lane, throttle: &mut Throttle) -> Step {
        let now = self.now();
        if !self.account.take_lease(lane).await? {
            return Ok(Some(Drained::Until(now + LEASE_RETRY)));
        }
        let stored = trakt_accounts::find(&self.core.db, self.user()).await?;
        let Some(stored) = stored.filter(|account| account.state == AccountState::Connected) else {
            return Ok(Some(Drained::Stopped));
        };
        match lane {
            Lane::Live => self.live_step(&stored, throttle, now).await,
            Lane::Bulk => self.bulk_step(&stored, throttle, now).await,
        }
    }

    async fn live_step(&self, stored: &TraktAccount, throttle: &mut Throttle, now: DateTime<Utc>) -> Step {
        let rows = outbox::open_scrobbles(&self.core.db, self.user()).await?;
        if self.withhold(&rows).await? || self.follow_clock(&rows).await? {
            return Ok(None);
        }
        let tidied = plan::tidy(&rows, now);
        if !tidied.is_empty() {
            self.tidy(&rows, &tidied, now).await?;
            return Ok(None);
        }
        let waiting = match self.pause(throttle) {
            Some(moment) => Some(moment),
            None if rows.is_empty() => None,
            None => self.account.ensure_profile(stored).await?,
        };
        if let Some(moment) = waiting {
            let late = plan::next_late(&rows, now);
            return Ok(Some(match rows.is_empty() {
                true => Drained::Idle,
                false => Drained::Until(late.map_or(moment, |late| late.min(moment))),
            }));
        }
        if self.learn_clock(&rows).await {
            return Ok(None);
        }
        match plan::pick(&rows, now) {
            Pick::Row(row) => self.scrobble(*row, throttle).await,
            Pick::Wait(moment) => Ok(Some(Drained::Until(moment))),
            Pick::Nothing => Ok(Some(Drained::Idle)),
        }
    }

    async fn bulk_step(&self, stored: &TraktAccount, throttle: &mut Throttle, now: DateTime<Utc>) -> Step {
        if let Some(moment) = self.pause(throttle) {
            return Ok(Some(Drained::Until(moment)));
        }
        if let Some(moment) = self.account.ensure_profile(stored).await? {
            return Ok(Some(Drained::Until(moment)));
        }
        let (db, at) = (&self.core.db, Millis::from(now));
        let due = outbox::due_bulk(db, self.user(), at, DUE).await?;
        if self.withhold(&due).await? || self.follow_clock(&due).await? {
            return Ok(None);
        }
        if self.learn_clock(&due).await {
            return Ok(None);
        }
        match plan::bulk(&due, throttle.single_sends > 0) {
            Bulk::Withdrawn(row) => withdrawn::send(self, *row, throttle).await,
            Bulk::Removals(rows) => removal::send(self, rows, throttle).await,
            Bulk::Preferences(rows) => preference::send(self, profile::slug(stored), rows, throttle).await,
            Bulk::Doubtful(rows) => doubt::settle(self, rows, throttle).await,
            Bulk::Fresh(rows) => batch::send(self, rows, throttle).await,
            Bulk::Nothing if self.catch_up().await? || self.rearm_matched(now).await? => Ok(None),
            Bulk::Nothing => {
                let taken = outbox::to_verify(db, self.user(), at, VERIFIED).await?;
                if !taken.is_empty() {
                    return taken::verify(self, taken, throttle).await;
                }
                if self.collect(stored, throttle).await? {
                    return Ok(None);
                }
                let next = outbox::next_bulk_due(db, self.user()).await?;
                let verify = outbox::next_verify(db, self.user()).await?;
                let wake = next.into_iter().chain(verify).map(|due| due.0).min();
                Ok(Some(wake.map_or(Drained::Idle, Drained::Until)))
            }
        }
    }

    /// Sends changes of the collection; returns whether there may be more. The lane will check again soon enough.
    async fn collect(&self, stored: &TraktAccount, throttle: &mut Throttle) -> Result<bool> {
        let Some(slug) = profile::slug(stored) else { return Ok(false) };
        let Self { core, account } = self;
        let collecting = Collecting { core, account, user_id: self.user(), slug };
        Ok(collecting.step(throttle).await? == collection::Step::More)
    }

    /// Returns until when the lane must not send.
    fn pause(&self, throttle: &Throttle) -> Option<DateTime<Utc>> {
        let left = throttle.not_before?.left(&*self.core.clock);
        (!left.is_zero()).then(|| clock::after(self.now(), left))
    }

    /// Retries plays whose titles could not be identified on Trakt and have since been matched; returns whether there
    /// are any.
    async fn rearm_matched(&self, now: DateTime<Utc>) -> Result<bool> {
        let tx = self.core.db.begin().await?;
        let mut any = enqueue_identified(&tx, self.user(), now).await?;
        tx.commit().await?;
        let queue = outbox::queue(&self.core.db, self.user(), 0, REARMED).await?;
        for row in queue.iter().filter(|row| is_unmatched(row)) {
            let is_named = match row.kind.preference() {
                Some(_) => Known::find(&self.core.db, row.title_id).await?.is_some(),
                None => item::of_row(&self.core.db, row).await?.is_some(),
            };
            if is_named {
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
        let call = item::titled(&self.core.db, &row, item.scrobble(scrobble.progress)).await?;
        match row.kind {
            OutboxKind::ScrobbleStart => self.announce_viewing(row, &call, Announced::Start, throttle).await,
            OutboxKind::ScrobblePause => self.announce_viewing(row, &call, Announced::Pause, throttle).await,
            OutboxKind::ScrobbleStop => stop::send(self, row, scrobble, item, throttle).await,
            OutboxKind::HistoryAdd
            | OutboxKind::HistoryRemove
            | OutboxKind::RatingAdd
            | OutboxKind::RatingRemove
            | OutboxKind::WatchlistAdd
            | OutboxKind::WatchlistRemove
            | OutboxKind::DroppedAdd
            | OutboxKind::DroppedRemove
            | OutboxKind::RecommendationHide
            | OutboxKind::RecommendationUnhide => self.fail(&[row], &Failure::Unreadable).await,
        }
    }

    /// Returns whether a restored resume point is gone or replaced by now, in which case it is not sent to Trakt.
    async fn is_outdated(&self, row: &OutboxRow) -> Result<bool> {
        let is_outdated = resume::is_outdated(&self.core.db, row).await?;
        if is_outdated {
            let tx = self.core.db.begin().await?;
            outbox::settle(&tx, row.id, &Settled::Superseded, Millis::from(self.now())).await?;
            tx.commit().await?;
            self.announce(&[row]).await?;
        }
        Ok(is_outdated)
    }

    /// Sends a start or a pause. Sending either twice does no harm.
    async fn announce_viewing(
        &self,
        row: OutboxRow,
        call: &Scrobble,
        announced: Announced,
        throttle: &mut Throttle,
    ) -> Step {
        if self.is_outdated(&row).await? || self.claim(&[row.id]).await?.is_empty() {
            return Ok(None);
        }
        let api = self.account.client.scrobble();
        let sent = match announced {
            Announced::Start => api.start(call).await.map(|_| ()),
            Announced::Pause => api.pause(call).await.map(|_| ()),
        };
        match sent {
            // 409: it was counted a moment ago. 422: not far enough to matter.
            Ok(_) | Err(trakt::Error::Conflict(_) | trakt::Error::Validation { status: 422, .. }) => {
                self.account.succeeded(throttle).await?;
                self.settle(&[&row], Settled::Done).await?;
                Ok(None)
            }
            // Trakt has disabled and re-enabled pauses during 2026. The viewing continues without them.
            Err(error) if matches!((announced, judge(&error).effect), (Announced::Pause, Effect::Refuse)) => {
                self.account.succeeded(throttle).await?;
                self.settle(&[&row], Settled::Superseded).await?;
                Ok(None)
            }
            Err(error) => self.failed(&[row], error, throttle).await,
        }
    }
}

/// What Trakt shows about an ongoing viewing.
#[derive(Clone, Copy)]
enum Announced {
    Start,
    Pause,
}

/// Returns whether a message failed because its title could not be identified.
fn is_unmatched(row: &OutboxRow) -> bool {
    row.state == OutboxState::Failed && row.error_code.as_deref() == Some(&Failure::NotMatched.stored().code)
}
