//! Other servers on the same database: what they change in the library is seen here without a restart.
//!
//! Every change made here raises a number in the database, in a step of its own after the commit; everybody reads it
//! now and then. Raising tells at once when somebody else raised it in between.

use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use db::Db;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio_util::sync::CancellationToken;

use catalogue::Catalogue;
use model::events::{Event, Events};

/// How often the number is read: one row by its key.
const LOOK: Duration = Duration::from_secs(2);
/// Where the number is kept.
const SETTING: &str = "library_revision";

/// The view of the other servers.
pub struct SharedRevision {
    db: Db,
    clock: Arc<dyn Clock>,
    catalogue: Catalogue,
    /// The number when it was last read or raised.
    known: Option<i64>,
    /// Changes that this made the catalogue announce: they are not to be told to the others again.
    echoes: usize,
}

impl SharedRevision {
    /// For the library in memory.
    pub fn new(db: Db, clock: Arc<dyn Clock>, catalogue: Catalogue) -> Self {
        Self { db, clock, catalogue, known: None, echoes: 0 }
    }

    /// Tells and listens until the server stops.
    pub async fn run(mut self, events: Events, stopping: CancellationToken) {
        let mut updates = events.subscribe();
        let read = self.read().await;
        self.report(read);
        let mut look = self.clock.sleep(LOOK);
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                update = updates.recv() => {
                    if self.changes(update, &mut updates) {
                        let raised = self.raise().await;
                        self.report(raised);
                    }
                }
                () = &mut look => {
                    let read = self.read().await;
                    self.report(read);
                    look = self.clock.sleep(LOOK);
                }
            }
        }
    }

    /// Whether an update and those that wait behind it tell of a change made here.
    fn changes(&mut self, first: Result<Event, RecvError>, updates: &mut Receiver<Event>) -> bool {
        let mut changes = usize::from(match first {
            Ok(update) => is_change(&update),
            // Some were lost, a change among them perhaps.
            Err(_) => true,
        });
        loop {
            match updates.try_recv() {
                Ok(update) => changes += usize::from(is_change(&update)),
                Err(TryRecvError::Lagged(_)) => changes += self.echoes + 1,
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        let echoes = self.echoes.min(changes);
        self.echoes -= echoes;
        changes > echoes
    }

    /// Raises the number. True when somebody else raised it since it was last known.
    async fn raise(&mut self) -> db::Result<bool> {
        let tx = self.db.begin().await?;
        let raised = db::settings::increment(&tx, SETTING).await?;
        tx.commit().await?;
        let known = self.known.replace(raised);
        Ok(known.is_some_and(|known| raised != known + 1))
    }

    /// Reads the number. True when somebody else raised it since it was last known.
    async fn read(&mut self) -> db::Result<bool> {
        let read: i64 = db::settings::get(&self.db, SETTING).await?.unwrap_or_default();
        let known = self.known.replace(read);
        Ok(known.is_some_and(|known| read != known))
    }

    fn report(&mut self, changed_elsewhere: db::Result<bool>) {
        match changed_elsewhere {
            Ok(false) => {}
            Ok(true) => {
                self.echoes += 1;
                self.catalogue.library_changed();
            }
            Err(error) => tracing::debug!(%error, "the other servers cannot be heard just now"),
        }
    }
}

fn is_change(event: &Event) -> bool {
    matches!(event, Event::LibraryChanged { .. })
}
