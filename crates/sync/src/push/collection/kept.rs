//! Titles that stay in the collection although no file is here, because the person has undone their removal. A file that
//! comes back ends that.

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
    /// From what the log says of a removal; None when it does not say what was there.
    pub(crate) fn from_log(before: Option<&Json>, now: DateTime<Utc>) -> Option<Self> {
        let metadata = CollectedMetadata::deserialize(before?).ok()?;
        Some(Self { metadata, collected_at: now })
    }

    /// From a row; None when its title is not kept.
    pub(super) fn read(row: &TraktCollectionItem) -> Option<Self> {
        Self::deserialize(row.kept.as_ref()?).ok()
    }

    pub(super) fn to_json(&self) -> Json {
        serde_json::to_value(self).expect("plain data is always JSON")
    }

    /// Puts a title into the collection again: it is sent with what is compared next, which is due now.
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
            // Nothing was sent yet.
            sent: Json::Object(serde_json::Map::new()),
            refused: None,
            kept: Some(self.to_json()),
        };
        db::trakt_collection::put_many(tx, vec![row]).await?;
        if let Some(cursor) = sync_cursors::find(tx, user_id, account, SyncCategory::Collection).await? {
            sync_cursors::put(tx, SyncCursor { next_at: Millis::from(now), ..cursor }).await?;
        }
        Ok(())
    }
}
