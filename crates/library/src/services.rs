//! Creates and starts the services of this crate.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clock::Clock;
use db::Db;
use sync::Engine;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::about::About;
use super::artwork::Artwork;
use super::manage::Libraries;
use super::matching::decide::Matching;
use super::scan::{Scanner, Tools};
use super::shared_revision::SharedRevision;
use super::watch::Watcher;
use catalogue::Catalogue;
use db::kinds::LibraryKind;
use model::events::Events;
use url::Url;

/// Configuration of the library.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Libraries that are created when the server starts.
    pub libraries: Vec<(LibraryKind, PathBuf)>,
    /// Cache folder for images; it may be deleted at any time.
    pub picture_cache: PathBuf,
    /// Path of ffmpeg when it is not in `PATH`.
    pub ffmpeg: Option<PathBuf>,
    /// Base URL of Trakt's API. Images may come from its host, too.
    pub trakt_api_url: Url,
}

/// The dependencies of the services.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// Source of the current time.
    pub clock: Arc<dyn Clock>,
    /// Where changes are published.
    pub events: Events,
    /// The titles, cached in memory.
    pub catalogue: Catalogue,
    /// Access to Trakt.
    pub engine: Engine,
    /// Name of this server among the servers that share the database.
    pub node: String,
    /// Runs background tasks.
    pub tasks: TaskTracker,
    /// Cancelled when the server stops.
    pub stopping: CancellationToken,
}

/// The services of this crate; cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// Libraries and their scans.
    pub libraries: Libraries,
    /// Matches of files with titles.
    pub matching: Matching,
    /// Images of titles.
    pub artwork: Artwork,
    /// Details of titles and people from Trakt.
    pub about: About,
    watcher: Watcher,
    parts: Arc<Parts>,
}

impl Services {
    /// Creates the services. Nothing runs before [`Services::start`].
    pub fn new(parts: Parts, settings: &Settings) -> Self {
        let Parts { db, clock, events, catalogue, engine, node, tasks, stopping } = &parts;
        let new_work = Arc::new(Notify::new());
        let scanner = Scanner::new(Tools {
            db: db.clone(),
            clock: Arc::clone(clock),
            events: events.clone(),
            catalogue: catalogue.clone(),
            tasks: tasks.clone(),
            stopping: stopping.clone(),
            ffprobe: tool("ffprobe", settings.ffmpeg.as_deref()),
            new_work: Arc::clone(&new_work),
            node: node.clone(),
        });
        let watcher = Watcher::default();
        Self {
            libraries: Libraries::new(
                db.clone(),
                Arc::clone(clock),
                catalogue.clone(),
                scanner,
                watcher.clone(),
            ),
            matching: Matching::new(
                db.clone(),
                Arc::clone(clock),
                catalogue.clone(),
                engine.clone(),
                new_work,
            ),
            artwork: Artwork::new(
                db.clone(),
                Arc::clone(clock),
                catalogue.clone(),
                settings.picture_cache.clone(),
                settings.trakt_api_url.clone(),
                tool("ffmpeg", settings.ffmpeg.as_deref()),
            ),
            about: About::new(db.clone(), Arc::clone(clock), engine.clone(), tasks.clone(), stopping.clone()),
            watcher,
            parts: Arc::new(parts),
        }
    }

    /// Creates the configured libraries and starts all background tasks.
    pub async fn start(&self, settings: &Settings) {
        for (kind, path) in &settings.libraries {
            if let Err(error) = self.libraries.ensure(*kind, path).await {
                tracing::error!(folder = %path.display(), %error, "configured library could not be created");
            }
        }
        let Parts { db, clock, events, catalogue, tasks, stopping, .. } = &*self.parts;
        let watching = self.watcher.clone().run(
            db.clone(),
            Arc::clone(clock),
            self.libraries.scanner().clone(),
            stopping.clone(),
        );
        tasks.spawn(watching);
        let shared_revision = SharedRevision::new(db.clone(), Arc::clone(clock), catalogue.clone());
        tasks.spawn(shared_revision.run(events.clone(), stopping.clone()));
        tasks.spawn(self.matching.clone().run(stopping.clone()));
        tasks.spawn(self.artwork.clone().run(stopping.clone()));
        tasks.spawn(self.about.clone().run(catalogue.clone(), stopping.clone()));
    }
}

/// One of ffmpeg's programs: next to the configured ffmpeg, or in `PATH`.
fn tool(name: &str, ffmpeg: Option<&Path>) -> Option<PathBuf> {
    if let (Some(configured), "ffmpeg") = (ffmpeg, name) {
        return Some(configured.to_owned());
    }
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let next_to_ffmpeg = ffmpeg.and_then(Path::parent).map(|folder| folder.join(&name));
    let path = std::env::var_os("PATH");
    let in_path = path.iter().flat_map(std::env::split_paths).map(|folder| folder.join(&name));
    next_to_ffmpeg.into_iter().chain(in_path).find(|file| file.is_file())
}
