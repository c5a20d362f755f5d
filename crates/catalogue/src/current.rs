//! The current titles: read once, and reloaded in the background after changes.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use db::Db;
use db::ids::{LibraryId, TitleId};
use db::kinds::LibraryState;
use tokio::sync::watch;

use crate::snapshot::{Builder, Snapshot};
use model::events::{Event, Events};

/// How many titles are read at a time: few enough not to delay other requests.
const PAGE: u64 = 500;

/// The current titles; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Current {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    db: Db,
    events: Events,
    /// `None` before the first read.
    snapshot: RwLock<Option<Arc<Snapshot>>>,
    /// Locked while reading, so that other readers wait for the result.
    reading: tokio::sync::Mutex<()>,
    changes: Mutex<Changes>,
    /// The revision up to which changes were processed, successfully or not.
    done: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Changes {
    revision: u64,
    /// Whether this server made a change since the last announcement.
    made_here: bool,
    /// Whether the background task is running. It ends when nothing is left to read.
    running: bool,
}

impl Current {
    pub(crate) fn new(db: Db, events: Events) -> Self {
        let inner = Inner {
            db,
            events,
            snapshot: RwLock::default(),
            reading: tokio::sync::Mutex::default(),
            changes: Mutex::default(),
            done: watch::Sender::new(0),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Records a change and reads it in the background.
    pub(crate) fn changed(&self, made_here: bool) {
        let mut changes = self.changes();
        changes.revision += 1;
        changes.made_here |= made_here;
        if !changes.running {
            changes.running = true;
            let current = self.clone();
            tokio::spawn(async move { current.catch_up().await });
        }
    }

    /// Waits until the changes recorded so far are visible, or could not be read.
    pub(crate) async fn refreshed(&self) {
        let revision = self.changes().revision;
        let mut done = self.inner.done.subscribe();
        // The sender is in `self`, so waiting cannot fail.
        let _ = done.wait_for(|done| *done >= revision).await;
    }

    /// The titles, from memory except for the first time and after a failure.
    pub(crate) async fn snapshot(&self) -> db::Result<Arc<Snapshot>> {
        if let Some(snapshot) = self.usable() {
            return Ok(snapshot);
        }
        let _reading = self.inner.reading.lock().await;
        if let Some(snapshot) = self.usable() {
            return Ok(snapshot);
        }
        // Taken before reading: a change during the read makes this snapshot outdated, so that it is read again.
        let revision = self.changes().revision;
        Ok(self.replace(self.read(revision).await?))
    }

    /// The snapshot in memory, if it is up to date or is being updated.
    fn usable(&self) -> Option<Arc<Snapshot>> {
        let snapshot = self.inner.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()?;
        let changes = self.changes();
        (snapshot.revision == changes.revision || changes.running).then_some(snapshot)
    }

    async fn catch_up(&self) {
        loop {
            let (revision, made_here) = {
                let mut changes = self.changes();
                (changes.revision, std::mem::take(&mut changes.made_here))
            };
            let is_in_use = self.inner.snapshot.read().unwrap_or_else(PoisonError::into_inner).is_some();
            if is_in_use {
                match self.read(revision).await {
                    Ok(snapshot) => drop(self.replace(snapshot)),
                    Err(error) => tracing::warn!(%error, "the library could not be read after a change"),
                }
            }
            let ended = {
                let mut changes = self.changes();
                changes.running = changes.revision != revision;
                !changes.running
            };
            self.inner.done.send_replace(revision);
            self.inner.events.send(Event::LibraryChanged { revision, made_here });
            if ended {
                return;
            }
        }
    }

    /// Keeps the newer of two snapshots.
    fn replace(&self, snapshot: Snapshot) -> Arc<Snapshot> {
        let mut current = self.inner.snapshot.write().unwrap_or_else(PoisonError::into_inner);
        match &*current {
            Some(newer) if newer.revision > snapshot.revision => Arc::clone(newer),
            _ => Arc::clone(current.insert(Arc::new(snapshot))),
        }
    }

    async fn read(&self, revision: u64) -> db::Result<Snapshot> {
        let db = &self.inner.db;
        let libraries = db::libraries::list(db).await?;
        let unavailable: HashSet<LibraryId> = libraries
            .iter()
            .filter(|library| library.state == LibraryState::Unavailable)
            .map(|library| library.id)
            .collect();
        let names = libraries.into_iter().map(|library| (library.id, library.name)).collect();
        let mut builder = Builder::new(revision, names, unavailable);
        let mut after = TitleId(0);
        loop {
            let (titles, files) = db::titles::catalogue_page(db, after, PAGE).await?;
            let Some(last) = titles.last() else { break };
            after = last.id;
            builder.add(titles, files);
            tokio::task::yield_now().await;
        }
        // Sorting everything takes long enough to delay other requests.
        let finished = tokio::task::spawn_blocking(move || builder.finish()).await;
        Ok(finished.expect("building a snapshot does not panic"))
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        self.inner.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
