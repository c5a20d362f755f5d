//! Serves what a player loads: the file, the stream, subtitles.

use std::sync::Arc;

use bytes::Bytes;
use catalogue::tracks::Subtitle;
use db::ids::UserId;
use db::playback_sessions;
use db::rows::PlaybackSession;

use super::plan::{StreamPlan, VideoPlan};
use super::playable::Playable;
use super::stream::{Stream, StreamSource};
use super::{DirectFile, Invalid, NeededFor, Playback, PlaybackError, subtitles};

impl Playback {
    /// The unchanged file. [`PlaybackError::FileMissing`] when it cannot be opened.
    pub async fn file(&self, user_id: UserId, id: &str) -> Result<DirectFile, PlaybackError> {
        let playable = self.playable_of(user_id, id).await?.1;
        let file = tokio::fs::File::open(&playable.path).await.map_err(|_| playable.missing())?;
        Ok(DirectFile { file, container: playable.row.container })
    }

    /// The HLS playlist of a plan.
    pub async fn playlist(&self, user_id: UserId, id: &str, plan: &str) -> Result<String, PlaybackError> {
        let (_, stream) = self.stream(user_id, id, plan).await?;
        Ok(stream.playlist(&format!("?plan={plan}")))
    }

    /// `init.mp4`, or a segment such as `12.m4s`.
    pub async fn segment(
        &self,
        user_id: UserId,
        id: &str,
        plan: &str,
        name: &str,
    ) -> Result<Bytes, PlaybackError> {
        let unknown = PlaybackError::NotFound("segment");
        let (session, stream) = self.stream(user_id, id, plan).await?;
        if name == "init.mp4" {
            let begin = u64::try_from(session.position_ms).unwrap_or_default();
            return stream.init(begin).await;
        }
        let index = name.strip_suffix(".m4s").and_then(|index| index.parse().ok()).ok_or(unknown)?;
        let path = stream.segment(index).await?;
        Ok(tokio::fs::read(path).await?.into())
    }

    /// Subtitles of the file as WebVTT, by their index.
    pub async fn subtitle(&self, user_id: UserId, id: &str, index: usize) -> Result<String, PlaybackError> {
        let playable = self.playable_of(user_id, id).await?.1;
        match playable.tracks.subtitles.get(index) {
            Some(Subtitle::Beside(file)) => subtitles::beside(playable.root(), file).await,
            Some(Subtitle::Inside(track)) if track.is_text() => {
                let missing = PlaybackError::FfmpegMissing { needed_for: NeededFor::Subtitles };
                let tools = self.tools().await.ok_or(missing)?;
                let cache = self.inner.parts.cache.join("subtitles");
                let name =
                    playable.row.fingerprint.clone().unwrap_or_else(|| format!("file-{}", playable.row.id));
                subtitles::inside(tools, &playable.path, track, &cache, &name).await
            }
            _ => Err(PlaybackError::NotFound("subtitle")),
        }
    }

    /// Number of running ffmpeg processes.
    pub fn conversions(&self) -> usize {
        self.inner.streams.running()
    }

    async fn stream(
        &self,
        user_id: UserId,
        id: &str,
        plan: &str,
    ) -> Result<(PlaybackSession, Arc<Stream>), PlaybackError> {
        let plan: StreamPlan = plan.parse().map_err(|_| Invalid::Plan)?;
        let now = self.inner.parts.clock.now();
        let session = self.session(user_id, id).await?;
        if let Some(stream) = self.inner.streams.find(id, plan, now) {
            return Ok((session, stream));
        }
        let playable = Playable::load(&self.inner.parts.db, session.file_id).await?;
        if !playable.is_there().await {
            return Err(playable.missing());
        }
        Ok((session, self.open_stream(id, &playable, plan).await?))
    }

    async fn open_stream(
        &self,
        id: &str,
        playable: &Playable,
        plan: StreamPlan,
    ) -> Result<Arc<Stream>, PlaybackError> {
        let missing = PlaybackError::FfmpegMissing { needed_for: NeededFor::Stream };
        let tools = self.tools().await.ok_or(missing)?;
        let source = source(playable, plan).await?;
        self.inner.streams.make(id, source, tools, self.inner.parts.clock.now())
    }

    /// Starts ffmpeg at the player's position before the browser has loaded the playlist. Fails when the server is busy.
    pub(super) async fn begin_stream(
        &self,
        id: &str,
        playable: &Playable,
        plan: StreamPlan,
        begin_ms: i64,
    ) -> Result<(), PlaybackError> {
        let stream = self.open_stream(id, playable, plan).await?;
        let begun = stream.begin(u64::try_from(begin_ms).unwrap_or_default());
        if begun.is_err() {
            self.inner.streams.close(id);
        }
        begun
    }

    pub(super) async fn playable_of(
        &self,
        user_id: UserId,
        id: &str,
    ) -> Result<(PlaybackSession, Playable), PlaybackError> {
        let session = self.session(user_id, id).await?;
        let playable = Playable::load(&self.inner.parts.db, session.file_id).await?;
        Ok((session, playable))
    }

    pub(super) async fn session(&self, user_id: UserId, id: &str) -> Result<PlaybackSession, PlaybackError> {
        let session = playback_sessions::find(&self.inner.parts.db, id).await?;
        session.filter(|session| session.user_id == user_id).ok_or(PlaybackError::NotFound("playback"))
    }
}

async fn source(playable: &Playable, plan: StreamPlan) -> Result<StreamSource, PlaybackError> {
    let keyframes =
        if plan.video == VideoPlan::Copy { playable.keyframes().await.to_vec() } else { Vec::new() };
    let subtitle = match plan.video {
        VideoPlan::Encode { subtitle: Some(index), .. } => {
            Some(playable.picture_subtitle(index).cloned().ok_or(PlaybackError::NotFound("subtitle"))?)
        }
        _ => None,
    };
    let audio = plan.audio.and_then(|audio| playable.tracks.audio.get(audio.index)).cloned();
    let duration = u64::try_from(playable.duration_ms()?).unwrap_or_default();
    let (file, video) = (playable.path.clone(), playable.tracks.video.clone());
    Ok(StreamSource { file, plan, video, audio, subtitle, duration, keyframes })
}
