//! Recording the result of a comparison.

use chrono::{DateTime, Utc};
use db::{
    ids::TitleId,
    kinds::SyncCategory,
    progress,
    rows::{Progress, SyncChange, SyncCursor, TraktPlayback},
    sync_changes, timeline, trakt_playbacks,
};

use super::super::{cursor, worker::Worker};
use crate::{
    Result, SyncEvent,
    account::to_trakt,
    changes::{Change, Run},
};

/// What a comparison records.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) put: Vec<Progress>,
    pub(super) gone: Vec<TitleId>,
    pub(super) noted: Vec<TraktPlayback>,
    pub(super) forgotten: Vec<TitleId>,
    /// Changes made here, for the log.
    pub(super) log: Vec<Change>,
    /// Changes made on Trakt, for the log.
    pub(super) sent: Vec<SyncChange>,
    pub(super) new_titles: bool,
}

impl Changes {
    /// Writes everything in one transaction and announces it. `began_at` is when the read started.
    pub(super) async fn write(
        self,
        worker: &Worker<'_>,
        cursor: &SyncCursor,
        began_at: DateTime<Utc>,
    ) -> Result<()> {
        let core = &worker.engine.core;
        let (user_id, account) = (cursor.user_id, cursor.account.as_str());
        let is_changed = !self.put.is_empty() || !self.gone.is_empty();
        let (reason, began_at) = cursor::reason(cursor.state, cursor.asked_at, began_at);
        let run = Run { user_id, account, category: SyncCategory::Playback, reason, began_at };
        let tx = core.db.begin().await?;
        for row in self.put {
            // A player may have reported while Trakt was being read: the newest wins.
            let here = progress::find(&tx, user_id, row.title_id).await?;
            if here.is_none_or(|here| to_trakt(&worker.client, here.paused_at.0) < row.paused_at.0) {
                progress::put(&tx, row).await?;
            }
        }
        timeline::delete_progress(&tx, user_id, &self.gone).await?;
        trakt_playbacks::put_many(&tx, self.noted).await?;
        trakt_playbacks::forget(&tx, user_id, account, &self.forgotten).await?;
        run.log(&tx, self.log, core.clock.now()).await?;
        sync_changes::insert_many(&tx, self.sent).await?;
        tx.commit().await?;
        if is_changed || self.new_titles {
            core.events.send(SyncEvent::Pulled { user_id, new_titles: self.new_titles });
        }
        Ok(())
    }
}
