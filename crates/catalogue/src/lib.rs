//! The titles in memory, and what each person sees of them.
//!
//! Two kinds of revisions say when to read again: one of the library, shared by everybody, and one of each person's plays
//! and resume points. Writers report changes to the [`Catalogue`]; readers get a [`View`] that includes every reported
//! change.

pub mod card;
pub mod detail;
pub mod entry;
pub mod facets;
pub mod home;
pub mod list;
mod orders;
pub mod paths;
pub mod person;
pub mod pictures;
pub mod plays;
pub mod problem;
pub mod query;
pub mod search;
pub mod snapshot;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;
pub mod tracks;
pub mod view;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use db::Db;
use db::ids::{LibraryId, UserId};
use db::kinds::LibraryState;

use model::events::{Event, Events};
use person::{Person, PlayCount, Resume};
use snapshot::Snapshot;
use view::View;

/// The titles in memory; cheap to clone.
#[derive(Debug, Clone)]
pub struct Catalogue {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    db: Db,
    events: Events,
    /// Distinguishes this process from earlier ones in entity tags.
    process: String,
    revision: AtomicU64,
    /// Locked while reading, so that one reader reads and the others wait for its result.
    snapshot: tokio::sync::Mutex<Arc<Snapshot>>,
    people: Mutex<HashMap<UserId, Slot>>,
}

#[derive(Debug, Default, Clone)]
struct Slot {
    revision: u64,
    /// The last view.
    view: Option<CachedView>,
}

/// A view with the revisions that it shows.
#[derive(Debug, Clone)]
struct CachedView {
    library_revision: u64,
    person_revision: u64,
    view: Arc<View>,
}

impl Catalogue {
    /// An empty catalogue; it reads the database on first use.
    pub fn new(db: Db, events: Events, started_at: DateTime<Utc>) -> Self {
        let inner = Inner {
            db,
            events,
            process: format!("{:x}", started_at.timestamp_millis()),
            revision: AtomicU64::new(1),
            snapshot: tokio::sync::Mutex::default(),
            people: Mutex::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Reports that titles, files or matches changed. Call it after the commit.
    pub fn library_changed(&self) {
        let revision = self.inner.revision.fetch_add(1, Ordering::SeqCst) + 1;
        self.inner.events.send(Event::LibraryChanged { revision });
    }

    /// Reports that a person's plays or resume points changed. Call it after the commit.
    pub fn person_changed(&self, user_id: UserId) {
        self.people().entry(user_id).or_default().revision += 1;
    }

    /// Reports that a person was removed, or that plays of several people moved.
    pub fn people_changed(&self) {
        for slot in self.people().values_mut() {
            slot.revision += 1;
            slot.view = None;
        }
    }

    /// The library as a person sees it now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn view(&self, user_id: UserId) -> db::Result<Arc<View>> {
        let library = self.inner.revision.load(Ordering::SeqCst);
        let slot = self.people().entry(user_id).or_default().clone();
        let old = match slot.view {
            Some(cached) if cached.person_revision == slot.revision => {
                if cached.library_revision == library {
                    return Ok(cached.view);
                }
                Some(cached.view)
            }
            _ => None,
        };
        let snapshot = self.snapshot().await?;
        let person = match old {
            Some(view) => view.person.clone(),
            None => self.person(user_id).await?,
        };
        let stamp = format!("{}-{}-{user_id}-{}", self.inner.process, snapshot.revision, slot.revision);
        let view = Arc::new(View::new(Arc::clone(&snapshot), person, stamp));
        let cached = CachedView {
            library_revision: snapshot.revision,
            person_revision: slot.revision,
            view: Arc::clone(&view),
        };
        self.people().entry(user_id).or_default().view = Some(cached);
        Ok(view)
    }

    /// How many movies or shows each library holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn titles_per_library(&self) -> db::Result<HashMap<LibraryId, i64>> {
        let snapshot = self.snapshot().await?;
        let mut counts = HashMap::new();
        for entry in snapshot.movies.iter().chain(&snapshot.shows).filter_map(|id| snapshot.get(*id)) {
            for library in &entry.files.libraries {
                *counts.entry(*library).or_default() += 1;
            }
        }
        Ok(counts)
    }

    /// The titles at the current revision, from memory if possible.
    async fn snapshot(&self) -> db::Result<Arc<Snapshot>> {
        let mut current = self.inner.snapshot.lock().await;
        // Loaded before reading: a change during the read makes this snapshot outdated, so that it is read again.
        let revision = self.inner.revision.load(Ordering::SeqCst);
        if current.revision != revision {
            *current = Arc::new(self.read(revision).await?);
        }
        Ok(Arc::clone(&current))
    }

    async fn read(&self, revision: u64) -> db::Result<Snapshot> {
        let db = &self.inner.db;
        let libraries = db::libraries::list(db).await?;
        let away: HashSet<LibraryId> = libraries
            .iter()
            .filter(|library| library.state == LibraryState::Unavailable)
            .map(|library| library.id)
            .collect();
        let names = libraries.into_iter().map(|library| (library.id, library.name)).collect();
        let titles = db::titles::catalogue(db).await?;
        let files = db::titles::catalogue_files(db).await?;
        Ok(Snapshot::build(revision, titles, files, names, &away))
    }

    async fn person(&self, user_id: UserId) -> db::Result<Person> {
        let plays = db::timeline::play_counts(&self.inner.db, user_id).await?;
        let progress = db::timeline::progress_of(&self.inner.db, user_id).await?;
        Ok(Person {
            plays: plays
                .into_iter()
                .map(|row| {
                    let last_watched_at = row.last_watched_at.map(|at| at.0);
                    (row.title_id, PlayCount { plays: row.plays, last_watched_at })
                })
                .collect(),
            progress: progress
                .into_iter()
                .map(|row| {
                    let resume = Resume {
                        percent: row.percent,
                        position_ms: row.position_ms,
                        paused_at: row.paused_at.0,
                    };
                    (row.title_id, resume)
                })
                .collect(),
        })
    }

    fn people(&self) -> MutexGuard<'_, HashMap<UserId, Slot>> {
        self.inner.people.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
