//! Messages that were enqueued before the user turned them off or excluded their titles.

use db::{ids::TitleId, rows::OutboxRow};

use super::{plan, worker::Worker};
use crate::{
    Result,
    outbox::{CaughtUp, catch_up, withhold},
    policy::{Policy, Way},
};

impl Worker<'_> {
    /// Withholds those rows that may no longer be sent as they are; returns whether there were any. Those that may
    /// already have arrived are left to the code that checks for them.
    pub(super) async fn withhold(&self, rows: &[OutboxRow]) -> Result<bool> {
        let unsent: Vec<&OutboxRow> = rows.iter().filter(|row| plan::is_unsent(row)).collect();
        if unsent.is_empty() {
            return Ok(false);
        }
        let policy = Policy::of(&self.core.db, self.user()).await?;
        let titles: Vec<TitleId> = unsent.iter().filter_map(|row| row.title_id).collect();
        let excluded = policy.excluded(&self.core.db, &titles).await?;
        let way = |row: &OutboxRow| {
            let is_excluded = row.title_id.is_some_and(|id| excluded.contains(&id));
            policy.way(row.kind, plan::counts(row), is_excluded)
        };
        let changed: Vec<(&OutboxRow, Way)> =
            unsent.into_iter().map(|row| (row, way(row))).filter(|(_, way)| *way != Way::AsItIs).collect();
        if changed.is_empty() {
            return Ok(false);
        }
        let now = self.now();
        let tx = self.core.db.begin().await?;
        for (row, way) in &changed {
            let Some(row) = self.hold(&tx, row.id).await?.filter(plan::is_unsent) else { continue };
            match way {
                Way::AsItIs => {}
                Way::ToHistory => self.to_history(&tx, row.id, now).await?,
                Way::Withheld(_) => withhold(&tx, &row, now).await?,
            }
        }
        tx.commit().await?;
        self.announce(&changed.iter().map(|(row, _)| *row).collect::<Vec<_>>()).await?;
        Ok(true)
    }

    /// Enqueues what is no longer withheld; returns whether anything was checked.
    pub(super) async fn catch_up(&self) -> Result<bool> {
        let tx = self.core.db.begin().await?;
        let caught_up = catch_up(&tx, self.user(), self.now()).await?;
        if caught_up == CaughtUp::Idle {
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }
}
