//! HLS made by ffmpeg on demand.
//!
//! The playlist lists the whole film at once, so that every position can be sought from the start. A [`Stream`] makes the
//! segments that are requested: one ffmpeg at a time writes fragmented MP4 into a pipe, and [`run`] cuts it into files.
//! When ffmpeg is far ahead of the player, the pipe is not read, so that ffmpeg waits.

mod command;
mod fragments;
mod picture;
mod run;
mod segments;
mod state;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use media::probe::{AudioTrack, SubtitleTrack, VideoTrack};
use tempfile::{TempDir, TempPath};
use tokio::sync::{Semaphore, watch};
use tokio_util::sync::CancellationToken;

use super::error::PlaybackError;
use super::plan::{StreamPlan, VideoPlan};
use super::tools::Tools;
use run::Run;
pub(crate) use segments::{Segments, playlist};
use state::{Active, Ended, State, StreamFailure};

/// Up to this many milliseconds of copied video are waited for instead of sought: copying is fast.
const NEAR_COPIED: u64 = 60_000;
/// Up to this many milliseconds of converted video are waited for instead of sought.
const NEAR_ENCODED: u64 = 6_000;
/// How many milliseconds ffmpeg may be ahead of the player.
const AHEAD: u64 = 60_000;
/// Segments within this many milliseconds of the player are kept; others are deleted and made again when requested.
const KEPT: u64 = 300_000;
/// A request for a segment times out after this.
const PATIENCE: Duration = Duration::from_secs(60);

/// The input of a stream.
#[derive(Debug, Clone)]
pub(crate) struct StreamSource {
    pub(crate) file: PathBuf,
    pub(crate) plan: StreamPlan,
    pub(crate) video: Option<VideoTrack>,
    pub(crate) audio: Option<AudioTrack>,
    /// The subtitles to draw into the picture.
    pub(crate) subtitle: Option<SubtitleTrack>,
    /// Milliseconds.
    pub(crate) duration: u64,
    /// Time stamp of the file's first frame, in milliseconds.
    pub(crate) origin: u64,
    /// Where the file begins in its film, in milliseconds.
    pub(crate) begin: u64,
    /// Times of the keyframes in milliseconds behind the first frame.
    pub(crate) keyframes: Vec<u64>,
}

/// The stream of a file to one player.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(super) source: StreamSource,
    segments: Segments,
    tools: Tools,
    slots: Arc<Semaphore>,
    folder: TempDir,
    state: Mutex<State>,
    /// Notified of every change of the state.
    changed: watch::Sender<()>,
    /// The segment that the player requested last.
    wanted: watch::Sender<usize>,
}

impl Stream {
    /// A stream without segments. Its files are in `folder`, which is deleted with it.
    pub(crate) fn new(source: StreamSource, tools: Tools, slots: Arc<Semaphore>, folder: TempDir) -> Self {
        let segments = match source.plan.video {
            VideoPlan::Copy => Segments::at_keyframes(&source.keyframes, source.duration),
            VideoPlan::Encode { .. } => Segments::even(source.duration),
        };
        Self {
            source,
            segments,
            tools,
            slots,
            folder,
            state: Mutex::default(),
            changed: watch::Sender::new(()),
            wanted: watch::Sender::new(0),
        }
    }

    /// The segments of the file, for [`playlist`].
    pub(crate) fn segments(&self) -> &Segments {
        &self.segments
    }

    /// Starts ffmpeg at the player's position before its first request.
    pub(crate) fn begin(self: &Arc<Self>, begin_ms: u64) -> Result<(), PlaybackError> {
        let index = self.segments.at(begin_ms);
        self.wanted.send_replace(index);
        self.ensure_run(index)
    }

    /// The initialisation segment. Starts ffmpeg at the player's position if it has not run yet.
    pub(crate) async fn init(self: &Arc<Self>, begin_ms: u64) -> Result<Bytes, PlaybackError> {
        let index = self.segments.at(begin_ms);
        self.wanted
            .send_if_modified(|wanted| self.state().runs == 0 && std::mem::replace(wanted, index) != index);
        self.wait(index, |state| state.init.clone()).await
    }

    /// The file of a segment, once it is complete.
    pub(crate) async fn segment(self: &Arc<Self>, index: usize) -> Result<PathBuf, PlaybackError> {
        if index >= self.segments.count() {
            return Err(PlaybackError::NotFound("segment"));
        }
        self.wanted.send_replace(index);
        self.wait(index, |state| state.done.contains(&index).then_some(())).await?;
        Ok(self.path(index))
    }

    /// Stops ffmpeg and deletes all segments. The next request starts it again.
    pub(crate) fn stop(&self) {
        let mut state = self.state();
        state.run = None;
        state.slot = None;
        for index in std::mem::take(&mut state.done) {
            let _ = std::fs::remove_file(self.path(index));
        }
        drop(state);
        self.changed.send_replace(());
    }

    /// Whether ffmpeg is running for this stream.
    pub(crate) fn is_running(&self) -> bool {
        self.state().run.as_ref().is_some_and(|run| run.ended.is_none())
    }

    /// Waits until `ready` returns a value, and keeps an ffmpeg running that will make segment `index`.
    async fn wait<T>(
        self: &Arc<Self>,
        index: usize,
        ready: impl Fn(&State) -> Option<T>,
    ) -> Result<T, PlaybackError> {
        let waiting = async {
            let mut changed = self.changed.subscribe();
            loop {
                if let Some(found) = ready(&self.state()) {
                    return Ok(found);
                }
                self.ensure_run(index)?;
                // The sender lives as long as the stream.
                let _ = changed.changed().await;
            }
        };
        let late = |_| PlaybackError::Ffmpeg("no output within a minute".to_owned());
        tokio::time::timeout(PATIENCE, waiting).await.map_err(late)?
    }

    /// Makes sure that a running ffmpeg will make segment `index`.
    fn ensure_run(self: &Arc<Self>, index: usize) -> Result<(), PlaybackError> {
        let mut state = self.state();
        if let Some(run) = &state.run {
            let near = if self.source.plan.video == VideoPlan::Copy { NEAR_COPIED } else { NEAR_ENCODED };
            let covers = index >= run.current && self.segments.between(run.current, index) <= near;
            match &run.ended {
                None if covers => return Ok(()),
                Some(Ended::Failed(failure)) if index >= run.start => {
                    let failure = failure.clone();
                    state.run = None;
                    return Err(self.explain(failure));
                }
                // The video ended before the playlist did.
                Some(Ended::Playable) if covers => return Err(PlaybackError::NotFound("segment")),
                _ => {}
            }
        }
        state.run = None;
        if state.slot.is_none() {
            state.slot = Some(self.slots.clone().try_acquire_owned().map_err(|_| PlaybackError::Busy)?);
        }
        state.runs += 1;
        let (number, cancel) = (state.runs, CancellationToken::new());
        state.run =
            Some(Active { number, start: index, current: index, ended: None, cancel: cancel.clone() });
        drop(state);
        Run { stream: Arc::downgrade(self), number, start: index }.spawn(self, cancel);
        Ok(())
    }

    /// The error for a failure.
    fn explain(&self, failure: StreamFailure) -> PlaybackError {
        match failure {
            StreamFailure::DiskFull => PlaybackError::DiskFull,
            _ if !self.source.file.exists() => {
                PlaybackError::FileMissing(self.source.file.display().to_string())
            }
            StreamFailure::Said(said) => PlaybackError::Ffmpeg(said),
        }
    }

    /// Records the end of run `number`. Its slot is free again, unless a newer run holds it.
    fn ended(&self, number: u64, end: Ended) {
        self.update(number, |state| {
            state.slot = None;
            if let Some(run) = &mut state.run {
                run.ended = Some(end);
            }
        });
    }

    fn path(&self, index: usize) -> PathBuf {
        self.folder.path().join(format!("{index}.m4s"))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state on behalf of run `number`. False when that is not the current run any more.
    fn update(&self, number: u64, change: impl FnOnce(&mut State)) -> bool {
        let mut state = self.state();
        if state.run.as_ref().is_none_or(|run| run.number != number) {
            return false;
        }
        change(&mut state);
        drop(state);
        self.changed.send_replace(());
        true
    }

    /// Takes over a complete segment from run `number`, and deletes those that are far from the player. False, and the
    /// file is deleted, when that is not the current run any more.
    fn finished(&self, number: u64, index: usize, part: TempPath) -> std::io::Result<bool> {
        let wanted = *self.wanted.borrow();
        let mut taken = Ok(());
        let ours = self.update(number, |state| {
            // Under the lock: after `stop` no file may appear that is not in `done`.
            taken = part.persist(self.path(index)).map_err(|error| error.error);
            if taken.is_err() {
                return;
            }
            state.done.insert(index);
            let far: Vec<usize> = state
                .done
                .iter()
                .copied()
                .filter(|done| self.segments.between(*done, wanted) > KEPT)
                .collect();
            for index in far {
                state.done.remove(&index);
                let _ = std::fs::remove_file(self.path(index));
            }
        });
        taken.map(|()| ours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream() -> Arc<Stream> {
        let plan = StreamPlan { video: VideoPlan::Copy, audio: None };
        let source = StreamSource {
            file: "/nowhere/film.mkv".into(),
            plan,
            video: None,
            audio: None,
            subtitle: None,
            duration: 60_000,
            origin: 0,
            begin: 0,
            keyframes: vec![0, 10_000],
        };
        let tools = Tools {
            ffmpeg: "/nowhere/ffmpeg".into(),
            ffprobe: None,
            version: String::new(),
            encodes_h264: true,
            maps_tones: false,
        };
        Arc::new(Stream::new(source, tools, Arc::new(Semaphore::new(1)), tempfile::tempdir().unwrap()))
    }

    fn files(stream: &Stream) -> usize {
        std::fs::read_dir(stream.folder.path()).unwrap().count()
    }

    /// A segment that run 1 has written to its end.
    fn written(stream: &Stream) -> TempPath {
        let part = TempPath::try_from_path(stream.path(0).with_extension("1.part")).unwrap();
        std::fs::write(&part, "a segment").unwrap();
        part
    }

    #[test]
    fn a_segment_that_is_finished_after_the_stop_leaves_no_file() {
        let stream = stream();
        let active =
            Active { number: 1, start: 0, current: 0, ended: None, cancel: CancellationToken::new() };
        stream.state().run = Some(active);
        let part = written(&stream);
        stream.stop();
        assert!(!stream.finished(1, 0, part).unwrap());
        assert_eq!(files(&stream), 0);
    }

    #[test]
    fn a_finished_segment_is_kept_until_the_stop() {
        let stream = stream();
        let active =
            Active { number: 1, start: 0, current: 0, ended: None, cancel: CancellationToken::new() };
        stream.state().run = Some(active);
        assert!(stream.finished(1, 0, written(&stream)).unwrap());
        assert!(stream.path(0).is_file());
        stream.stop();
        assert_eq!(files(&stream), 0);
    }
}
