//! What every part of the reading works with.

use trakt::Client;

use super::apply::{Applied, Owner};
use crate::{Engine, events::SyncEvent};

/// Reads for one account.
pub(super) struct Worker<'a> {
    pub(super) engine: &'a Engine,
    /// Its calls wait behind what a person waits for.
    pub(super) client: Client,
    pub(super) owner: Owner<'a>,
}

impl Worker<'_> {
    /// Announces what was written down.
    pub(super) fn announce(&self, applied: Applied) {
        let user_id = self.owner.user_id;
        if !applied.plays.is_empty() {
            self.engine.core.events.send(SyncEvent::Pulled { user_id, new_titles: applied.new_titles });
        }
    }
}
