//! Application state shared by handlers and background tasks.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use clock::Clock;
use db::Db;
use secrecy::ExposeSecret;
use sync::secrets::{Secrets, SecretsError};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accounts::Accounts;
use crate::collections::Collections;
use crate::config::{Config, KEY_FILE};
use crate::node::Node;
use crate::present::{CardCache, StatisticsCache};
use crate::streams::Streams;
use crate::trakt::Trakt;
use crate::updates::Updates;
use catalogue::Catalogue;
use library::about::About;
use library::artwork::Artwork;
use library::manage::Libraries;
use library::matching::decide::Matching;
use model::events::Events;
use playback::{self, Playback};

/// Configuration, database and services of a running server. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    clock: Arc<dyn Clock>,
    db: Db,
    events: Events,
    updates: Updates,
    streams: Streams,
    card_cache: CardCache,
    statistics_cache: StatisticsCache,
    accounts: Accounts,
    catalogue: Catalogue,
    library: library::services::Services,
    engine: sync::Engine,
    playback: Playback,
    trakt: Trakt,
    collections: Collections,
    tasks: TaskTracker,
    stopping: CancellationToken,
    started_at: DateTime<Utc>,
    /// Keeps the lock behind the node name for as long as the engine uses that name.
    _node: Node,
}

/// Reasons why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data directory cannot be created or is not writable.
    #[error(
        "the data directory {folder} cannot be used: {source}. Make it writable for the user that runs Kinometa, or \
         choose another one with --data-dir."
    )]
    DataDir {
        /// Path of the data directory.
        folder: String,
        /// Error from the file system.
        source: std::io::Error,
    },
    /// The database cannot be opened or migrated.
    #[error("cannot open the database: {0}")]
    Database(#[from] db::Error),
    /// The key that encrypts stored secrets cannot be read or created.
    #[error("{0}")]
    Secrets(#[from] SecretsError),
    /// The stored Trakt settings cannot be loaded.
    #[error("cannot load the Trakt settings: {0}")]
    Engine(#[from] sync::Error),
    /// The address is in use, or does not belong to this machine.
    #[error("cannot listen on {address}: {source}. Choose another address with --listen or --port.")]
    Listen {
        /// Address from the configuration.
        address: std::net::SocketAddr,
        /// Error from the operating system.
        source: std::io::Error,
    },
}

impl App {
    /// Opens the database and creates the services. No background work starts yet.
    ///
    /// # Errors
    /// When the data directory, the database or the key file cannot be used.
    pub async fn open(config: Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        prepare_data_dir(&config)?;
        let db = Db::connect(config.database.expose_secret()).await?;
        let key = config.data_dir.join(KEY_FILE);
        let accounts = Accounts::new(db.clone(), clock.clone(), Secrets::open(&key)?);
        let (started_at, events) = (clock.now(), Events::default());
        let catalogue = Catalogue::new(db.clone(), events.clone(), started_at);
        let node = Node::claim(config.database.expose_secret());
        let engine = open_engine(&config, &db, &clock, node.name()).await?;
        let trakt = Trakt::new(db.clone(), engine.clone(), clock.clone());
        let playback = Playback::new(playback::Parts {
            db: db.clone(),
            clock: clock.clone(),
            engine: engine.clone(),
            catalogue: catalogue.clone(),
            cache: config.data_dir.join("cache"),
            ffmpeg: config.ffmpeg.clone(),
        });
        let (tasks, stopping) = (TaskTracker::new(), CancellationToken::new());
        let collections = Collections::new(crate::collections::Parts {
            db: db.clone(),
            clock: clock.clone(),
            config: config.clone(),
            events: events.clone(),
            node: node.name().to_owned(),
            tasks: tasks.clone(),
            stopping: stopping.clone(),
        });
        let parts = library::services::Parts {
            db: db.clone(),
            clock: clock.clone(),
            events: events.clone(),
            catalogue: catalogue.clone(),
            engine: engine.clone(),
            node: node.name().to_owned(),
            tasks: tasks.clone(),
            stopping: stopping.clone(),
        };
        let inner = Inner {
            library: library::services::Services::new(parts, &library_settings(&config)),
            started_at,
            _node: node,
            events,
            updates: Updates::default(),
            streams: Streams::new(config.limits.streams_per_user),
            card_cache: CardCache::default(),
            statistics_cache: StatisticsCache::default(),
            catalogue,
            engine,
            playback,
            tasks,
            stopping,
            config,
            clock,
            trakt,
            collections,
            db,
            accounts,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Starts background work: scans, file watching, playback cleanup and sync. Call this once the server accepts
    /// requests. Every task is tracked by [`App::tasks`] and ends when [`App::stopping`] is cancelled.
    pub async fn start_background(&self) {
        self.accounts().delete_expired_sessions().await;
        self.inner.library.start(&library_settings(self.config())).await;
        self.playback().start_background(self.tasks(), self.stopping().clone());
        self.engine().start_background(self.tasks(), self.stopping().clone());
        self.collections().start();
    }

    /// The resolved configuration.
    pub fn config(&self) -> &Config {
        &self.inner.config
    }

    /// The injected clock.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.clock
    }

    /// The current time according to [`App::clock`].
    pub fn now(&self) -> DateTime<Utc> {
        self.inner.clock.now()
    }

    /// Connection pool of the database.
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// Channel for live updates to web clients.
    pub fn updates(&self) -> &Updates {
        &self.inner.updates
    }

    /// Open video streams of each user.
    pub(crate) fn streams(&self) -> &Streams {
        &self.inner.streams
    }

    /// Rendered title cards, reused between requests.
    pub(crate) fn card_cache(&self) -> &CardCache {
        &self.inner.card_cache
    }

    /// Rendered statistics, reused between requests.
    pub(crate) fn statistics_cache(&self) -> &StatisticsCache {
        &self.inner.statistics_cache
    }

    /// Channel on which services announce changes.
    pub fn events(&self) -> &Events {
        &self.inner.events
    }

    /// User accounts, sessions and API tokens.
    pub fn accounts(&self) -> &Accounts {
        &self.inner.accounts
    }

    /// In-memory index of titles and each user's view of it.
    pub fn catalogue(&self) -> &Catalogue {
        &self.inner.catalogue
    }

    /// Libraries and their scans.
    pub fn libraries(&self) -> &Libraries {
        &self.inner.library.libraries
    }

    /// Matching of files with Trakt titles.
    pub fn matching(&self) -> &Matching {
        &self.inner.library.matching
    }

    /// Posters, backdrops and stills.
    pub fn artwork(&self) -> &Artwork {
        &self.inner.library.artwork
    }

    /// Trakt's details about titles and people, such as cast and related titles.
    pub fn about(&self) -> &About {
        &self.inner.library.about
    }

    /// The sync engine.
    pub fn engine(&self) -> &sync::Engine {
        &self.inner.engine
    }

    /// Playback sessions and streams.
    pub fn playback(&self) -> &Playback {
        &self.inner.playback
    }

    /// Trakt settings, connections and queue as the interface shows them.
    pub fn trakt(&self) -> &Trakt {
        &self.inner.trakt
    }

    /// Kometa's config files and their collections.
    pub fn collections(&self) -> &Collections {
        &self.inner.collections
    }

    /// When the server started.
    pub fn started_at(&self) -> DateTime<Utc> {
        self.inner.started_at
    }

    /// Tracker of background tasks. Shutdown waits for them, so each has to end when [`App::stopping`] is
    /// cancelled.
    pub fn tasks(&self) -> &TaskTracker {
        &self.inner.tasks
    }

    /// Token that is cancelled when the server shuts down.
    pub fn stopping(&self) -> &CancellationToken {
        &self.inner.stopping
    }
}

async fn open_engine(
    config: &Config,
    db: &Db,
    clock: &Arc<dyn Clock>,
    node: &str,
) -> Result<sync::Engine, StartError> {
    let engine = sync::Config {
        db: db.clone(),
        clock: clock.clone(),
        secrets: Secrets::open(&config.data_dir.join(KEY_FILE))?,
        endpoints: trakt::Endpoints {
            api: config.trakt_api_url.clone(),
            auth: config.trakt_auth_url.clone(),
        },
        user_agent: concat!("Kinometa/", env!("CARGO_PKG_VERSION")).to_owned(),
        node: node.to_owned(),
    };
    Ok(sync::Engine::open(engine).await?)
}

fn library_settings(config: &Config) -> library::services::Settings {
    library::services::Settings {
        libraries: config.libraries.iter().map(|library| (library.kind, library.path.clone())).collect(),
        picture_cache: config.data_dir.join("cache").join("images"),
        ffmpeg: config.ffmpeg.clone(),
        trakt_api_url: config.trakt_api_url.clone(),
    }
}

/// Creates the data directory, readable by its owner only because it holds the database and the key file.
///
/// Checking here that it is writable gives an error that names the directory; SQLite would only report that it
/// cannot open a file.
fn prepare_data_dir(config: &Config) -> Result<(), StartError> {
    let folder = &config.data_dir;
    let created = if folder.is_dir() { Ok(()) } else { create_private(folder) };
    let result = created.and_then(|()| tempfile::tempfile_in(folder).map(drop));
    result.map_err(|source| StartError::DataDir { folder: folder.display().to_string(), source })
}

#[cfg(unix)]
fn create_private(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_private(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}
