//! One run of ffmpeg.

use std::process::Stdio;
use std::sync::{Arc, Weak};

use bytes::Bytes;
use tempfile::TempPath;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufWriter};
use tokio::process::{Child, ChildStdout, Command};
use tokio_util::sync::CancellationToken;

use super::fragments::{OFFSET_MS, Piece, Pieces};
use super::state::{Ended, State, StreamFailure};
use super::{AHEAD, Stream, command};
use crate::tools::cores;

/// Bytes of ffmpeg's errors that are kept for the log.
const COMPLAINT: u64 = 4096;

/// A run. It writes segments until the file ends, another run takes over, or the stream is closed.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) stream: Weak<Stream>,
    pub(super) number: u64,
    /// Its first segment.
    pub(super) start: usize,
}

/// Whether a run continues.
enum Step {
    /// Continue.
    On,
    /// Stop: nobody needs the rest.
    Enough,
}

/// The segment files that a run writes, one after the other.
struct SegmentOutput {
    /// The first segment that is not complete.
    next: usize,
    /// The segment being written; none between two segments, and while ffmpeg repeats one that exists.
    open: Option<Open>,
}

/// The segment being written.
struct Open {
    index: usize,
    file: BufWriter<File>,
    /// Where it is written. Deleted with this value, so that a run that is cancelled leaves nothing behind.
    part: TempPath,
}

impl Run {
    /// Starts ffmpeg and a task that reads it.
    pub(super) fn spawn(self, stream: &Arc<Stream>, cancel: CancellationToken) {
        let child = self.start_ffmpeg(stream);
        tokio::spawn(async move {
            let end = match child {
                Ok(child) => tokio::select! {
                    end = self.watch(child) => end.unwrap_or_else(Ended::Failed),
                    () = cancel.cancelled() => Ended::Early,
                },
                Err(error) => Ended::Failed(StreamFailure::Said(format!("it could not be started: {error}"))),
            };
            if let Ended::Failed(failure) = &end {
                tracing::warn!(?failure, "stream failed");
            }
            if let Some(stream) = self.stream.upgrade() {
                stream.ended(self.number, end);
            }
        });
    }

    fn start_ffmpeg(&self, stream: &Stream) -> std::io::Result<Child> {
        let source = &stream.source;
        let job = command::Job {
            file: &source.file,
            video: source.video.as_ref(),
            audio: source.audio.as_ref(),
            subtitle: source.subtitle.as_ref(),
            plan: source.plan,
            start: stream.segments.start(self.start).unwrap_or_default(),
            origin: source.origin,
            begin: source.begin,
            can_tone_map: stream.tools.can_tone_map,
            cores: cores(),
        };
        Command::new(&stream.tools.ffmpeg)
            .args(command::arguments(job))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
    }

    /// Reads ffmpeg to its end.
    async fn watch(&self, mut child: Child) -> Result<Ended, StreamFailure> {
        let (Some(output), Some(complaints)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(StreamFailure::Said("ffmpeg has no output".to_owned()));
        };
        let listening = tokio::spawn(async move {
            let mut said = String::new();
            let mut complaints = complaints;
            let _ = (&mut complaints).take(COMPLAINT).read_to_string(&mut said).await;
            // Read the rest too, because ffmpeg blocks when the pipe is full.
            let _ = tokio::io::copy(&mut complaints, &mut tokio::io::sink()).await;
            said
        });
        let begin = self.stream.upgrade().map_or(0, |stream| stream.source.begin);
        let written = self.write_segments(&mut Pieces::new(output, OFFSET_MS + begin)).await;
        match written {
            Ok(Step::Enough) => return Ok(Ended::Early),
            Ok(Step::On) => {}
            Err(error) => return Err(error.into()),
        }
        if child.wait().await?.success() {
            return Ok(Ended::Playable);
        }
        let said = listening.await.unwrap_or_default();
        Err(StreamFailure::Said(said.lines().next_back().unwrap_or("it gave no reason").to_owned()))
    }

    async fn write_segments(&self, pieces: &mut Pieces<ChildStdout>) -> std::io::Result<Step> {
        let mut output = SegmentOutput { next: self.start, open: None };
        while let Some(piece) = pieces.next().await? {
            match piece {
                Piece::Init(init) => {
                    if let Step::Enough = self.tell(|state| state.init = Some(Bytes::from(init))) {
                        return Ok(Step::Enough);
                    }
                }
                Piece::Fragment { header, time, end, data: (data_header, size) } => {
                    if let Step::Enough = self.go_to(&mut output, time).await? {
                        return Ok(Step::Enough);
                    }
                    let mut data = pieces.input().take(size);
                    let Some(open) = &mut output.open else {
                        // Copied video begins at a keyframe before the wanted segment.
                        tokio::io::copy(&mut data, &mut tokio::io::sink()).await?;
                        continue;
                    };
                    open.file.write_all(&header).await?;
                    open.file.write_all(&data_header).await?;
                    tokio::io::copy(&mut data, &mut open.file).await?;
                    if let Step::Enough = self.close_if_complete(&mut output, end).await? {
                        return Ok(Step::Enough);
                    }
                }
            }
        }
        self.close(&mut output).await?;
        Ok(Step::On)
    }

    /// Opens the segment that a fragment at `time` belongs to, and closes the one before.
    async fn go_to(&self, output: &mut SegmentOutput, time: u64) -> std::io::Result<Step> {
        let Some(stream) = self.stream.upgrade() else { return Ok(Step::Enough) };
        let found = stream.segments.at(time);
        drop(stream);
        // A late frame of a complete segment goes into the next one; players sort frames by time.
        let index = found.max(output.next);
        if found < self.start || output.open.as_ref().is_some_and(|open| open.index == index) {
            return Ok(Step::On);
        }
        // Segments without frames are written empty.
        self.close(output).await?;
        for skipped in output.next..index {
            output.open = self.create(skipped).await?;
            self.close(output).await?;
            output.next = skipped + 1;
        }
        if let Step::Enough = self.wait_for_player(index).await {
            return Ok(Step::Enough);
        }
        output.open = self.create(index).await?;
        Ok(if output.open.is_some() { Step::On } else { Step::Enough })
    }

    /// Finishes a segment as soon as its last frame is written, without waiting for the next segment.
    async fn close_if_complete(&self, output: &mut SegmentOutput, end: u64) -> std::io::Result<Step> {
        let Some(stream) = self.stream.upgrade() else { return Ok(Step::Enough) };
        let complete = output.open.as_ref().is_some_and(|open| stream.segments.is_complete(open.index, end));
        drop(stream);
        if complete { self.close(output).await } else { Ok(Step::On) }
    }

    /// Creates the file of a segment; none when the segment exists already.
    async fn create(&self, index: usize) -> std::io::Result<Option<Open>> {
        let Some(stream) = self.stream.upgrade() else { return Ok(None) };
        let mut made = false;
        let ours = stream.update(self.number, |state| {
            made = state.done.contains(&index);
            if let Some(run) = &mut state.run {
                run.current = index;
            }
        });
        if !ours || made {
            return Ok(None);
        }
        let part = TempPath::try_from_path(stream.path(index).with_extension(self.part()))?;
        // Not in the background: a file that appears after the run was cancelled would stay.
        let file = File::from_std(std::fs::File::create(&part)?);
        Ok(Some(Open { index, file: BufWriter::with_capacity(256 * 1024, file), part }))
    }

    async fn close(&self, output: &mut SegmentOutput) -> std::io::Result<Step> {
        let Some(mut done) = output.open.take() else { return Ok(Step::On) };
        output.next = done.index + 1;
        done.file.flush().await?;
        drop(done.file);
        let Some(stream) = self.stream.upgrade() else { return Ok(Step::Enough) };
        Ok(if stream.finished(self.number, done.index, done.part)? { Step::On } else { Step::Enough })
    }

    /// Each run has its own temporary names, so that a run that is being stopped cannot overwrite another's file.
    fn part(&self) -> String {
        format!("{}.part", self.number)
    }

    /// Waits while the player is far behind. The pipe fills up meanwhile, so that ffmpeg waits too.
    async fn wait_for_player(&self, index: usize) -> Step {
        loop {
            let Some(stream) = self.stream.upgrade() else { return Step::Enough };
            let mut asked = stream.wanted.subscribe();
            let wanted = *asked.borrow_and_update();
            if index <= wanted || stream.segments.between(wanted, index) <= AHEAD {
                return Step::On;
            }
            // A reference held while waiting would keep the stream alive.
            drop(stream);
            if asked.changed().await.is_err() {
                return Step::Enough;
            }
        }
    }

    fn tell(&self, change: impl FnOnce(&mut State)) -> Step {
        let ours = self.stream.upgrade().is_some_and(|stream| stream.update(self.number, change));
        if ours { Step::On } else { Step::Enough }
    }
}
