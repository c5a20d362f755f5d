//! The streams of all players.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Semaphore;

use super::error::PlaybackError;
use super::plan::{StreamPlan, VideoPlan};
use super::stream::{Stream, StreamSource};
use super::tools::{Tools, cores};

/// A stream without requests for this long is stopped. The next request starts it again.
const STOPPED_AFTER: TimeDelta = TimeDelta::minutes(2);
/// A stream without requests for this long is closed.
const CLOSED_AFTER: TimeDelta = TimeDelta::hours(6);
/// Maximum number of concurrent streams with copied video. Copying is cheap, so more are a mistake or an
/// attack.
const MAX_COPIES: usize = 24;

/// The streams of all playbacks, by the playback's id.
#[derive(Debug)]
pub(super) struct Streams {
    folder: PathBuf,
    copies: Arc<Semaphore>,
    conversions: Arc<Semaphore>,
    open: Mutex<HashMap<String, Open>>,
}

#[derive(Debug)]
struct Open {
    plan: StreamPlan,
    /// The streams of the movie's files that were requested, by index of the file.
    streams: HashMap<usize, Arc<Stream>>,
    used_at: DateTime<Utc>,
}

impl Open {
    fn stop(&self) {
        self.streams.values().for_each(|stream| stream.stop());
    }
}

impl Streams {
    /// Creates the service, which stores segments in `folder`.
    pub(super) fn new(folder: PathBuf) -> Self {
        // Each conversion uses several cores, so run two at a time, and more on large machines.
        Self {
            folder,
            copies: Arc::new(Semaphore::new(MAX_COPIES)),
            conversions: Arc::new(Semaphore::new((cores() / 2).max(2))),
            open: Mutex::default(),
        }
    }

    /// Deletes files left over from a crash.
    pub(super) async fn clear_leftovers(&self) {
        let _ = tokio::fs::remove_dir_all(&self.folder).await;
    }

    /// The stream of one of a playback's files, if it is open with this plan.
    pub(super) fn find(
        &self,
        id: &str,
        plan: StreamPlan,
        part: usize,
        now: DateTime<Utc>,
    ) -> Option<Arc<Stream>> {
        let mut open = self.open();
        let found = open.get_mut(id).filter(|open| open.plan == plan)?;
        found.used_at = now;
        found.streams.get(&part).cloned()
    }

    /// Opens a stream of one of a playback's files. Streams of the same playback with another plan are stopped.
    pub(super) fn open_stream(
        &self,
        id: &str,
        part: usize,
        source: StreamSource,
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
        let playing =
            open.entry(id.to_owned()).or_insert_with(|| Open { plan, streams: HashMap::new(), used_at: now });
        if playing.plan != plan {
            // Stopped immediately, so that the new stream can use the slot.
            playing.stop();
            *playing = Open { plan, streams: HashMap::new(), used_at: now };
        }
        // Two concurrent requests share the stream of the first.
        Ok(Arc::clone(playing.streams.entry(part).or_insert(stream)))
    }

    /// Stops the ffmpeg processes of a playback's other files, because a player needs only one at a time.
    pub(super) fn stop_others(&self, id: &str, part: usize) {
        if let Some(open) = self.open().get(id) {
            let others = open.streams.iter().filter(|(other, stream)| **other != part && stream.is_running());
            others.for_each(|(_, stream)| stream.stop());
        }
    }

    /// Closes the streams of a playback.
    pub(super) fn close(&self, id: &str) {
        let closed = self.open().remove(id);
        if let Some(open) = closed {
            open.stop();
        }
    }

    /// Stops the ffmpeg processes of a playback and deletes its segments.
    pub(super) fn stop(&self, id: &str) {
        if let Some(open) = self.open().get(id) {
            open.stop();
        }
    }

    /// Stops idle streams and closes those that have been idle for long.
    pub(super) fn stop_idle(&self, now: DateTime<Utc>) {
        let mut open = self.open();
        for idle in open.values().filter(|open| now - open.used_at >= STOPPED_AFTER) {
            idle.stop();
        }
        open.retain(|_, open| now - open.used_at < CLOSED_AFTER);
    }

    /// Stops and closes all streams.
    pub(super) fn stop_all(&self) {
        for (_, open) in self.open().drain() {
            open.stop();
        }
    }

    /// Number of running ffmpeg processes.
    pub(super) fn running(&self) -> usize {
        let open = self.open();
        open.values().flat_map(|open| open.streams.values()).filter(|stream| stream.is_running()).count()
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
