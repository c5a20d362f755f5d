//! Reads the details of the library's titles in the background, so that people can be found before a title's
//! page was opened, and deletes details that are no longer needed.

use std::time::Duration;

use catalogue::Catalogue;
use chrono::TimeDelta;
use db::Millis;
use db::ids::TitleId;
use tokio_util::sync::CancellationToken;

use super::service::{About, STALE_AFTER, Subject};

/// Delay after the start of the server, because matching new files comes first.
const START_DELAY: Duration = Duration::from_secs(180);
/// Interval between titles. With three requests per title, this is an eighth of what Trakt allows.
const INTERVAL: Duration = Duration::from_secs(15);
/// Pause after everything was read, or when no application is set up or Trakt fails.
const PAUSE: Duration = Duration::from_secs(1800);
/// Details of titles without files are deleted after this time.
const DELETED_AFTER: TimeDelta = TimeDelta::days(90);

impl About {
    /// Runs until the server stops.
    pub async fn run(self, catalogue: Catalogue, stopping: CancellationToken) {
        let mut wait = START_DELAY;
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                () = self.inner.clock.sleep(wait) => {}
            }
            tokio::select! {
                () = stopping.cancelled() => return,
                () = self.read_ahead(&catalogue) => {}
            }
            wait = PAUSE;
        }
    }

    /// Reads the details of all due titles once.
    async fn read_ahead(&self, catalogue: &Catalogue) {
        let Some(client) = self.client() else { return };
        let due = match self.due(catalogue).await {
            Ok(due) => due,
            Err(error) => {
                tracing::warn!(%error, "the titles whose details are missing could not be listed");
                return;
            }
        };
        for id in due {
            if let Err(error) = self.try_read(Subject::Title(id), &client).await {
                tracing::info!(%error, "reading details of titles is paused");
                return;
            }
            self.inner.clock.sleep(INTERVAL).await;
        }
    }

    /// The matched movies and shows of the library without details, then those whose details are stale.
    async fn due(&self, catalogue: &Catalogue) -> db::Result<Vec<TitleId>> {
        let now = self.inner.clock.now();
        let tx = self.inner.db.begin().await?;
        db::title_abouts::forget(&tx, Millis::from(now - DELETED_AFTER)).await?;
        tx.commit().await?;
        let read_at = db::title_abouts::read_at(&self.inner.db).await?;
        let mut due: Vec<(Option<Millis>, TitleId)> = catalogue
            .matched()
            .await?
            .into_iter()
            .map(|id| (read_at.get(&id).copied(), id))
            .filter(|(at, _)| at.is_none_or(|at| now - at.0 >= STALE_AFTER))
            .collect();
        due.sort_by_key(|(at, id)| (at.map(|at| at.0), *id));
        Ok(due.into_iter().map(|(_, id)| id).collect())
    }
}
