//! One run of ffmpeg.

use std::process::Stdio;
use std::sync::{Arc, Weak};

use bytes::Bytes;
use tempfile::TempPath;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufWriter};
use tokio::process::{Child, ChildStdout, Command};
use tokio_util::sync::CancellationToken;

use super::fragments::{FragmentReader, OFFSET_MS, OutputPart};
use super::state::{Ended, State, StreamFailure};
use super::{MAX_AHEAD, Stream, command};
use crate::tools::cores;

/// Bytes of ffmpeg's error output that are kept.
const MAX_ERROR_OUTPUT: u64 = 4096;

/// One ffmpeg process. It writes segments until the file ends, another run replaces it, or the stream is
/// closed.
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
    Continue,
    /// Stop, because the rest is not needed.
    Stop,
}

/// The segment files that a run writes, one after the other.
struct SegmentOutput {
    /// The first segment that is not complete.
    next: usize,
    /// The segment being written; `None` between two segments, and before the first one.
    open: Option<Open>,
}

/// The segment being written.
struct Open {
    index: usize,
    file: BufWriter<File>,
    /// The temporary file, which is deleted when this value is dropped, so that a cancelled run leaves no
    /// files.
    part: TempPath,
}

impl Run {
    /// Starts ffmpeg and a task that reads its output.
    pub(super) fn spawn(self, stream: &Arc<Stream>, cancel: CancellationToken) {
        let child = self.start_ffmpeg(stream);
        tokio::spawn(async move {
            let end = match child {
                Ok(child) => tokio::select! {
                    end = self.read_output(child) => end.unwrap_or_else(Ended::Failed),
                    () = cancel.cancelled() => Ended::Early,
                },
                Err(error) => {
                    Ended::Failed(StreamFailure::Ffmpeg(format!("it could not be started: {error}")))
                }
            };
            if let Ended::Failed(failure) = &end {
                tracing::warn!(?failure, "stream failed");
            }
            if let Some(stream) = self.stream.upgrade() {
                stream.record_end(self.number, end);
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

    /// Reads ffmpeg's output to its end.
    async fn read_output(&self, mut child: Child) -> Result<Ended, StreamFailure> {
        let (Some(output), Some(errors)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(StreamFailure::Ffmpeg("ffmpeg has no output".to_owned()));
        };
        let error_output = tokio::spawn(async move {
            let mut text = String::new();
            let mut errors = errors;
            let _ = (&mut errors).take(MAX_ERROR_OUTPUT).read_to_string(&mut text).await;
            // Read the rest, too, because ffmpeg blocks when the pipe is full.
            let _ = tokio::io::copy(&mut errors, &mut tokio::io::sink()).await;
            text
        });
        let begin = self.stream.upgrade().map_or(0, |stream| stream.source.begin);
        let written = self.write_segments(&mut FragmentReader::new(output, OFFSET_MS + begin)).await;
        match written {
            Ok(Step::Stop) => return Ok(Ended::Early),
            Ok(Step::Continue) => {}
            Err(error) => return Err(error.into()),
        }
        if child.wait().await?.success() {
            return Ok(Ended::Complete);
        }
        let text = error_output.await.unwrap_or_default();
        Err(StreamFailure::Ffmpeg(text.lines().next_back().unwrap_or("it gave no reason").to_owned()))
    }

    async fn write_segments(&self, reader: &mut FragmentReader<ChildStdout>) -> std::io::Result<Step> {
        let mut output = SegmentOutput { next: self.start, open: None };
        while let Some(part) = reader.next().await? {
            match part {
                OutputPart::Init(init) => {
                    if let Step::Stop = self.update_state(|state| state.init = Some(Bytes::from(init))) {
                        return Ok(Step::Stop);
                    }
                }
                OutputPart::Fragment { header, time, end, data: (data_header, size) } => {
                    if let Step::Stop = self.advance(&mut output, time).await? {
                        return Ok(Step::Stop);
                    }
                    let mut data = reader.input().take(size);
                    let Some(open) = &mut output.open else {
                        // Copied video begins at a keyframe before the requested segment.
                        tokio::io::copy(&mut data, &mut tokio::io::sink()).await?;
                        continue;
                    };
                    open.file.write_all(&header).await?;
                    open.file.write_all(&data_header).await?;
                    tokio::io::copy(&mut data, &mut open.file).await?;
                    if let Step::Stop = self.close_if_complete(&mut output, end).await? {
                        return Ok(Step::Stop);
                    }
                }
            }
        }
        self.close(&mut output).await?;
        Ok(Step::Continue)
    }

    /// Opens the segment to which a fragment at `time` belongs, and closes the previous segment.
    async fn advance(&self, output: &mut SegmentOutput, time: u64) -> std::io::Result<Step> {
        let Some(stream) = self.stream.upgrade() else { return Ok(Step::Stop) };
        let found = stream.segments.at(time);
        drop(stream);
        // A late frame of a complete segment is written to the next one. Players sort frames by time.
        let index = found.max(output.next);
        if found < self.start || output.open.as_ref().is_some_and(|open| open.index == index) {
            return Ok(Step::Continue);
        }
        // Segments without frames are written as empty files.
        self.close(output).await?;
        for skipped in output.next..index {
            output.open = self.create(skipped).await?;
            self.close(output).await?;
            output.next = skipped + 1;
        }
        if let Step::Stop = self.wait_for_player(index).await {
            return Ok(Step::Stop);
        }
        output.open = self.create(index).await?;
        Ok(if output.open.is_some() { Step::Continue } else { Step::Stop })
    }

    /// Closes a segment as soon as its last frame is written, without waiting for the next segment.
    async fn close_if_complete(&self, output: &mut SegmentOutput, end: u64) -> std::io::Result<Step> {
        let Some(stream) = self.stream.upgrade() else { return Ok(Step::Stop) };
        let complete = output.open.as_ref().is_some_and(|open| stream.segments.is_complete(open.index, end));
        drop(stream);
        if complete { self.close(output).await } else { Ok(Step::Continue) }
    }

    /// Creates the file of a segment; `None` if the segment already exists or this is no longer the current
    /// run.
    async fn create(&self, index: usize) -> std::io::Result<Option<Open>> {
        let Some(stream) = self.stream.upgrade() else { return Ok(None) };
        let mut exists = false;
        let is_current = stream.update(self.number, |state| {
            exists = state.done.contains(&index);
            if let Some(run) = &mut state.run {
                run.current = index;
            }
        });
        if !is_current || exists {
            return Ok(None);
        }
        let part = TempPath::try_from_path(stream.path(index).with_extension(self.part_extension()))?;
        // Created synchronously, because a file created in the background after the run was cancelled would
        // be left over.
        let file = File::from_std(std::fs::File::create(&part)?);
        Ok(Some(Open { index, file: BufWriter::with_capacity(256 * 1024, file), part }))
    }

    /// Completes the open segment, if any.
    async fn close(&self, output: &mut SegmentOutput) -> std::io::Result<Step> {
        let Some(mut done) = output.open.take() else { return Ok(Step::Continue) };
        output.next = done.index + 1;
        done.file.flush().await?;
        drop(done.file);
        let Some(stream) = self.stream.upgrade() else { return Ok(Step::Stop) };
        Ok(if stream.add_segment(self.number, done.index, done.part)? { Step::Continue } else { Step::Stop })
    }

    /// Extension of temporary files. It differs between runs, so that a run that is being stopped cannot
    /// overwrite a newer run's file.
    fn part_extension(&self) -> String {
        format!("{}.part", self.number)
    }

    /// Waits while the player is far behind. Meanwhile the pipe fills up, so that ffmpeg waits, too.
    async fn wait_for_player(&self, index: usize) -> Step {
        loop {
            let Some(stream) = self.stream.upgrade() else { return Step::Stop };
            let mut requested = stream.wanted.subscribe();
            let wanted = *requested.borrow_and_update();
            if index <= wanted || stream.segments.between(wanted, index) <= MAX_AHEAD {
                return Step::Continue;
            }
            // A reference held while waiting would keep the stream alive.
            drop(stream);
            if requested.changed().await.is_err() {
                return Step::Stop;
            }
        }
    }

    fn update_state(&self, change: impl FnOnce(&mut State)) -> Step {
        let is_current = self.stream.upgrade().is_some_and(|stream| stream.update(self.number, change));
        if is_current { Step::Continue } else { Step::Stop }
    }
}
