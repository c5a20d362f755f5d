//! Playback: turns a title into a stream that a browser can play.
//!
//! `decision` decides how a file is sent to a browser, `stream` converts it to HLS with ffmpeg, `subtitles`
//! converts external subtitles to WebVTT and `extraction` those inside videos. `timeline` reads chapters,
//! `previews` generates the images for seeking. `sessions` opens playback sessions, which `description`
//! describes to the browser, and passes players' reports to the `sync` crate, which stores resume points and
//! plays and queues requests to Trakt.

pub mod decision;
mod description;
mod error;
mod extraction;
mod media;
mod parts;
pub mod plan;
mod playable;
mod previews;
mod sessions;
mod stream;
mod streams;
mod subtitles;
mod timeline;
pub mod tools;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clock::Clock;
use db::Db;
use sync::Engine;
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use catalogue::Catalogue;
use decision::{Browser, TrackSelection};
pub use description::{Description, SubtitleChoice};
pub use error::{Contents, Invalid, NeededFor, PlaybackError};
use extraction::Extractions;
pub use media::SegmentRequest;
use previews::Previews;
pub use previews::Sheets;
pub use sessions::{Progress, Report, Start};
use streams::Streams;
pub use timeline::{Chapter, Timeline};
use tools::Tools;

/// How often idle streams are stopped.
const STOP_IDLE_EVERY: Duration = Duration::from_secs(15);

/// How long a player's selections are kept. A player that is open longer has to open a new session.
const CHOICE_LIFETIME: TimeDelta = TimeDelta::hours(24);

/// The dependencies of the service.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// Source of the current time.
    pub clock: Arc<dyn Clock>,
    /// Receives players' reports.
    pub engine: Engine,
    /// The titles, cached in memory.
    pub catalogue: Catalogue,
    /// Cache folder for segments and subtitles; it may be deleted at any time.
    pub cache: PathBuf,
    /// Path of ffmpeg when it is not in `PATH`.
    pub ffmpeg: Option<PathBuf>,
}

/// A file for direct play.
#[derive(Debug)]
pub struct DirectFile {
    /// The file, open for reading.
    pub file: tokio::fs::File,
    /// Container, such as `mp4`, if it is known.
    pub container: Option<String>,
}

/// The playback service; cheap to clone.
#[derive(Clone)]
pub struct Playback {
    inner: Arc<Inner>,
}

struct Inner {
    parts: Parts,
    tools: OnceCell<Tools>,
    streams: Streams,
    extractions: Extractions,
    previews: Previews,
    /// What the browser of each open player can play, and the player's selected tracks.
    choices: Mutex<HashMap<String, Choice>>,
}

/// What a browser can play, and the selected tracks.
#[derive(Debug, Clone)]
struct Choice {
    browser: Browser,
    selection: TrackSelection,
    made_at: DateTime<Utc>,
}

impl Playback {
    /// Creates the service. Nothing runs before [`Playback::start_background`].
    pub fn new(parts: Parts) -> Self {
        let streams = Streams::new(parts.cache.join("streams"));
        let extractions = Extractions::default();
        let previews = Previews::new(parts.cache.join("previews"));
        let (tools, choices) = (OnceCell::new(), Mutex::default());
        let inner = Inner { parts, tools, streams, extractions, previews, choices };
        Self { inner: Arc::new(inner) }
    }

    /// Starts the background work as one of `tasks`: looks for ffmpeg, stops idle streams until `stop` is
    /// cancelled, and finally stops all streams.
    pub fn start_background(&self, tasks: &TaskTracker, stop: CancellationToken) {
        let playback = self.clone();
        tasks.spawn(async move { playback.run(stop).await });
    }

    async fn run(&self, stop: CancellationToken) {
        self.inner.streams.clear_leftovers().await;
        match self.tools().await {
            Some(tools) => tracing::info!(version = tools.version, "ffmpeg found"),
            None => {
                tracing::warn!("ffmpeg not found: only files that browsers can play directly are playable")
            }
        }
        let clock = &self.inner.parts.clock;
        while stop.run_until_cancelled(clock.sleep(STOP_IDLE_EVERY)).await.is_some() {
            let now = clock.now();
            self.inner.streams.stop_idle(now);
            self.choices().retain(|_, choice| now - choice.made_at < CHOICE_LIFETIME);
        }
        self.inner.streams.stop_all();
    }

    /// ffmpeg, if it is installed. The search is repeated until it succeeds, because ffmpeg may be installed
    /// later.
    pub async fn tools(&self) -> Option<&Tools> {
        let find = || async { Tools::find(self.inner.parts.ffmpeg.as_deref()).await.ok_or(()) };
        self.inner.tools.get_or_try_init(find).await.ok()
    }

    fn choices(&self) -> std::sync::MutexGuard<'_, HashMap<String, Choice>> {
        self.inner.choices.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
