//! Messages that were written with a different setting of this server's clock, which has since been corrected.

use chrono::TimeDelta;
use db::{outbox, rows::OutboxRow};

use super::worker::Worker;
use crate::{Result, account::CLOCKS_DIFFER, outbox::payload::Payload};

impl Worker<'_> {
    /// Determines how far the clocks differ, if that matters for some rows; returns whether it was determined. If Trakt
    /// does not respond, the next request will fail as well.
    pub(super) async fn learn_clock(&self, rows: &[OutboxRow]) -> bool {
        if self.account.client.clock_offset().is_some() || !rows.iter().any(depends_on_our_clock) {
            return false;
        }
        let measured = self.measure_clock().await;
        measured
            .inspect_err(|error| tracing::debug!(%error, "how far the clocks differ is not known"))
            .is_ok()
            && self.account.client.clock_offset().is_some()
    }

    /// Converts the times of such rows to the current clock; returns whether there were any. Otherwise, a stop that was
    /// recorded before the clock was set back would look as if it had just happened, and be sent as being watched now.
    pub(super) async fn follow_clock(&self, rows: &[OutboxRow]) -> Result<bool> {
        let Some(now) = self.account.client.clock_offset() else { return Ok(false) };
        let is_moved = |row: &&OutboxRow| moved_by(row, now.offset).is_some();
        if !rows.iter().any(|row| is_moved(&row)) {
            return Ok(false);
        }
        let tx = self.core.db.begin().await?;
        for row in rows.iter().filter(is_moved) {
            let Some(row) = self.hold(&tx, row.id).await? else { continue };
            let (Some(by), Some(payload)) = (moved_by(&row, now.offset), Payload::read(&row.payload)) else {
                continue;
            };
            let payload = payload.moved(by, now.offset).to_json();
            outbox::move_in_time(&tx, &row, payload, by.num_milliseconds()).await?;
        }
        tx.commit().await?;
        self.announce(&rows.iter().collect::<Vec<_>>()).await?;
        Ok(true)
    }
}

fn depends_on_our_clock(row: &OutboxRow) -> bool {
    Payload::read(&row.payload).is_some_and(|payload| payload.trakt_ahead().is_some())
}

/// Returns how much later our clock now shows the time of a row than when the row was written, given that Trakt's clock
/// is `ahead` of it; `None` if the clock was not set.
fn moved_by(row: &OutboxRow, ahead: TimeDelta) -> Option<TimeDelta> {
    let by = Payload::read(&row.payload)?.trakt_ahead()? - ahead;
    (by.abs() >= CLOCKS_DIFFER).then_some(by)
}
