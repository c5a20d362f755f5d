//! Chapters and preview images for a player's seek bar.

use std::path::PathBuf;

use bytes::Bytes;
use db::ids::UserId;
use media::probe::chapters;
use media::tone_mapping::can_be_shown;

use super::playable::Playable;
use super::previews::{INTERVAL_MS, Job, Piece, SHEET_MS, Sheets};
use super::tools::Tools;
use super::{Playback, PlaybackError};

/// Chapters and preview images for the seek bar.
#[derive(Debug)]
pub struct Timeline {
    /// The chapters, in order.
    pub chapters: Vec<Chapter>,
    /// The layout of the preview images; `None` without ffmpeg.
    pub previews: Option<Sheets>,
}

/// A chapter, in milliseconds from the start of the whole movie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Start time.
    pub start_ms: i64,
    /// End time.
    pub end_ms: i64,
    /// Its name, if it has one.
    pub title: Option<String>,
}

impl Playback {
    /// The chapters of a movie, and the layout of its preview images.
    pub async fn timeline(&self, user_id: UserId, id: &str) -> Result<Timeline, PlaybackError> {
        let playable = self.playable_of(user_id, id).await?.1;
        let tools = self.tools().await;
        let ffprobe = tools.and_then(|tools| tools.ffprobe.as_ref());
        let mut found = Vec::new();
        for (part, file) in playable.files().enumerate() {
            found.extend(self.chapters_of(ffprobe.cloned(), file, playable.begin_of(part)?).await);
        }
        Ok(Timeline { chapters: found, previews: tools.map(|_| Sheets::default()) })
    }

    /// The chapters of one file, which begins at `begin_ms` of the movie. If they cannot be read, there are
    /// none, because the movie can be played without them.
    async fn chapters_of(&self, ffprobe: Option<PathBuf>, file: &Playable, begin_ms: i64) -> Vec<Chapter> {
        let _slot = self.inner.previews.probe_slot().await;
        let (path, origin) = (file.path.clone(), file.origin_ms);
        let read = tokio::task::spawn_blocking(move || chapters(ffprobe.as_deref(), &path)).await;
        let found = match read {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => {
                tracing::debug!(path = file.row.path, %error, "chapters cannot be read");
                return Vec::new();
            }
            Err(_) => return Vec::new(),
        };
        let at = |ms: u64| begin_ms + i64::try_from(ms.saturating_sub(origin)).unwrap_or_default();
        let chapter = |found: media::probe::Chapter| Chapter {
            start_ms: at(found.start_ms),
            end_ms: at(found.end_ms),
            title: found.title,
        };
        found.into_iter().map(chapter).filter(|chapter| chapter.end_ms > chapter.start_ms).collect()
    }

    /// A sheet of preview images as a JPEG, by its number from 0.
    ///
    /// # Errors
    /// [`PlaybackError::Busy`] if too many requests are waiting.
    pub async fn preview(&self, user_id: UserId, id: &str, sheet: u32) -> Result<Bytes, PlaybackError> {
        let unknown = || PlaybackError::NotFound("preview");
        let playable = self.playable_of(user_id, id).await?.1;
        let begin_ms = i64::from(sheet) * SHEET_MS;
        if begin_ms >= playable.duration_ms()? {
            return Err(unknown());
        }
        let tools = self.tools().await.ok_or_else(unknown)?;
        let (pieces, name) = pieces(&playable, begin_ms, tools).await?;
        if pieces.is_empty() {
            return Err(playable.missing());
        }
        self.inner.previews.sheet(Job { ffmpeg: tools.ffmpeg.clone(), pieces, name }).await
    }
}

/// The sources of a sheet's images, and a name that identifies its content. There are no images after a
/// missing part of the movie.
async fn pieces(
    playable: &Playable,
    begin_ms: i64,
    tools: &Tools,
) -> Result<(Vec<Piece>, String), PlaybackError> {
    let (mut pieces, mut name) = (Vec::<Piece>::new(), String::new());
    let end_ms = playable.duration_ms()?.min(begin_ms + SHEET_MS);
    let mut last = None;
    for at_ms in (begin_ms..end_ms).step_by(INTERVAL_MS as usize) {
        let position = playable.locate(at_ms)?;
        if let (true, Some(piece)) = (last == Some(position.part), pieces.last_mut()) {
            piece.count += 1;
            continue;
        }
        let Some(file) = playable.file(position.part) else { break };
        if !file.exists().await {
            break;
        }
        let shown = file.tracks.video.as_ref().filter(|track| can_be_shown(track, tools.can_tone_map));
        let hdr = shown.and_then(|track| track.hdr);
        let content = file.row.fingerprint.clone().unwrap_or_else(|| format!("file-{}", file.row.id));
        let mapped = if hdr.is_some() { "-standard" } else { "" };
        let separator = if name.is_empty() { "" } else { "_" };
        name.push_str(&format!("{separator}{content}-{}{mapped}", position.position_ms));
        pieces.push(Piece { video: file.path.clone(), at_ms: position.position_ms, count: 1, hdr });
        last = Some(position.part);
    }
    name.push_str(".jpg");
    Ok((pieces, name))
}
