//! The context shared by all parts of reading.

use chrono::{DateTime, Utc};
use db::{
    Tx,
    kinds::{SyncCategory, SyncReason},
};
use trakt::Client;

use super::apply::{Applied, Owner};
use crate::{Engine, Result, changes::Run, events::SyncEvent};

/// Reads for one account.
pub(super) struct Worker<'a> {
    pub(super) engine: &'a Engine,
    /// A client whose calls have a lower priority than those that a user waits for.
    pub(super) client: Client,
    pub(super) owner: Owner<'a>,
}

impl Worker<'_> {
    /// Logs the changes of a read.
    pub(super) async fn log(
        &self,
        tx: &Tx,
        applied: &mut Applied,
        reason: SyncReason,
        began_at: DateTime<Utc>,
    ) -> Result<()> {
        let Owner { user_id, account } = self.owner;
        let run = Run { user_id, account, category: SyncCategory::History, reason, began_at };
        run.log(tx, applied.take_changes(), self.engine.core.clock.now()).await
    }

    /// Announces what was recorded.
    pub(super) fn announce(&self, applied: Applied) {
        let user_id = self.owner.user_id;
        if !applied.plays.is_empty() {
            self.engine.core.events.send(SyncEvent::Pulled { user_id, new_titles: applied.new_titles });
        }
    }
}
