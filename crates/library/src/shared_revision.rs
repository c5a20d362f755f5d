//! Picks up changes that other servers on the same database make to the library.
//!
//! After its own changes, each server increments a shared revision in the database, in a separate
//! transaction, and polls it. An increment also shows whether another server incremented it in between.

use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use db::Db;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio_util::sync::CancellationToken;

use catalogue::Catalogue;
use model::events::{Event, Events};

/// How often the revision is read. It is cheap: one row by its key.
const POLL_EVERY: Duration = Duration::from_secs(2);
/// Key of the setting that holds the revision.
const SETTING: &str = "library_revision";

/// This server's knowledge of the shared revision.
pub struct SharedRevision {
    db: Db,
    clock: Arc<dyn Clock>,
    catalogue: Catalogue,
    /// The revision when it was last read or incremented.
    known: Option<i64>,
}

impl SharedRevision {
    /// Starts without a known revision.
    pub fn new(db: Db, clock: Arc<dyn Clock>, catalogue: Catalogue) -> Self {
        Self { db, clock, catalogue, known: None }
    }

    /// Runs until the server stops.
    pub async fn run(mut self, events: Events, stopping: CancellationToken) {
        let mut updates = events.subscribe();
        let read = self.read().await;
        self.report(read);
        let mut poll = self.clock.sleep(POLL_EVERY);
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                update = updates.recv() => {
                    if Self::changes(update, &mut updates) {
                        let incremented = self.increment().await;
                        self.report(incremented);
                    }
                }
                () = &mut poll => {
                    let read = self.read().await;
                    self.report(read);
                    poll = self.clock.sleep(POLL_EVERY);
                }
            }
        }
    }

    /// Whether this event, or one of those queued after it, is a change made by this server.
    fn changes(first: Result<Event, RecvError>, updates: &mut Receiver<Event>) -> bool {
        // When events were lost, one of them may have been a change.
        let mut made_here = first.map_or(true, |update| is_change(&update));
        loop {
            match updates.try_recv() {
                Ok(update) => made_here |= is_change(&update),
                Err(TryRecvError::Lagged(_)) => made_here = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return made_here,
            }
        }
    }

    /// Increments the revision. True when another server incremented it since it was last known.
    async fn increment(&mut self) -> db::Result<bool> {
        let tx = self.db.begin().await?;
        let revision = db::settings::increment(&tx, SETTING).await?;
        tx.commit().await?;
        let known = self.known.replace(revision);
        Ok(known.is_some_and(|known| revision != known + 1))
    }

    /// Reads the revision. True when another server incremented it since it was last known.
    async fn read(&mut self) -> db::Result<bool> {
        let read: i64 = db::settings::get(&self.db, SETTING).await?.unwrap_or_default();
        let known = self.known.replace(read);
        Ok(known.is_some_and(|known| read != known))
    }

    fn report(&self, changed_elsewhere: db::Result<bool>) {
        match changed_elsewhere {
            Ok(false) => {}
            Ok(true) => self.catalogue.library_changed_elsewhere(),
            Err(error) => tracing::debug!(%error, "shared library revision could not be read or incremented"),
        }
    }
}

fn is_change(event: &Event) -> bool {
    matches!(event, Event::LibraryChanged { made_here: true, .. })
}
