//! Extracts video frames that replace missing artwork: on request, one at a time.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use db::Db;
use db::ids::FileId;
use media::frame::{FrameSource, can_tone_map, frame};
use media::probe::VideoTrack;
use tokio::sync::{OnceCell, Semaphore};
use tokio::task::spawn_blocking;

use super::error::ArtworkError;
use catalogue::tracks::Tracks;

/// Limit on requests that are being processed or waiting. One page requests several dozen frames.
const MAX_REQUESTS: usize = 48;

/// Extracts frames from videos.
pub(super) struct Frames {
    /// Path of the ffmpeg executable, if it was found.
    ffmpeg: Option<PathBuf>,
    can_tone_map: OnceCell<bool>,
    extracting: Semaphore,
    waiting: Arc<AtomicUsize>,
}

/// Counts a request for a frame until it is dropped.
struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A video to extract a frame from.
struct Source {
    file: PathBuf,
    duration_ms: u64,
    track: VideoTrack,
}

impl Frames {
    pub(super) fn new(ffmpeg: Option<PathBuf>) -> Self {
        Self { ffmpeg, can_tone_map: OnceCell::new(), extracting: Semaphore::new(1), waiting: Arc::default() }
    }

    /// A frame of a file as a JPEG.
    ///
    /// # Errors
    /// [`ArtworkError::NotFound`] without ffmpeg, a suitable frame or the file; [`ArtworkError::Unreachable`]
    /// when too many requests are waiting.
    pub(super) async fn take(&self, db: &Db, file_id: FileId) -> Result<Vec<u8>, ArtworkError> {
        let ffmpeg = self.ffmpeg.clone().ok_or(ArtworkError::NotFound)?;
        let source = source(db, file_id).await?.ok_or(ArtworkError::NotFound)?;
        let waiting = Waiting(Arc::clone(&self.waiting));
        if waiting.0.fetch_add(1, Ordering::Relaxed) >= MAX_REQUESTS {
            return Err(ArtworkError::Unreachable);
        }
        let _slot = self.extracting.acquire().await.map_err(|_| ArtworkError::Unreachable)?;
        let can_tone_map = self.can_tone_map(&ffmpeg).await;
        let taken = spawn_blocking(move || {
            let frame_source = FrameSource {
                ffmpeg: &ffmpeg,
                can_tone_map,
                file: &source.file,
                duration_ms: source.duration_ms,
                track: &source.track,
            };
            frame(frame_source).inspect_err(|error| {
                tracing::info!(file = %source.file.display(), %error, "no frame could be taken from a film");
            })
        });
        taken.await.ok().and_then(Result::ok).flatten().ok_or(ArtworkError::NotFound)
    }

    async fn can_tone_map(&self, ffmpeg: &Path) -> bool {
        let ffmpeg = ffmpeg.to_owned();
        let ask = || async { spawn_blocking(move || can_tone_map(&ffmpeg)).await.unwrap_or(false) };
        *self.can_tone_map.get_or_init(ask).await
    }
}

async fn source(db: &Db, file_id: FileId) -> db::Result<Option<Source>> {
    let Some(row) = db::files::find(db, file_id).await? else { return Ok(None) };
    let Some(library) = db::libraries::find(db, row.library_id).await? else { return Ok(None) };
    let duration_ms = row.duration_ms.and_then(|ms| u64::try_from(ms).ok()).filter(|ms| *ms > 0);
    let track = Tracks::of(&row).video;
    let file = Path::new(&library.path).join(&row.path);
    Ok(duration_ms.zip(track).map(|(duration_ms, track)| Source { file, duration_ms, track }))
}
