//! Two loops per connected account, one for each lane, and the check for players without reports. A lease per account,
//! acquired by the drain and extended by the round, prevents two nodes on one database from running the same account.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use clock::until;
use db::{
    Millis,
    ids::UserId,
    outbox::{self, Lane},
    sync_changes, trakt_accounts,
};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::{
    Engine, Error,
    account::{extend_leases, release_lease},
    lists, peers, pull,
    push::{self, Drained},
    wakeups::AccountWakeups,
};

/// How often leases are extended, and players without reports and accounts without a loop are checked.
const ROUND: Duration = Duration::from_secs(10);
/// The wait after an internal failure, such as an unavailable database.
const AFTER_FAILURE: Duration = Duration::from_secs(10);
/// The maximum sleep of a loop: rows written by another node do not wake it.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// How long finished rows are kept, for the dots of old players and the timeline.
const KEPT: TimeDelta = TimeDelta::days(30);
/// How long the sync log is kept.
const LOG_KEPT: TimeDelta = TimeDelta::days(180);
/// The number of rounds between cleanups of old rows.
const CLEAR_EVERY: u32 = 360;

/// The number of rounds between checks of a rejected application: a quarter of an hour.
const CHECK_APPLICATION_EVERY: u32 = 90;

impl Engine {
    /// Starts [`Engine::run`] as one of `tasks`. An async function is compiled in the crate that polls it: started
    /// here, the engine is built beside the other crates and not with every edit of the server.
    pub fn start_background(&self, tasks: &TaskTracker, stop: CancellationToken) {
        let engine = self.clone();
        tasks.spawn(async move { engine.run(stop).await });
    }

    /// Runs until `stop` is cancelled: the loops of connected accounts, and the check for players without reports.
    pub async fn run(&self, stop: CancellationToken) {
        let mut loops = JoinSet::new();
        loops.spawn(peers::follow(self.clone(), stop.clone()));
        for round in 0_u32.. {
            self.extend_leases().await;
            self.start_loops(&stop, &mut loops).await;
            check_players(self, round % CLEAR_EVERY == 0).await;
            if round % CHECK_APPLICATION_EVERY == 0 {
                self.recheck_application().await;
            }
            tokio::select! {
                () = stop.cancelled() => break,
                () = self.wakeups.round() => {}
                () = self.core.clock.sleep(ROUND) => {}
            }
        }
        // Every loop finishes its current call: the rows of the call are settled, and the lease is released.
        while loops.join_next().await.is_some() {}
    }

    /// Extends the leases of this node's accounts, so that it keeps them however long their calls take.
    async fn extend_leases(&self) {
        let now = Millis::from(self.core.clock.now());
        if let Err(error) = extend_leases(&self.core.db, &self.core.node, now).await {
            tracing::warn!(%error, "the leases of the accounts could not be extended");
        }
    }

    /// Checks whether Trakt allows a rejected application again, for example after a membership was renewed or
    /// the application was approved. Then the user does not have to do anything here.
    async fn recheck_application(&self) {
        if let Err(error) = self.check_refused_application().await {
            tracing::warn!(%error, "cannot check whether Trakt allows the application again");
        }
    }

    async fn start_loops(&self, stop: &CancellationToken, loops: &mut JoinSet<()>) {
        let accounts = match trakt_accounts::list_with_token(&self.core.db).await {
            Ok(accounts) => accounts,
            Err(error) => return tracing::warn!(%error, "the connected accounts cannot be read"),
        };
        for user_id in accounts.into_iter().map(|account| account.user_id) {
            if let Some(wakeups) = self.wakeups.add(user_id) {
                loops.spawn(account_loop(self.clone(), user_id, wakeups, stop.clone()));
            }
        }
        while loops.try_join_next().is_some() {}
    }
}

/// Works for one account as long as it is connected. Both lanes run concurrently, so that what is being watched now
/// never waits behind bulk work, and plays from elsewhere and followed lists are read alongside. All loops end
/// together: an account that is reconnected a moment later gets new loops for everything.
async fn account_loop(
    engine: Engine,
    user_id: UserId,
    wakeups: Arc<AccountWakeups>,
    stop: CancellationToken,
) {
    let ended = stop.child_token();
    let of = |lane| lane_loop(&engine, user_id, lane, &wakeups, &ended);
    tokio::join!(
        of(Lane::Live),
        of(Lane::Bulk),
        pull::run(&engine, user_id, &ended),
        lists::run(&engine, user_id, &ended)
    );
    engine.wakeups.remove(user_id);
    if let Err(error) = release_lease(&engine.core.db, &engine.core.node, user_id).await {
        tracing::debug!(user_id = user_id.0, %error, "the lease could not be given back; it ends by itself");
    }
}

/// Drains one lane whenever something is due, until the account is no longer connected or `ended` is cancelled.
async fn lane_loop(
    engine: &Engine,
    user_id: UserId,
    lane: Lane,
    wakeups: &AccountWakeups,
    ended: &CancellationToken,
) {
    while !ended.is_cancelled() {
        let sleep = match push::drain_lane(&engine.core, user_id, lane).await {
            Ok(Drained::Until(moment)) => until(engine.core.clock.now(), moment).min(LONGEST_SLEEP),
            Ok(Drained::Idle | Drained::Stopped) | Err(Error::NotConfigured) => LONGEST_SLEEP,
            Err(error) => {
                tracing::warn!(user_id = user_id.0, ?lane, %error, "the outbox could not be processed");
                AFTER_FAILURE
            }
        };
        if lane == Lane::Live {
            // A stop that came too late has become work of the other lane.
            wakeups.of(Lane::Bulk).notify_one();
        }
        tokio::select! {
            () = ended.cancelled() => break,
            () = wakeups.of(lane).notified() => {}
            () = engine.core.clock.sleep(sleep) => {}
        }
        if !is_connected(engine, user_id).await {
            ended.cancel();
        }
    }
}

async fn is_connected(engine: &Engine, user_id: UserId) -> bool {
    match trakt_accounts::find(&engine.core.db, user_id).await {
        Ok(account) => account.is_some_and(|account| account.token.is_some()),
        // If this cannot be determined now, the next drain reports the problem.
        Err(_) => true,
    }
}

async fn check_players(engine: &Engine, clear: bool) {
    if let Err(error) = engine.stop_silent_players().await {
        tracing::warn!(%error, "cannot look for players that stopped reporting");
    }
    if clear && let Err(error) = prune(engine).await {
        tracing::warn!(%error, "old rows could not be deleted");
    }
}

async fn prune(engine: &Engine) -> crate::Result<()> {
    engine.prune_players().await?;
    let before = Millis::from(engine.core.clock.now() - KEPT);
    let tx = engine.core.db.begin().await?;
    outbox::prune(&tx, before).await?;
    sync_changes::prune(&tx, Millis::from(engine.core.clock.now() - LOG_KEPT)).await?;
    Ok(tx.commit().await?)
}
