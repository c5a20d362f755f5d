//! Changes undone by the user: titles that are kept in the collection although no file is here, until one comes
//! back, and titles that are left out of it although there is a file, until it is gone.

use chrono::{DateTime, Utc};
use db::{
    Json, Millis, Tx,
    ids::{TitleId, UserId},
    kinds::SyncCategory,
    rows::{SyncCursor, TraktCollectionItem},
    sync_cursors,
};
use serde::{Deserialize, Serialize};
use trakt::models::CollectedMetadata;

use crate::Result;

/// The quality to send. The stored form is frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(super) metadata: CollectedMetadata,
    pub(super) collected_at: DateTime<Utc>,
}

impl Kept {
    /// Creates it from the log entry of a removal; `None` if that does not contain the previous state.
    pub(crate) fn from_log(before: Option<&Json>, now: DateTime<Utc>) -> Option<Self> {
        let metadata = CollectedMetadata::deserialize(before?).ok()?;
        Some(Self { metadata, collected_at: now })
    }

    /// Parses it from a row; `None` if the row's title is not kept.
    pub(super) fn read(row: &TraktCollectionItem) -> Option<Self> {
        Self::deserialize(row.kept.as_ref()?).ok()
    }

    pub(super) fn to_json(&self) -> Json {
        serde_json::to_value(self).expect("plain data is always JSON")
    }

    /// Puts a title back into the collection: it is sent with the next comparison, which becomes due now.
    pub(crate) async fn keep(
        &self,
        tx: &Tx,
        (user_id, account): (UserId, &str),
        title_id: TitleId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let row = TraktCollectionItem {
            user_id,
            account: account.to_owned(),
            title_id,
            // Nothing has been sent yet.
            sent: Json::Object(serde_json::Map::new()),
            refused: None,
            kept: Some(self.to_json()),
            left_out: false,
            run_at: None,
        };
        db::trakt_collection::put_many(tx, vec![row]).await?;
        db::trakt_collection::set_left_out(tx, user_id, account, &[title_id], false).await?;
        compare_now(tx, user_id, account, now).await
    }
}

/// What was added to the collection, according to the log.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Addition {
    /// One title.
    Title(TitleId),
    /// Everything that one import has added, identified by its start.
    Run(Millis),
}

impl Addition {
    /// Keeps added titles out of the collection: they are removed with the next comparison, which becomes due now.
    /// Returns whether any of them are in it.
    pub(crate) async fn leave_out(
        self,
        tx: &Tx,
        (user_id, account): (UserId, &str),
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let is_meant = |row: &TraktCollectionItem| match self {
            Self::Title(title_id) => row.title_id == title_id,
            Self::Run(run_at) => row.run_at == Some(run_at),
        };
        let mut rows = db::trakt_collection::sent(tx, user_id, account).await?;
        rows.retain(|row| is_meant(row) && !row.left_out && row.refused.is_none());
        let is_known = !rows.is_empty();
        // Titles without files are removed as soon as they are no longer kept.
        let (kept, held): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.kept.is_some());
        let released = kept.into_iter().map(|row| TraktCollectionItem { kept: None, ..row });
        db::trakt_collection::put_many(tx, released.collect()).await?;
        let ids: Vec<TitleId> = held.iter().map(|row| row.title_id).collect();
        db::trakt_collection::set_left_out(tx, user_id, account, &ids, true).await?;
        compare_now(tx, user_id, account, now).await?;
        Ok(is_known)
    }
}

async fn compare_now(tx: &Tx, user_id: UserId, account: &str, now: DateTime<Utc>) -> Result<()> {
    if let Some(cursor) = sync_cursors::find(tx, user_id, account, SyncCategory::Collection).await? {
        sync_cursors::put(tx, SyncCursor { next_at: Millis::from(now), ..cursor }).await?;
    }
    Ok(())
}
