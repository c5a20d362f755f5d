//! Nodes that share a database: changes on one are seen on the others.
//!
//! Each node increments a user's revision in the database shortly after something changed for them, and reads all
//! revisions. A revision that it did not increment itself came from another node: it wakes the account's loops and
//! announces what the user may be looking at. The server's application is read along with them.

use std::{collections::HashMap, time::Duration};

use db::{
    Json,
    ids::{TitleId, UserId},
    playback_sessions, plays, revisions, titles,
};
use tokio_util::sync::CancellationToken;

use crate::{
    Engine, Result, application,
    events::{Events, SyncEvent},
    status::ConnectState,
};

/// How often revisions are raised and read. This is cheap: the table is small.
const EVERY: Duration = Duration::from_secs(2);
/// How many of the newest plays are announced after a change elsewhere.
const PLAYS: u64 = 50;

/// Runs until `stop` is cancelled.
pub(crate) async fn follow(engine: Engine, stop: CancellationToken) {
    let mut peers = Peers { engine, known: None, announced: HashMap::new(), newest_title: None };
    while !stop.is_cancelled() {
        if let Err(error) = peers.exchange().await {
            tracing::debug!(%error, "changes could not be exchanged with other nodes");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = peers.engine.core.clock.sleep(EVERY) => {}
        }
    }
}

struct Peers {
    engine: Engine,
    /// The revisions when they were last raised or read; `None` before the first read.
    known: Option<HashMap<UserId, i64>>,
    /// What the others were last notified of about connection attempts here.
    announced: HashMap<UserId, ConnectState>,
    /// The newest title at the last check.
    newest_title: Option<TitleId>,
}

impl Peers {
    async fn exchange(&mut self) -> Result<()> {
        let engine = self.engine.clone();
        let db = &engine.core.db;
        engine.follow_application().await?;
        let Some(mut known) = self.known.take() else {
            self.known = Some(revisions::all(db).await?.into_iter().collect());
            self.newest_title = titles::newest(db).await?;
            return Ok(());
        };
        let changed = engine.core.events.take_changed();
        let exchanged = self.raise_and_read(&engine, &mut known, &changed).await;
        self.known = Some(known);
        match exchanged {
            Ok(changed_elsewhere) => {
                let new_titles = !changed_elsewhere.is_empty() && self.are_new_titles().await?;
                for user_id in changed_elsewhere {
                    self.engine.changed_elsewhere(user_id, new_titles).await?;
                }
                Ok(())
            }
            Err(error) => {
                engine.core.events.put_back(changed);
                Err(error)
            }
        }
    }

    /// Whether there are new titles since the last check.
    async fn are_new_titles(&mut self) -> Result<bool> {
        let newest = titles::newest(&self.engine.core.db).await?;
        let before = std::mem::replace(&mut self.newest_title, newest);
        Ok(newest > before)
    }

    /// Notifies the others of changes here; returns users with changes there.
    async fn raise_and_read(
        &mut self,
        engine: &Engine,
        known: &mut HashMap<UserId, i64>,
        changed: &[UserId],
    ) -> Result<Vec<UserId>> {
        let db = &engine.core.db;
        let mut elsewhere = Vec::new();
        for &user_id in changed {
            let connecting = engine.connects.own_state(user_id);
            let tx = db.begin().await?;
            if let Some(state) = connecting.filter(|state| self.announced.get(&user_id) != Some(state)) {
                let stored: Json = serde_json::to_value(&state).expect("plain data is always JSON");
                revisions::put_connect_attempt(&tx, user_id, &engine.core.node, stored).await?;
                self.announced.insert(user_id, state);
            }
            let revision = revisions::raise(&tx, user_id).await?;
            tx.commit().await?;
            if known.insert(user_id, revision).unwrap_or(0) + 1 != revision {
                elsewhere.push(user_id);
            }
        }
        for (user_id, revision) in revisions::all(db).await? {
            if known.insert(user_id, revision) != Some(revision) {
                elsewhere.push(user_id);
            }
        }
        Ok(elsewhere)
    }
}

impl Engine {
    /// Applies an application that another node stored or removed.
    async fn follow_application(&self) -> Result<()> {
        let core = &self.core;
        let stored = application::load(&core.db, &core.secrets, &core.user_agent).await?;
        if core.accounts.has_application(stored.as_ref()) {
            return Ok(());
        }
        self.use_application(stored)?;
        self.announce_accounts(Events::relay).await
    }

    /// Handles a change by another node for this user.
    async fn changed_elsewhere(&self, user_id: UserId, new_titles: bool) -> Result<()> {
        let core = &self.core;
        self.wake(user_id);
        if let Some((node, stored)) = revisions::connect_attempt(&core.db, user_id).await?
            && node != core.node
            && let Ok(state) = serde_json::from_value::<ConnectState>(stored)
            && self.connects.set_by_peer(user_id, state.clone())
        {
            core.events.relay(SyncEvent::Connect { user_id, state });
        }
        core.events.relay(SyncEvent::Account { user_id });
        let play_ids = plays::newest(&core.db, user_id, PLAYS).await?;
        core.events.relay(SyncEvent::Plays { user_id, play_ids });
        core.events.relay(SyncEvent::Lists { user_id, new_titles });
        if new_titles {
            core.events.relay(SyncEvent::Pulled { user_id, new_titles });
        }
        for session in playback_sessions::live(&core.db, user_id).await? {
            if let Some((user_id, status)) = core.dot(&session.id).await? {
                core.events.relay(SyncEvent::Scrobble { user_id, session_id: session.id, status });
            }
        }
        Ok(())
    }
}
