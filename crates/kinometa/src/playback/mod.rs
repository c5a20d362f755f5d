//! Playing: from a title to the bytes that a browser decodes, and what follows from watching it.
//!
//! `decision` says how a file reaches a browser, `direct` sends it as it is, `stream` has ffmpeg make HLS of it,
//! `subtitles` makes WebVTT. `players` opens players, which `description` shows to the browser, and hands their reports to the `sync` crate, which keeps resume
//! points, plays and what Trakt is told.

pub mod decision;
mod description;
mod direct;
pub mod dot;
mod error;
mod film;
mod media;
pub mod plan;
mod players;
mod stream;
mod streams;
mod subtitles;
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

use crate::library::catalogue::Catalogue;
use decision::{Browser, Wish};
pub use error::PlaybackError;
pub use players::{Report, Start};
use streams::Streams;
use tools::Tools;

/// How often idle streams are looked for.
const LOOK: Duration = Duration::from_secs(15);

/// What a player chose is known for this long. One that is still open then opens a new playback by itself.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);

/// What playing needs.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What follows from watching.
    pub engine: Engine,
    /// Titles as people see them.
    pub catalogue: Catalogue,
    /// A folder for segments and subtitles. Everything in it can be made again.
    pub cache: PathBuf,
    /// ffmpeg, where it is not in the search path.
    pub ffmpeg: Option<PathBuf>,
}

/// The service; cheap to clone.
#[derive(Clone)]
pub struct Playback {
    inner: Arc<Inner>,
}

struct Inner {
    parts: Parts,
    tools: OnceCell<Tools>,
    streams: Streams,
    /// What the open players of this process can play and chose to hear.
    choices: Mutex<HashMap<String, Choice>>,
}

/// What a browser can play, and what was chosen to hear and see.
#[derive(Debug, Clone)]
struct Choice {
    browser: Browser,
    wish: Wish,
    made_at: DateTime<Utc>,
}

impl Playback {
    /// Nothing runs before [`Playback::run`], and no program is looked for before it is needed.
    pub fn new(parts: Parts) -> Self {
        let streams = Streams::new(parts.cache.join("streams"));
        let inner = Inner { parts, tools: OnceCell::new(), streams, choices: Mutex::default() };
        Self { inner: Arc::new(inner) }
    }

    /// Looks for ffmpeg, then keeps watch over the streams until `stop` is cancelled: one that nobody asks anything of
    /// is put to rest, and at the end all are.
    pub async fn run(&self, stop: CancellationToken) {
        self.inner.streams.clear_leftovers().await;
        match self.tools().await {
            Some(tools) => tracing::info!(version = tools.version, "ffmpeg found"),
            None => {
                tracing::warn!("ffmpeg not found: only files that browsers play as they are can be played")
            }
        }
        let clock = &self.inner.parts.clock;
        while stop.run_until_cancelled(clock.sleep(LOOK)).await.is_some() {
            let now = clock.now();
            self.inner.streams.look_after(now);
            self.choices().retain(|_, choice| now - choice.made_at < REMEMBERED);
        }
        self.inner.streams.rest_all();
    }

    /// ffmpeg, if it is there. Looked for until it is found: it may be installed while the server runs.
    pub async fn tools(&self) -> Option<&Tools> {
        let find = || async { Tools::find(self.inner.parts.ffmpeg.as_deref()).await.ok_or(()) };
        self.inner.tools.get_or_try_init(find).await.ok()
    }

    fn choices(&self) -> std::sync::MutexGuard<'_, HashMap<String, Choice>> {
        self.inner.choices.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
