//! What every handler and service shares.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use clock::Clock;
use db::Db;
use secrecy::ExposeSecret;
use sync::secrets::{Secrets, SecretsError};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accounts::Accounts;
use crate::config::Config;
use crate::node::Node;
use crate::present::CardCache;
use crate::trakt::Trakt;
use crate::updates::Updates;
use catalogue::Catalogue;
use library::artwork::Artwork;
use library::manage::Libraries;
use library::matching::decide::Matching;
use model::events::Events;
use playback::{self, Playback};

/// The running server's state; cheap to clone.
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
    card_cache: CardCache,
    accounts: Accounts,
    catalogue: Catalogue,
    library: library::services::Services,
    engine: sync::Engine,
    playback: Playback,
    trakt: Trakt,
    tasks: TaskTracker,
    stopping: CancellationToken,
    started_at: DateTime<Utc>,
    /// Bears the name that the engine works under.
    _node: Node,
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be made or used.
    #[error("the data folder {folder} cannot be used: {source}. Choose another with --data-dir.")]
    DataDir {
        /// The folder.
        folder: String,
        /// Why.
        source: std::io::Error,
    },
    /// The database cannot be opened.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] db::Error),
    /// The key that protects stored secrets cannot be used.
    #[error("{0}")]
    Secrets(#[from] SecretsError),
    /// What is stored about Trakt cannot be read.
    #[error("the Trakt settings cannot be read: {0}")]
    Engine(#[from] sync::Error),
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}. Choose another with --listen and --port.")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// Why.
        source: std::io::Error,
    },
}

impl App {
    /// Opens the database and makes the services. Nothing runs yet.
    pub async fn open(config: Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        make_data_dir(&config)?;
        let db = Db::connect(config.database.expose_secret()).await?;
        let accounts = Accounts::new(db.clone(), clock.clone());
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
            card_cache: CardCache::default(),
            catalogue,
            engine,
            playback,
            tasks,
            stopping,
            config,
            clock,
            trakt,
            db,
            accounts,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Starts what runs beside the requests, once the server answers. Each part is a task of [`App::tasks`] that ends
    /// when [`App::stopping`] says so.
    pub async fn start_background(&self) {
        self.accounts().forget_expired_sessions().await;
        self.inner.library.start(&library_settings(self.config())).await;
        let (playback, engine, stop) =
            (self.playback().clone(), self.engine().clone(), self.stopping().clone());
        self.tasks().spawn(async move { playback.run(stop).await });
        let stop = self.stopping().clone();
        self.tasks().spawn(async move { engine.run(stop).await });
    }

    /// How the server was set up.
    pub fn config(&self) -> &Config {
        &self.inner.config
    }

    /// The time.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.clock
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.inner.clock.now()
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// Live updates for people.
    pub fn updates(&self) -> &Updates {
        &self.inner.updates
    }

    /// Cards as JSON.
    pub(crate) fn card_cache(&self) -> &CardCache {
        &self.inner.card_cache
    }

    /// Events of the services.
    pub fn events(&self) -> &Events {
        &self.inner.events
    }

    /// People and their sign-ins.
    pub fn accounts(&self) -> &Accounts {
        &self.inner.accounts
    }

    /// The library in memory.
    pub fn catalogue(&self) -> &Catalogue {
        &self.inner.catalogue
    }

    /// Libraries and their scans.
    pub fn libraries(&self) -> &Libraries {
        &self.inner.library.libraries
    }

    /// What groups of files are.
    pub fn matching(&self) -> &Matching {
        &self.inner.library.matching
    }

    /// Pictures of titles.
    pub fn artwork(&self) -> &Artwork {
        &self.inner.library.artwork
    }

    /// What keeps the timeline and Trakt in step.
    pub fn engine(&self) -> &sync::Engine {
        &self.inner.engine
    }

    /// Playing.
    pub fn playback(&self) -> &Playback {
        &self.inner.playback
    }

    /// Trakt for the interface.
    pub fn trakt(&self) -> &Trakt {
        &self.inner.trakt
    }

    /// When the server started.
    pub fn started_at(&self) -> DateTime<Utc> {
        self.inner.started_at
    }

    /// Background tasks: shutdown waits for them. They have to end when [`App::stopping`] says so.
    pub fn tasks(&self) -> &TaskTracker {
        &self.inner.tasks
    }

    /// Cancelled when the server is to stop.
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
        secrets: Secrets::open(&config.data_dir.join("secrets.key"))?,
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

/// Only the owner may look inside: the database and the key file lie there. A folder that cannot be written to is told
/// here, where its name is known: the database would only say that it cannot open a file.
fn make_data_dir(config: &Config) -> Result<(), StartError> {
    let folder = &config.data_dir;
    let made = if folder.is_dir() { Ok(()) } else { create_private(folder) };
    let result = made.and_then(|()| tempfile::tempfile_in(folder).map(drop));
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
