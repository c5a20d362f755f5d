//! Serves the data that a player loads: the file, the stream, subtitles.

use std::sync::Arc;

use ::media::probe::SubtitleTrack;
use ::media::subtitles::vtt;
use bytes::Bytes;
use catalogue::tracks::Subtitle;
use db::ids::UserId;
use db::playback_sessions;
use db::rows::PlaybackSession;

use super::extraction::Job;
use super::plan::{StreamPlan, VideoPlan};
use super::playable::Playable;
use super::stream::{Stream, StreamSource, playlist};
use super::{DirectFile, Invalid, NeededFor, Playback, PlaybackError, subtitles};

/// A player's request for a segment of a stream.
#[derive(Debug, Clone, Copy)]
pub struct SegmentRequest<'a> {
    /// The plan from the URL.
    pub plan: &'a str,
    /// Index of the movie's file, from 0.
    pub part: usize,
    /// Name of a segment.
    pub name: &'a str,
}

impl Playback {
    /// The unchanged file. [`PlaybackError::FileMissing`] if it cannot be opened.
    pub async fn file(&self, user_id: UserId, id: &str) -> Result<DirectFile, PlaybackError> {
        let playable = self.playable_of(user_id, id).await?.1;
        // Opening a pipe would block until something writes to it.
        if !playable.exists().await {
            return Err(playable.missing());
        }
        let file = tokio::fs::File::open(&playable.path).await.map_err(|_| playable.missing())?;
        Ok(DirectFile { file, container: playable.row.container })
    }

    /// The HLS playlist of a plan.
    pub async fn playlist(&self, user_id: UserId, id: &str, plan: &str) -> Result<String, PlaybackError> {
        let wanted: StreamPlan = plan.parse().map_err(|_| Invalid::Plan)?;
        let (_, playable) = self.playable_of(user_id, id).await?;
        let mut streams = Vec::new();
        for (part, file) in playable.files().enumerate() {
            // The movie can be played up to a missing part.
            if part > 0 && !file.exists().await {
                break;
            }
            streams.push(self.open_stream(id, &playable, wanted, part).await?);
        }
        let query = |part: usize| match part {
            0 => format!("?plan={plan}"),
            part => format!("?plan={plan}&part={part}"),
        };
        let files: Vec<_> =
            streams.iter().enumerate().map(|(part, stream)| (stream.segments(), query(part))).collect();
        Ok(playlist(&files))
    }

    /// `init.mp4`, or a segment such as `12.m4s`, of one of a movie's files.
    pub async fn segment(
        &self,
        user_id: UserId,
        id: &str,
        request: SegmentRequest<'_>,
    ) -> Result<Bytes, PlaybackError> {
        let unknown = PlaybackError::NotFound("segment");
        let (session, stream) = self.stream(user_id, id, request).await?;
        if request.name == "init.mp4" {
            let position = u64::try_from(session.position_ms).unwrap_or_default();
            return stream.init(position.saturating_sub(stream.source.begin)).await;
        }
        self.inner.streams.stop_others(id, request.part);
        let index = request.name.strip_suffix(".m4s").and_then(|index| index.parse().ok()).ok_or(unknown)?;
        let path = stream.segment(index).await?;
        Ok(tokio::fs::read(path).await?.into())
    }

    /// Subtitles of the whole movie as WebVTT, by their index in its first file.
    pub async fn subtitle(&self, user_id: UserId, id: &str, index: usize) -> Result<String, PlaybackError> {
        let playable = self.playable_of(user_id, id).await?.1;
        let unknown = PlaybackError::NotFound("subtitle");
        let first = playable.tracks.subtitles.get(index).ok_or(unknown)?;
        let mut whole = self.subtitle_of(user_id, &playable, first).await?;
        for part in 1..playable.files().count() {
            let (Some(file), begin) = (playable.file(part), playable.begin_of(part)?) else { continue };
            let Some(subtitle) = subtitles::same_in(first, index, &file.tracks.subtitles) else { continue };
            let text = self.subtitle_of(user_id, file, subtitle).await?;
            whole = vtt::joined(&whole, &vtt::shifted(&text, begin));
        }
        Ok(whole)
    }

    /// Subtitles of one file, with times relative to its first frame.
    async fn subtitle_of(
        &self,
        user_id: UserId,
        file: &Playable,
        subtitle: &Subtitle,
    ) -> Result<String, PlaybackError> {
        match subtitle {
            Subtitle::Beside(external) => subtitles::external(file.root(), external).await,
            Subtitle::Inside(track) if track.is_text() => {
                let missing = PlaybackError::FfmpegMissing { needed_for: NeededFor::Subtitles };
                let ffmpeg = self.tools().await.ok_or(missing)?.ffmpeg.clone();
                let name = file.row.fingerprint.clone().unwrap_or_else(|| format!("file-{}", file.row.id));
                let folder = self.inner.parts.cache.join("subtitles");
                let cached = folder.join(format!("{name}-{}.vtt", track.index));
                let job = Job { ffmpeg, video: file.path.clone(), track: track.index, cached };
                let text = self.inner.extractions.text(user_id, job).await?;
                let origin = i64::try_from(file.origin_ms).unwrap_or_default();
                Ok(if origin == 0 { text.to_string() } else { vtt::shifted(&text, -origin) })
            }
            Subtitle::Inside(_) => Err(PlaybackError::NotFound("subtitle")),
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
        request: SegmentRequest<'_>,
    ) -> Result<(PlaybackSession, Arc<Stream>), PlaybackError> {
        let session = self.session(user_id, id).await?;
        let plan: StreamPlan = request.plan.parse().map_err(|_| Invalid::Plan)?;
        let now = self.inner.parts.clock.now();
        if let Some(stream) = self.inner.streams.find(id, plan, request.part, now) {
            return Ok((session, stream));
        }
        let playable = Playable::load(&self.inner.parts.db, session.file_id).await?;
        Ok((session, self.open_stream(id, &playable, plan, request.part).await?))
    }

    async fn open_stream(
        &self,
        id: &str,
        playable: &Playable,
        plan: StreamPlan,
        part: usize,
    ) -> Result<Arc<Stream>, PlaybackError> {
        let now = self.inner.parts.clock.now();
        if let Some(stream) = self.inner.streams.find(id, plan, part, now) {
            return Ok(stream);
        }
        let missing = PlaybackError::FfmpegMissing { needed_for: NeededFor::Stream };
        let tools = self.tools().await.ok_or(missing)?;
        let source = source(playable, plan, part).await?;
        self.inner.streams.open_stream(id, part, source, tools, now)
    }

    /// Starts ffmpeg at the player's position, before the browser has loaded the playlist. Fails if the
    /// server is busy.
    pub(super) async fn begin_stream(
        &self,
        id: &str,
        playable: &Playable,
        plan: StreamPlan,
        begin_ms: i64,
    ) -> Result<(), PlaybackError> {
        let position = playable.locate(begin_ms)?;
        let stream = self.open_stream(id, playable, plan, position.part).await?;
        let started = stream.start_at(u64::try_from(position.position_ms).unwrap_or_default());
        if started.is_err() {
            self.inner.streams.close(id);
        }
        started
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

async fn source(playable: &Playable, plan: StreamPlan, part: usize) -> Result<StreamSource, PlaybackError> {
    let playing = playable.file(part).ok_or(PlaybackError::NotFound("segment"))?;
    if !playing.exists().await {
        return Err(playing.missing());
    }
    let keyframes =
        if plan.video == VideoPlan::Copy { playing.keyframes().await.to_vec() } else { Vec::new() };
    let subtitle = match plan.video {
        VideoPlan::Encode { subtitle: Some(index), .. } => burned_in(playable, playing, index)?,
        _ => None,
    };
    // A part with fewer audio tracks than the first part plays its first track.
    let tracks = &playing.tracks.audio;
    let audio = plan.audio.and_then(|audio| tracks.get(audio.index).or(tracks.first())).cloned();
    let milliseconds = |ms: i64| u64::try_from(ms).unwrap_or_default();
    Ok(StreamSource {
        file: playing.path.clone(),
        plan,
        video: playing.tracks.video.clone(),
        audio,
        subtitle,
        // Of this part, not of the whole movie.
        duration: milliseconds(playing.own_duration_ms()?),
        origin: playing.origin_ms,
        begin: milliseconds(playable.begin_of(part)?),
        keyframes,
    })
}

/// The image subtitles of a part to burn in, selected by their index in the first part.
fn burned_in(
    playable: &Playable,
    playing: &Playable,
    index: usize,
) -> Result<Option<SubtitleTrack>, PlaybackError> {
    let unknown = PlaybackError::NotFound("subtitle");
    let chosen = playable.picture_subtitle(index).ok_or(unknown)?;
    let same = subtitles::same_in(&Subtitle::Inside(chosen.clone()), index, &playing.tracks.subtitles);
    Ok(match same {
        Some(Subtitle::Inside(track)) => Some(track.clone()),
        Some(Subtitle::Beside(_)) | None => None,
    })
}
