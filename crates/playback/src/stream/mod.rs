//! HLS made by ffmpeg while it is watched.
//!
//! The playlist lists the whole film at once, so that every place can be sought from the first moment. A [`Stream`]
//! makes the segments that are asked for: one ffmpeg at a time writes a fragmented MP4 into a pipe, and [`run`] cuts it
//! into files. When the player is far ahead of nothing, the pipe is simply not read on, and ffmpeg waits.

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
use tempfile::TempDir;
use tokio::sync::{Semaphore, watch};
use tokio_util::sync::CancellationToken;

use super::error::PlaybackError;
use super::plan::{StreamPlan, VideoPlan};
use super::tools::Tools;
use run::Run;
use segments::Segments;
use state::{Active, Ended, Failure, State};

/// Milliseconds of copied video that are waited for rather than sought: ffmpeg copies them in a moment.
const NEAR_COPIED: u64 = 60_000;
/// Milliseconds of converted video that are waited for; seeking further is quicker than converting what lies between.
const NEAR_ENCODED: u64 = 6_000;
/// Milliseconds that are made ahead of the player before ffmpeg has to wait.
const AHEAD: u64 = 60_000;
/// Milliseconds that are kept behind and ahead of the player; what is further off is deleted, and made again if need be.
const KEPT: u64 = 300_000;
/// A segment that takes longer than this will not come.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a stream is made of.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) file: PathBuf,
    pub(crate) plan: StreamPlan,
    pub(crate) video: Option<VideoTrack>,
    pub(crate) audio: Option<AudioTrack>,
    /// The subtitles to draw into the picture.
    pub(crate) subtitle: Option<SubtitleTrack>,
    /// Milliseconds.
    pub(crate) duration: u64,
    /// Where the picture can be cut, in milliseconds.
    pub(crate) keyframes: Vec<u64>,
}

/// One film on its way to one player.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(super) source: Source,
    segments: Segments,
    tools: Tools,
    slots: Arc<Semaphore>,
    folder: TempDir,
    state: Mutex<State>,
    /// Told whenever the state changes.
    changed: watch::Sender<()>,
    /// The segment that the player asked for last.
    wanted: watch::Sender<usize>,
}

impl Stream {
    /// A stream of which nothing is made yet. Its files live in `folder` and go with it.
    pub(crate) fn new(source: Source, tools: Tools, slots: Arc<Semaphore>, folder: TempDir) -> Self {
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

    /// The playlist of the whole film.
    pub(crate) fn playlist(&self, query: &str) -> String {
        self.segments.playlist(query)
    }

    /// Starts ffmpeg where the player is about to begin, before it asks.
    pub(crate) fn begin(self: &Arc<Self>, begin_ms: u64) -> Result<(), PlaybackError> {
        let index = self.segments.at(begin_ms);
        self.wanted.send_replace(index);
        self.make_sure(index)
    }

    /// What decoders need first. Starts ffmpeg where the player is about to begin, when nothing was made yet.
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

    /// Stops ffmpeg and deletes what was made; the next request starts anew.
    pub(crate) fn rest(&self) {
        let mut state = self.state();
        state.run = None;
        state.slot = None;
        for index in std::mem::take(&mut state.done) {
            let _ = std::fs::remove_file(self.path(index));
        }
        drop(state);
        self.changed.send_replace(());
    }

    /// Whether an ffmpeg works for this stream.
    pub(crate) fn is_running(&self) -> bool {
        self.state().run.as_ref().is_some_and(|run| run.ended.is_none())
    }

    /// Waits until `ready` finds what it wants, with an ffmpeg at work that will bring `index`.
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
                self.make_sure(index)?;
                // The sender lives as long as the stream does.
                let _ = changed.changed().await;
            }
        };
        let late = |_| PlaybackError::Ffmpeg("it did not deliver in time".to_owned());
        tokio::time::timeout(PATIENCE, waiting).await.map_err(late)?
    }

    /// Makes sure that an ffmpeg works towards `index`.
    fn make_sure(self: &Arc<Self>, index: usize) -> Result<(), PlaybackError> {
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
                // It came to the end of the film before the end of the playlist.
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

    /// What a failure means to a person.
    fn explain(&self, failure: Failure) -> PlaybackError {
        match failure {
            Failure::DiskFull => PlaybackError::DiskFull,
            _ if !self.source.file.exists() => {
                PlaybackError::FileMissing(self.source.file.display().to_string())
            }
            Failure::Said(said) => PlaybackError::Ffmpeg(said),
        }
    }

    /// Run `number` has come to its end. Its slot is free for others, unless a newer run has it.
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

    /// Changes the state on behalf of run `number`. Whether it is still the one at work.
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

    /// A segment is complete. Deletes those that are far from the player.
    fn finished(&self, number: u64, index: usize) -> bool {
        let wanted = *self.wanted.borrow();
        self.update(number, |state| {
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
        })
    }
}
