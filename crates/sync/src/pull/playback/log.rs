//! Log entries for resume points, and their removals on Trakt.

use chrono::{DateTime, Utc};
use db::{
    Json,
    ids::TitleId,
    kinds::{SyncCategory, SyncWhat},
    rows::{Progress, SyncChange, Title},
};
use trakt::models::PlaybackId;

use super::{comparing::Comparing, merge::There, written::Changes};
use crate::{
    Result,
    changes::{LoggedResumePoint, sent_change},
    position,
};

impl Comparing<'_> {
    /// Removes a point on Trakt.
    pub(super) async fn remove(&self, title: &Title, there: There) -> Result<()> {
        let sent = match self.worker.client.sync().remove_playback(PlaybackId(there.id.unsigned_abs())).await
        {
            Ok(()) => {
                let length = position::length_of(&self.worker.engine.core.db, title, None).await?;
                vec![self.removal_on_trakt(title.id, logged(there.percent, there.paused_at, length))]
            }
            // Somebody else has already removed it.
            Err(trakt::Error::NotFound) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let removed = Changes { forgotten: vec![title.id], sent, ..Changes::default() };
        removed.write(self.worker, self.cursor, self.began_at).await
    }

    /// Returns the log entry for a point that was removed on Trakt because it was removed here.
    fn removal_on_trakt(&self, title_id: TitleId, before: Json) -> SyncChange {
        let whose = (self.cursor.user_id, self.cursor.account.as_str(), SyncCategory::Playback);
        let now = self.worker.engine.core.clock.now();
        SyncChange {
            title_id: Some(title_id),
            before: Some(before),
            ..sent_change(whose, SyncWhat::Removed, now)
        }
    }

    pub(super) fn logged_here(&self, row: &Progress) -> Json {
        logged(row.percent, self.to_trakt(row.paused_at.0), Some(row.duration_ms))
    }
}

/// Returns a resume point for the log.
pub(super) fn logged(percent: f64, paused_at: DateTime<Utc>, duration_ms: Option<i64>) -> Json {
    LoggedResumePoint { percent, paused_at, duration_ms }.to_json()
}
