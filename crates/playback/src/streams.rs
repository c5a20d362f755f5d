//! The streams of all players.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Semaphore;

use super::error::PlaybackError;
use super::plan::{StreamPlan, VideoPlan};
use super::stream::{Source, Stream};
use super::tools::{Tools, cores};

/// A stream that nobody asks anything of for this long is put to rest. It wakes up when somebody does.
const IDLE: TimeDelta = TimeDelta::minutes(2);
/// After this it is forgotten.
const FORGOTTEN: TimeDelta = TimeDelta::hours(6);
/// Copying is light work; more than this at once is a mistake or an attack.
const MOST_COPIES: usize = 24;

/// The streams by the id of their playback.
#[derive(Debug)]
pub(super) struct Streams {
    folder: PathBuf,
    copies: Arc<Semaphore>,
    conversions: Arc<Semaphore>,
    open: Mutex<HashMap<String, Open>>,
}

#[derive(Debug)]
struct Open {
    stream: Arc<Stream>,
    used_at: DateTime<Utc>,
}

impl Streams {
    /// Streams with their segments in `folder`.
    pub(super) fn new(folder: PathBuf) -> Self {
        // Each conversion fills several cores: two at once, more on large machines.
        Self {
            folder,
            copies: Arc::new(Semaphore::new(MOST_COPIES)),
            conversions: Arc::new(Semaphore::new((cores() / 2).max(2))),
            open: Mutex::default(),
        }
    }

    /// Deletes what a crash left behind.
    pub(super) async fn clear_leftovers(&self) {
        let _ = tokio::fs::remove_dir_all(&self.folder).await;
    }

    /// The stream of a playback if it has this plan.
    pub(super) fn find(&self, id: &str, plan: StreamPlan, now: DateTime<Utc>) -> Option<Arc<Stream>> {
        let mut open = self.open();
        let found = open.get_mut(id).filter(|open| open.stream.source.plan == plan)?;
        found.used_at = now;
        Some(Arc::clone(&found.stream))
    }

    /// Makes a stream. One of the same playback with another plan ends.
    pub(super) fn make(
        &self,
        id: &str,
        source: Source,
        tools: &Tools,
        now: DateTime<Utc>,
    ) -> Result<Arc<Stream>, PlaybackError> {
        std::fs::create_dir_all(&self.folder)?;
        let folder = tempfile::Builder::new().prefix("stream-").tempdir_in(&self.folder)?;
        let slots = match source.plan.video {
            VideoPlan::Copy => &self.copies,
            VideoPlan::Encode { .. } => &self.conversions,
        };
        let plan = source.plan;
        let stream = Arc::new(Stream::new(source, tools.clone(), Arc::clone(slots), folder));
        let mut open = self.open();
        // Two requests may have come to this point at once: the first one's stream is the one.
        if let Some(other) = open.get(id).filter(|other| other.stream.source.plan == plan) {
            return Ok(Arc::clone(&other.stream));
        }
        if let Some(before) = open.insert(id.to_owned(), Open { stream: Arc::clone(&stream), used_at: now }) {
            // At once, so that the new one can have its slot.
            before.stream.rest();
        }
        Ok(stream)
    }

    /// Forgets the stream of a playback.
    pub(super) fn close(&self, id: &str) {
        let closed = self.open().remove(id);
        if let Some(open) = closed {
            open.stream.rest();
        }
    }

    /// Stops the ffmpeg of a playback and deletes its segments.
    pub(super) fn rest(&self, id: &str) {
        if let Some(open) = self.open().get(id) {
            open.stream.rest();
        }
    }

    /// Puts idle streams to rest and forgets those that are long idle.
    pub(super) fn look_after(&self, now: DateTime<Utc>) {
        let mut open = self.open();
        for idle in open.values().filter(|open| now - open.used_at >= IDLE) {
            idle.stream.rest();
        }
        open.retain(|_, open| now - open.used_at < FORGOTTEN);
    }

    /// Stops everything.
    pub(super) fn rest_all(&self) {
        for (_, open) in self.open().drain() {
            open.stream.rest();
        }
    }

    /// How many ffmpegs are at work.
    pub(super) fn running(&self) -> usize {
        self.open().values().filter(|open| open.stream.is_running()).count()
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
