//! Reads details of titles and people on request, if they are missing or stale.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clock::Clock;
use db::Db;
use db::ids::{PersonId, TitleId};
use db::rows::{Credit, Person, TitleAbout};
use sync::Engine;
use tokio::sync::{Semaphore, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use trakt::{Client, Priority};

use super::fetch;
use super::related::{PersonTitle, Related};

/// Details are read again after this time.
pub(super) const STALE_AFTER: TimeDelta = TimeDelta::days(30);
/// After a failure, the same details are not requested again for this long.
const FAILED_FOR: TimeDelta = TimeDelta::minutes(10);
/// How long a page waits for its first read. After that, it is shown without details and requests them again.
const FIRST_READ_TIMEOUT: Duration = Duration::from_secs(8);
/// Concurrent reads.
const CONCURRENCY: usize = 2;

/// Details of titles and people from Trakt; cheap to clone.
#[derive(Clone)]
pub struct About {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) db: Db,
    pub(super) clock: Arc<dyn Clock>,
    engine: Engine,
    tasks: TaskTracker,
    stopping: CancellationToken,
    reading: Semaphore,
    in_progress: Mutex<HashMap<Subject, watch::Receiver<()>>>,
    failed: Mutex<HashMap<Subject, DateTime<Utc>>>,
}

/// A title or person whose details are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Subject {
    Title(TitleId),
    Person(PersonId),
}

/// The known details of a title.
#[derive(Debug, Clone, Default)]
pub struct AboutTitle {
    /// Whether the details are being read for the first time.
    pub is_loading: bool,
    /// Roles and jobs with their people, in Trakt's order.
    pub credits: Vec<(Credit, Person)>,
    /// Related titles.
    pub related: Vec<Related>,
    /// How many users gave each rating from 1 to 10; empty if unknown.
    pub votes: Vec<u64>,
}

/// The known details of a person.
#[derive(Debug, Clone)]
pub struct AboutPerson {
    /// Whether their titles are being read for the first time.
    pub is_loading: bool,
    /// The person's row.
    pub person: Person,
    /// Their titles on Trakt, newest first.
    pub titles: Vec<PersonTitle>,
    /// The person's roles and jobs in titles with known details.
    pub credits: Vec<Credit>,
}

impl About {
    /// Creates the service, which reads nothing before the first request.
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        engine: Engine,
        tasks: TaskTracker,
        stopping: CancellationToken,
    ) -> Self {
        let inner = Inner {
            db,
            clock,
            engine,
            tasks,
            stopping,
            reading: Semaphore::new(CONCURRENCY),
            in_progress: Mutex::default(),
            failed: Mutex::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The known details of a title. If there are none yet, this waits briefly for Trakt.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn title(&self, id: TitleId) -> db::Result<AboutTitle> {
        let db = &self.inner.db;
        let known = db::title_abouts::find(db, id).await?;
        let read_at = known.as_ref().map(|about| about.read_at.0);
        let is_loading = self.ensure_fresh(Subject::Title(id), read_at).await;
        let known = if known.is_some() { known } else { db::title_abouts::find(db, id).await? };
        let Some(TitleAbout { votes, related, .. }) = known else {
            return Ok(AboutTitle { is_loading, ..AboutTitle::default() });
        };
        let credits = db::title_abouts::credits(db, id).await?;
        let ids: Vec<PersonId> = credits.iter().map(|credit| credit.person_id).collect();
        let people = db::people::find_many(db, &ids).await?;
        let people: HashMap<PersonId, Person> =
            people.into_iter().map(|person| (person.id, person)).collect();
        let named = |credit: Credit| Some((people.get(&credit.person_id)?.clone(), credit));
        Ok(AboutTitle {
            is_loading: false,
            credits: credits.into_iter().filter_map(named).map(|(person, credit)| (credit, person)).collect(),
            related: Related::from_json(related),
            votes: serde_json::from_value(votes).unwrap_or_default(),
        })
    }

    /// The known details of a person in a title's credits; `None` if unknown.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn person(&self, id: PersonId) -> db::Result<Option<AboutPerson>> {
        let db = &self.inner.db;
        let Some(person) = db::people::find(db, id).await? else { return Ok(None) };
        let is_loading = self.ensure_fresh(Subject::Person(id), person.read_at.map(|at| at.0)).await;
        let person = if person.read_at.is_some() { Some(person) } else { db::people::find(db, id).await? };
        let Some(person) = person else { return Ok(None) };
        Ok(Some(AboutPerson {
            is_loading: is_loading && person.read_at.is_none(),
            titles: serde_json::from_value(person.titles.clone()).unwrap_or_default(),
            credits: db::people::credits(db, &[id]).await?,
            person,
        }))
    }

    /// Starts reading missing or stale details in the background, and waits briefly for missing ones. Returns
    /// whether missing details are still being read.
    async fn ensure_fresh(&self, subject: Subject, read_at: Option<DateTime<Utc>>) -> bool {
        let is_fresh = read_at.is_some_and(|at| self.inner.clock.now() - at < STALE_AFTER);
        if is_fresh || self.failed_recently(subject) {
            return false;
        }
        let Ok(client) = self.inner.engine.public_client() else { return false };
        let mut done = self.read(subject, client.with_priority(Priority::Bulk));
        if read_at.is_some() {
            return false;
        }
        tokio::select! {
            _ = done.changed() => false,
            () = self.inner.clock.sleep(FIRST_READ_TIMEOUT) => true,
        }
    }

    /// Starts reading, unless already in progress. The channel closes at the end.
    fn read(&self, subject: Subject, client: Client) -> watch::Receiver<()> {
        let mut in_progress = self.inner.in_progress.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(done) = in_progress.get(&subject) {
            return done.clone();
        }
        let (finished, done) = watch::channel(());
        in_progress.insert(subject, done.clone());
        let about = self.clone();
        self.inner.tasks.spawn(async move {
            tokio::select! {
                () = about.inner.stopping.cancelled() => {}
                () = about.read_now(subject, &client) => {}
            }
            about.inner.in_progress.lock().unwrap_or_else(PoisonError::into_inner).remove(&subject);
            drop(finished);
        });
        done
    }

    async fn read_now(&self, subject: Subject, client: &Client) {
        let Ok(_permit) = self.inner.reading.acquire().await else { return };
        if let Err(error) = self.try_read(subject, client).await {
            tracing::info!(?subject, %error, "details of a title could not be read from Trakt");
            let now = self.inner.clock.now();
            let mut failed = self.inner.failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.retain(|_, at| now - *at < FAILED_FOR);
            failed.insert(subject, now);
        }
    }

    /// Reads once from Trakt and stores the result.
    pub(super) async fn try_read(&self, subject: Subject, client: &Client) -> Result<(), ReadError> {
        match subject {
            Subject::Title(id) => self.read_title(id, client).await,
            Subject::Person(id) => self.read_person(id, client).await,
        }
    }

    async fn read_title(&self, id: TitleId, client: &Client) -> Result<(), ReadError> {
        let Inner { db, clock, .. } = &*self.inner;
        let Some(row) = db::titles::find(db, id).await? else { return Ok(()) };
        let show = match row.show_id {
            Some(show) => db::titles::find(db, show).await?,
            None => None,
        };
        // A title that is not matched yet has no details on Trakt. It may be matched later, so nothing is
        // stored.
        if show.as_ref().unwrap_or(&row).trakt_id.is_none() {
            return Ok(());
        }
        let read = match fetch::title(client, &row, show.as_ref(), clock.now()).await {
            Err(trakt::Error::NotFound) => fetch::empty(id, clock.now()),
            read => read?,
        };
        let tx = db.begin().await?;
        // The title may have been merged or matched again in the meantime.
        let is_unchanged = db::titles::find(&tx, id).await?.is_some_and(|now| now.trakt_id == row.trakt_id);
        if is_unchanged {
            db::title_abouts::replace(&tx, read.about, read.people, read.credits).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn read_person(&self, id: PersonId, client: &Client) -> Result<(), ReadError> {
        let Inner { db, clock, .. } = &*self.inner;
        let read = match fetch::person(client, id, clock.now()).await {
            Err(trakt::Error::NotFound) => None,
            read => Some(read?),
        };
        let tx = db.begin().await?;
        let Some(known) = db::people::find(&tx, id).await? else { return Ok(()) };
        let now = Some(clock.now().into());
        let row = match read {
            // Values missing in the response are kept.
            Some(read) => Person {
                slug: read.slug.or(known.slug),
                photo: read.photo.or(known.photo),
                biography: read.biography.or(known.biography),
                birthday: read.birthday.or(known.birthday),
                death: read.death.or(known.death),
                birthplace: read.birthplace.or(known.birthplace),
                ..read
            },
            None => Person { read_at: now, ..known },
        };
        db::people::update(&tx, row).await?;
        Ok(tx.commit().await?)
    }

    fn failed_recently(&self, subject: Subject) -> bool {
        let failed = self.inner.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get(&subject).is_some_and(|at| self.inner.clock.now() - *at < FAILED_FOR)
    }

    /// A client with bulk priority, if an application is set up.
    pub(super) fn client(&self) -> Option<Client> {
        Some(self.inner.engine.public_client().ok()?.with_priority(Priority::Bulk))
    }
}

/// Why reading failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    /// Trakt could not be reached, or rejected the request.
    #[error(transparent)]
    Trakt(#[from] trakt::Error),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}
