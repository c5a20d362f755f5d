//! Undoing everything that one run of the sync has changed.

use std::collections::BTreeMap;

use db::{
    ids::{SyncChangeId, TitleId, UserId},
    sync_changes,
};

use super::CannotUndo;
use crate::{Engine, Error, Result, SyncEvent};

/// How many changes are undone in one transaction, so that other writers do not wait long.
const AT_ONCE: usize = 100;

/// The result of undoing a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UndoneRun {
    /// The titles of the undone changes; a title that changed twice appears twice.
    pub title_ids: Vec<TitleId>,
    /// How many changes could not be undone and were kept.
    pub kept: u64,
}

impl Engine {
    /// Undoes all changes of the run that a change belongs to, on both sides, newest first. Items that an
    /// import only counted are not undone.
    ///
    /// # Errors
    /// The same as [`Engine::undo`]; [`CannotUndo::NotKnown`] if the change belongs to no run.
    pub async fn undo_run(&self, user_id: UserId, id: SyncChangeId) -> Result<UndoneRun> {
        let account = self.connected(user_id).await?;
        let acting = self.acting(user_id, &account).await?;
        let change =
            sync_changes::find(&self.core.db, user_id, id).await?.ok_or(Error::NotFound("change"))?;
        if change.account != account {
            return Err(Error::CannotUndo(CannotUndo::OtherAccount));
        }
        let run_at = change.run_at.ok_or(Error::CannotUndo(CannotUndo::NotKnown))?;
        let changes = sync_changes::of_run(&self.core.db, user_id, &account, run_at).await?;
        let mut undone = UndoneRun::default();
        for part in changes.chunks(AT_ONCE) {
            let tx = self.core.db.begin().await?;
            let mut events = Events::default();
            for change in part {
                match acting.undo(&tx, change).await {
                    Ok(event) => events.add(event),
                    Err(Error::CannotUndo(CannotUndo::Gone | CannotUndo::NotKnown)) => {
                        undone.kept += 1;
                        continue;
                    }
                    Err(error) => return Err(error),
                }
                undone.title_ids.extend(change.title_id);
            }
            tx.commit().await?;
            self.announce_undone(user_id, events.0.into_values());
        }
        Ok(undone)
    }
}

/// What is announced: one event of each kind, however many changes there were.
#[derive(Default)]
struct Events(BTreeMap<u8, SyncEvent>);

impl Events {
    fn add(&mut self, event: SyncEvent) {
        let kind = match event {
            SyncEvent::Plays { .. } => 0,
            SyncEvent::Preferences { .. } => 1,
            SyncEvent::Pulled { .. } => 2,
            _ => 3,
        };
        match (self.0.get_mut(&kind), event) {
            (Some(SyncEvent::Plays { play_ids, .. }), SyncEvent::Plays { play_ids: more, .. }) => {
                play_ids.extend(more);
            }
            (
                Some(SyncEvent::Preferences { title_ids, .. }),
                SyncEvent::Preferences { title_ids: more, .. },
            ) => title_ids.extend(more),
            (_, event) => {
                self.0.insert(kind, event);
            }
        }
    }
}
