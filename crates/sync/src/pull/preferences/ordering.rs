//! The order of the watchlist: the sort order chosen on Trakt, as far as it can be reproduced.

use std::collections::HashSet;

use db::{
    Db,
    ids::{TitleId, UserId},
    lists,
};
use trakt::{
    endpoints::SavedSort,
    models::{SortBy, SortHow},
    paging::ChosenOrder,
};

use super::{
    super::titles::Rows,
    Comparison, Outcome,
    read::{Full, RemoteValue},
};
use crate::{Result, order::to_read_in, preference::Preference};

/// Returns the known sort order of the watchlist, in which to read it.
pub(super) async fn known(db: &Db, user_id: UserId) -> Result<SavedSort> {
    let chosen = lists::watchlist_order(db, user_id).await?;
    Ok(to_read_in(chosen.map(|(by, how)| named(&by, &how))))
}

fn named(by: &str, how: &str) -> SavedSort {
    (SortBy::from(by), SortHow::from(how))
}

impl Comparison<'_> {
    /// Records the order of the watchlist. If it was read in another order than the chosen one, it is read
    /// again.
    pub(super) async fn note_order(
        &self,
        chosen: Option<ChosenOrder>,
        values: &[RemoteValue],
        rows: &Rows,
        outcome: &mut Outcome,
    ) -> Result<()> {
        if self.preference != Preference::Watchlist {
            return Ok(());
        }
        let known = || self.order.clone();
        let wanted =
            chosen.as_ref().map_or_else(known, |order| to_read_in(Some(named(&order.by, &order.how))));
        let again = if wanted == self.order { None } else { Some(self.sorted(&wanted, outcome).await?) };
        let values = again.as_deref().unwrap_or(values);
        let mut seen = HashSet::new();
        let ids = values.iter().filter_map(|value| rows.get(&value.item.key())).map(|row| row.id);
        let order: Vec<TitleId> = ids.filter(|id| seen.insert(*id)).collect();
        let chosen = chosen.map(|order| (order.by, order.how));
        let tx = self.worker.engine.core.db.begin().await?;
        lists::place_watchlist(&tx, self.of.user_id, &order, chosen).await?;
        Ok(tx.commit().await?)
    }

    async fn sorted(&self, order: &SavedSort, outcome: &mut Outcome) -> Result<Vec<RemoteValue>> {
        let read = Full::read(&self.worker.client, self.preference, order).await?;
        outcome.requests += read.requests();
        Ok(read.values(self.preference, self.now()))
    }
}
