//! The service for Kometa's config files: which files are registered, when they run, and which plans wait for
//! confirmation.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use clock::Clock;
use collections::entry::Entry;
use collections::run::{Confirmed, ConfirmedList};
use db::ids::{CollectionConfigId, CollectionPlanId, LibraryId};
use db::kinds::{CollectionPlanState, CollectionRunReason};
use db::rows::CollectionConfig;
use db::{Conflict, Conn, Db, Millis, collection_configs, collection_plans};
use model::events::Events;
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::check::{self, Check};
use super::files::LoadError;
use super::jobs::{Jobs, RunProgress, Scope};
use super::{OwnLibrary, record, renewal, runner, schedule, waiting};
use crate::config::Config;

/// How many events a slow subscriber may fall behind before it loses some.
const BACKLOG: usize = 256;

/// Dependencies of the service.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The server's configuration.
    pub config: Config,
    /// Channel that announces finished scans.
    pub events: Events,
    /// This process's name for leases.
    pub node: String,
    /// Background tasks, which the server waits for when it stops.
    pub tasks: TaskTracker,
    /// Cancelled when the server stops.
    pub stopping: CancellationToken,
}

/// A change that pages should show.
#[derive(Debug, Clone)]
pub enum CollectionEvent {
    /// A run made progress.
    Run(RunProgress),
    /// Collections, files, the history or waiting plans changed.
    Changed,
}

/// Errors of the service.
#[derive(Debug, thiserror::Error)]
pub enum CollectionError {
    /// The file, library, title or plan does not exist.
    #[error("this {0} does not exist")]
    NotFound(&'static str),
    /// The path is not absolute.
    #[error("the path is not absolute")]
    NotAbsolute,
    /// The path does not end in .yml or .yaml.
    #[error("not a YAML file")]
    NotYaml,
    /// The file is already registered.
    #[error("the file is already registered")]
    Registered,
    /// The file cannot be read at all.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The same run is already queued or running.
    #[error("the same run is under way")]
    Running,
    /// No run is under way.
    #[error("no run is under way")]
    NotRunning,
    /// The library has a different media type than the file needs.
    #[error("the library holds something else")]
    OtherKind,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The library could not be read.
    #[error(transparent)]
    Target(#[from] collections::target::TargetError),
}

/// The service. Cheap to clone.
#[derive(Clone)]
pub struct Collections {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) parts: Parts,
    pub(super) jobs: Jobs,
    /// Held by the current run: only one run at a time may send requests to Trakt.
    pub(super) turn: tokio::sync::Mutex<()>,
    /// Wakes the credential check: a file was registered or changed, or its credentials may have been replaced.
    pub(super) credentials_check: Notify,
    sender: broadcast::Sender<CollectionEvent>,
}

impl Inner {
    pub(super) fn publish(&self, event: CollectionEvent) {
        // Fails when there is no subscriber, which is normal.
        let _ = self.sender.send(event);
    }

    pub(super) fn now(&self) -> Millis {
        Millis::from(self.parts.clock.now())
    }

    /// Keys of the titles that a plan would remove. Kinometa and each Plex server have their own keys.
    pub(super) async fn removals(&self, conn: &dyn Conn, plan: CollectionPlanId) -> db::Result<HashSet<i64>> {
        let mut keys = waiting::keys(conn, plan).await?;
        keys.extend(collection_plans::items(conn, plan).await?.into_iter().map(|title| title.0));
        Ok(keys)
    }

    pub(super) fn library(&self) -> OwnLibrary {
        OwnLibrary::new(self.parts.db.clone(), self.parts.clock.clone())
    }
}

impl Collections {
    /// Creates the service. Nothing runs until [`Collections::start`].
    pub fn new(parts: Parts) -> Self {
        let (jobs, turn, credentials_check) = (Jobs::default(), tokio::sync::Mutex::default(), Notify::new());
        let sender = broadcast::Sender::new(BACKLOG);
        Self { inner: Arc::new(Inner { parts, jobs, turn, credentials_check, sender }) }
    }

    /// Runs files at their daily times and after scans, and keeps their credentials valid, until the server stops.
    pub fn start(&self) {
        let (service, stop) = (self.clone(), self.inner.parts.stopping.clone());
        let scheduled = async move {
            tokio::select! { () = stop.cancelled() => {}, () = schedule::run(service) => {} }
        };
        self.inner.parts.tasks.spawn(scheduled);
        let (service, stop) = (self.clone(), self.inner.parts.stopping.clone());
        let renewed = async move {
            tokio::select! { () = stop.cancelled() => {}, () = renewal::run(service) => {} }
        };
        self.inner.parts.tasks.spawn(renewed);
    }

    /// Subscribes to events from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<CollectionEvent> {
        self.inner.sender.subscribe()
    }

    /// The registered files.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn configs(&self) -> db::Result<Vec<CollectionConfig>> {
        collection_configs::list(&self.inner.parts.db).await
    }

    /// The registered file with this id.
    ///
    /// # Errors
    /// [`CollectionError::NotFound`]; when the database fails.
    pub async fn config(&self, id: CollectionConfigId) -> Result<CollectionConfig, CollectionError> {
        let found = collection_configs::find(&self.inner.parts.db, id).await?;
        found.ok_or(CollectionError::NotFound("config file"))
    }

    /// Registers a file. It must be readable; all other problems are reported by [`Collections::check`].
    ///
    /// # Errors
    /// When the path is not that of a YAML file, the file cannot be read, or it is already registered.
    pub async fn register(&self, path: &str) -> Result<CollectionConfig, CollectionError> {
        let path = path.trim();
        if !Path::new(path).is_absolute() {
            return Err(CollectionError::NotAbsolute);
        }
        let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
        if !extension.is_some_and(|extension| ["yml", "yaml"].contains(&extension.to_lowercase().as_str())) {
            return Err(CollectionError::NotYaml);
        }
        check::load(&self.inner, path).await?;
        let now = self.inner.now();
        let row = CollectionConfig {
            id: CollectionConfigId::NEW,
            path: path.to_owned(),
            enabled: true,
            run_at: None,
            scheduled_since: now,
            after_scan: false,
            read_at: Some(now),
            credentials: db::Json::Null,
            created_at: now,
        };
        let tx = self.inner.parts.db.begin().await?;
        let added = match collection_configs::insert(&tx, row).await {
            Err(db::Error::Conflict(Conflict::Other(_))) => return Err(CollectionError::Registered),
            other => other?,
        };
        tx.commit().await?;
        self.inner.credentials_check.notify_one();
        self.inner.publish(CollectionEvent::Changed);
        Ok(added)
    }

    /// Changes when a file runs. `run_at` is in minutes after midnight, local time.
    ///
    /// # Errors
    /// [`CollectionError::NotFound`]; when the database fails.
    pub async fn update(
        &self,
        id: CollectionConfigId,
        enabled: bool,
        run_at: Option<i32>,
        after_scan: bool,
    ) -> Result<CollectionConfig, CollectionError> {
        let old = self.config(id).await?;
        let same = old.run_at == run_at && old.enabled == enabled;
        let scheduled_since = if same { old.scheduled_since } else { self.inner.now() };
        let new = CollectionConfig { enabled, run_at, after_scan, scheduled_since, ..old };
        let tx = self.inner.parts.db.begin().await?;
        collection_configs::update(&tx, &new).await?;
        tx.commit().await?;
        self.inner.credentials_check.notify_one();
        self.inner.publish(CollectionEvent::Changed);
        Ok(new)
    }

    /// Removes a file with its history and waiting plans. The collections it created are kept.
    ///
    /// # Errors
    /// [`CollectionError::NotFound`]; when the database fails.
    pub async fn remove(&self, id: CollectionConfigId) -> Result<(), CollectionError> {
        self.inner.jobs.cancel(id);
        let tx = self.inner.parts.db.begin().await?;
        waiting::forget(&tx, id).await?;
        if !collection_configs::delete(&tx, id).await? {
            return Err(CollectionError::NotFound("config file"));
        }
        tx.commit().await?;
        self.inner.publish(CollectionEvent::Changed);
        Ok(())
    }

    /// Checks a file: its contents and problems.
    ///
    /// # Errors
    /// [`CollectionError::NotFound`]; when the database fails.
    pub async fn check(&self, id: CollectionConfigId) -> Result<Check, CollectionError> {
        let row = self.config(id).await?;
        check::check(&self.inner, &row.path).await
    }

    /// Maps a name in config.yml to a library. `None` removes the mapping, so that the name refers to the library
    /// with that name again.
    ///
    /// # Errors
    /// [`CollectionError::NotFound`] when there is no such library.
    pub async fn map_library(&self, name: &str, library: Option<LibraryId>) -> Result<(), CollectionError> {
        let tx = self.inner.parts.db.begin().await?;
        match library {
            Some(id) => {
                if !db::libraries::list(&tx).await?.iter().any(|library| library.id == id) {
                    return Err(CollectionError::NotFound("library"));
                }
                db::collections::name_library(&tx, name, id).await?;
            }
            None => db::collections::unname_library(&tx, name).await?,
        }
        tx.commit().await?;
        self.inner.publish(CollectionEvent::Changed);
        Ok(())
    }

    /// Runs a file in the background.
    ///
    /// # Errors
    /// [`CollectionError::Running`] when the same run is already queued or running; [`CollectionError::NotFound`].
    pub async fn run(
        &self,
        id: CollectionConfigId,
        reason: CollectionRunReason,
        scope: Scope,
    ) -> Result<RunProgress, CollectionError> {
        self.config(id).await?;
        let cancel = self.inner.parts.stopping.child_token();
        let (job, progress) =
            self.inner.jobs.add(id, reason, scope, cancel).ok_or(CollectionError::Running)?;
        self.inner.publish(CollectionEvent::Run(progress.clone()));
        self.inner.parts.tasks.spawn(runner::perform(self.inner.clone(), job));
        Ok(progress)
    }

    /// Cancels the runs of a file. Collections that are already built are kept.
    ///
    /// # Errors
    /// [`CollectionError::NotRunning`].
    pub fn cancel(&self, id: CollectionConfigId) -> Result<(), CollectionError> {
        if self.inner.jobs.cancel(id) { Ok(()) } else { Err(CollectionError::NotRunning) }
    }

    /// The queued and running runs of this process.
    pub fn running(&self) -> Vec<RunProgress> {
        self.inner.jobs.progress()
    }

    /// Carries out a plan that the user has reviewed: removes its titles, or takes over a collection that was
    /// created by hand. The collection is planned again; if that would remove other titles, a new plan waits for
    /// confirmation.
    ///
    /// # Errors
    /// [`CollectionError::NotFound`], [`CollectionError::Running`].
    pub async fn confirm(&self, id: CollectionPlanId) -> Result<RunProgress, CollectionError> {
        let db = &self.inner.parts.db;
        let plan = collection_plans::find(db, id).await?.ok_or(CollectionError::NotFound("plan"))?;
        let confirmed = match plan.trakt_list {
            Some(list) => Confirmed::List(ConfirmedList { list, entries: record::entries(plan.entries)? }),
            None => Confirmed::Seen { removals: self.inner.removals(db, id).await?, adopts: plan.adopts },
        };
        let scope = Scope::Confirmed { library: plan.library, name: plan.name, confirmed };
        self.run(plan.config_id, CollectionRunReason::Confirmed, scope).await
    }

    /// The number of titles that a plan would remove, and those among them that are on a Plex server.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn removed(&self, id: CollectionPlanId) -> db::Result<(usize, Vec<Entry>)> {
        let db = &self.inner.parts.db;
        Ok((self.inner.removals(db, id).await?.len(), waiting::entries(db, id).await?))
    }

    /// Rejects a plan: its titles are kept, and later runs that would remove the same titles do not ask again.
    ///
    /// # Errors
    /// [`CollectionError::NotFound`]; when the database fails.
    pub async fn keep(&self, id: CollectionPlanId) -> Result<(), CollectionError> {
        let tx = self.inner.parts.db.begin().await?;
        if !collection_plans::set_state(&tx, id, CollectionPlanState::Kept).await? {
            return Err(CollectionError::NotFound("plan"));
        }
        tx.commit().await?;
        self.inner.publish(CollectionEvent::Changed);
        Ok(())
    }
}
