//! One loop per account with something to send, and the watch for silent players. A lease per account, taken by the
//! drain, keeps two nodes on one database from running the same account.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use clock::until;
use db::{Millis, ids::UserId, outbox, trakt_accounts};
use tokio::{sync::Notify, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::{Engine, Error, account::release_lease, push::Drained};

/// How often silent players and accounts without a loop are looked for.
const ROUND: Duration = Duration::from_secs(15);
/// The wait after a failure of our own: the database is away, say.
const AFTER_FAILURE: Duration = Duration::from_secs(10);
/// How long a loop sleeps at most: rows that another node wrote wake nobody here.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// How long finished rows are kept: the dots of old players and the timeline look at them.
const KEPT: TimeDelta = TimeDelta::days(30);
/// Old rows are cleared away every so many rounds.
const CLEAR_EVERY: u32 = 240;

impl Engine {
    /// Runs until `stop` is cancelled: one loop per connected account, and the watch for players that fell silent.
    pub async fn run(&self, stop: CancellationToken) {
        let mut loops = JoinSet::new();
        for round in 0_u32.. {
            self.start_loops(&stop, &mut loops).await;
            look_after_players(self, round % CLEAR_EVERY == 0).await;
            tokio::select! {
                () = stop.cancelled() => break,
                () = self.wakeups.round() => {}
                () = self.core.clock.sleep(ROUND) => {}
            }
        }
        // Every loop ends after the call it is in: its rows are settled, and its lease is given back.
        while loops.join_next().await.is_some() {}
    }

    async fn start_loops(&self, stop: &CancellationToken, loops: &mut JoinSet<()>) {
        let accounts = match trakt_accounts::list_with_token(&self.core.db).await {
            Ok(accounts) => accounts,
            Err(error) => return tracing::warn!(%error, "the connected accounts cannot be read"),
        };
        for user_id in accounts.into_iter().map(|account| account.user_id) {
            if let Some(wakeup) = self.wakeups.add(user_id) {
                loops.spawn(account_loop(self.clone(), user_id, wakeup, stop.clone()));
            }
        }
        while loops.try_join_next().is_some() {}
    }
}

/// Drains one account whenever something is due, for as long as it is connected.
async fn account_loop(engine: Engine, user_id: UserId, wakeup: Arc<Notify>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let sleep = match engine.drain(user_id).await {
            Ok(Drained::Until(moment)) => until(engine.core.clock.now(), moment).min(LONGEST_SLEEP),
            Ok(Drained::Idle | Drained::Stopped) | Err(Error::NotConfigured) => LONGEST_SLEEP,
            Err(error) => {
                tracing::warn!(user_id = user_id.0, %error, "the outbox could not be worked off");
                AFTER_FAILURE
            }
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = wakeup.notified() => {}
            () = engine.core.clock.sleep(sleep) => {}
        }
        if !is_connected(&engine, user_id).await {
            break;
        }
    }
    engine.wakeups.remove(user_id);
    if let Err(error) = release_lease(&engine.core.db, &engine.core.node, user_id).await {
        tracing::debug!(user_id = user_id.0, %error, "the lease could not be given back; it ends by itself");
    }
}

async fn is_connected(engine: &Engine, user_id: UserId) -> bool {
    match trakt_accounts::find(&engine.core.db, user_id).await {
        Ok(account) => account.is_some_and(|account| account.token.is_some()),
        // Not to be known now: the next drain says what is wrong.
        Err(_) => true,
    }
}

async fn look_after_players(engine: &Engine, clear: bool) {
    if let Err(error) = engine.stop_silent_players().await {
        tracing::warn!(%error, "silent players could not be looked for");
    }
    if clear && let Err(error) = clear_away(engine).await {
        tracing::warn!(%error, "old rows could not be cleared away");
    }
}

async fn clear_away(engine: &Engine) -> crate::Result<()> {
    engine.prune_players().await?;
    let before = Millis::from(engine.core.clock.now() - KEPT);
    let tx = engine.core.db.begin().await?;
    outbox::prune(&tx, before).await?;
    Ok(tx.commit().await?)
}
