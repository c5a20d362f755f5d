//! The library in memory, for everybody who looks at it.
//!
//! Two revisions say when something must be read again: one of the library, which everybody shares, and one of
//! each person's plays and resume points. Whoever writes tells the [`Catalogue`]; whoever reads gets a [`View`]
//! that is as new as the last word.

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

/// The library in memory; cheap to clone.
#[derive(Debug, Clone)]
pub struct Catalogue {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    db: Db,
    events: Events,
    /// Tells this process from earlier ones in entity tags.
    process: String,
    revision: AtomicU64,
    /// One reader reads the titles while the others wait for it.
    snapshot: tokio::sync::Mutex<Arc<Snapshot>>,
    people: Mutex<HashMap<UserId, Slot>>,
}

#[derive(Debug, Default, Clone)]
struct Slot {
    revision: u64,
    /// The last view, with the revisions of library and person that it shows.
    view: Option<(u64, u64, Arc<View>)>,
}

impl Catalogue {
    /// An empty catalogue that reads when somebody looks.
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

    /// Titles, files or matches changed: call it after the commit.
    pub fn library_changed(&self) {
        let revision = self.inner.revision.fetch_add(1, Ordering::SeqCst) + 1;
        self.inner.events.send(Event::LibraryChanged { revision });
    }

    /// A person's plays or resume points changed: call it after the commit.
    pub fn person_changed(&self, user_id: UserId) {
        self.people().entry(user_id).or_default().revision += 1;
    }

    /// A person was removed, or everybody's plays were moved: forget what is known of people.
    pub fn people_changed(&self) {
        for slot in self.people().values_mut() {
            slot.revision += 1;
            slot.view = None;
        }
    }

    /// The library as a person sees it now.
    pub async fn view(&self, user_id: UserId) -> db::Result<Arc<View>> {
        let library = self.inner.revision.load(Ordering::SeqCst);
        let slot = self.people().entry(user_id).or_default().clone();
        let old = match slot.view {
            Some((of_library, of_person, view)) if of_person == slot.revision => {
                if of_library == library {
                    return Ok(view);
                }
                Some(view)
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
        let latest = (snapshot.revision, slot.revision, Arc::clone(&view));
        self.people().entry(user_id).or_default().view = Some(latest);
        Ok(view)
    }

    /// How many movies or shows each library holds.
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

    /// The titles at the present revision, read now unless they were before.
    async fn snapshot(&self) -> db::Result<Arc<Snapshot>> {
        let mut current = self.inner.snapshot.lock().await;
        // Taken before reading: a change during the read makes this snapshot old, never the other way round.
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
