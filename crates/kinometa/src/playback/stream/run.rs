//! One ffmpeg, from its start to its end.

use std::process::Stdio;
use std::sync::{Arc, Weak};

use axum::body::Bytes;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufWriter};
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::sync::CancellationToken;

use super::fragments::{Piece, Pieces};
use super::{AHEAD, Ended, Stream, command};

/// Of what ffmpeg complains, this much is kept for the log.
const COMPLAINT: u64 = 4096;

/// A run: it serves its stream until the film ends, another run takes over, or the stream is gone.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) stream: Weak<Stream>,
    pub(super) number: u64,
    /// The segment it begins with.
    pub(super) start: usize,
}

/// How a run went on.
enum Step {
    /// There is more.
    On,
    /// Nobody needs the rest.
    Enough,
}

/// The segment being written.
struct Open {
    index: usize,
    file: BufWriter<File>,
}

impl Run {
    /// Starts ffmpeg and a task that reads it. The slot is free again when ffmpeg has ended.
    pub(super) fn spawn(self, stream: &Arc<Stream>, cancel: CancellationToken, slot: OwnedSemaphorePermit) {
        let child = self.start_ffmpeg(stream);
        tokio::spawn(async move {
            let _slot = slot;
            let end = match child {
                Ok(child) => tokio::select! {
                    end = self.watch(child) => end.unwrap_or_else(Ended::Failed),
                    () = cancel.cancelled() => Ended::Early,
                },
                Err(error) => Ended::Failed(format!("it could not be started: {error}")),
            };
            if let Ended::Failed(said) = &end {
                tracing::warn!(said, "ffmpeg failed");
            }
            if let Some(stream) = self.stream.upgrade() {
                stream.update(self.number, |state| {
                    if let Some(run) = &mut state.run {
                        run.ended = Some(end);
                    }
                });
            }
        });
    }

    fn start_ffmpeg(&self, stream: &Stream) -> std::io::Result<Child> {
        let source = &stream.source;
        let job = command::Job {
            file: &source.file,
            video: source.video.as_ref(),
            audio: source.audio.as_ref(),
            plan: source.plan,
            start: stream.segments.start(self.start).unwrap_or_default(),
            can_tone_map: stream.tools.maps_tones,
        };
        Command::new(&stream.tools.ffmpeg)
            .args(command::arguments(job))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
    }

    /// Reads ffmpeg to its end. The error is what ffmpeg said.
    async fn watch(&self, mut child: Child) -> Result<Ended, String> {
        let (Some(output), Some(complaints)) = (child.stdout.take(), child.stderr.take()) else {
            return Err("its output is not there".to_owned());
        };
        let listening = tokio::spawn(async move {
            let mut said = String::new();
            let mut complaints = complaints;
            let _ = (&mut complaints).take(COMPLAINT).read_to_string(&mut said).await;
            // The rest is read too, or ffmpeg would wait for it for ever.
            let _ = tokio::io::copy(&mut complaints, &mut tokio::io::sink()).await;
            said
        });
        let written = self.write_segments(&mut Pieces::new(output)).await;
        match written {
            Ok(Step::Enough) => return Ok(Ended::Early),
            Ok(Step::On) => {}
            Err(error) => return Err(error.to_string()),
        }
        let status = child.wait().await.map_err(|error| error.to_string())?;
        if status.success() {
            return Ok(Ended::Film);
        }
        let said = listening.await.unwrap_or_default();
        Err(said.lines().next_back().unwrap_or("it gave no reason").to_owned())
    }

    async fn write_segments(&self, pieces: &mut Pieces<ChildStdout>) -> std::io::Result<Step> {
        let mut open: Option<Open> = None;
        while let Some(piece) = pieces.next().await? {
            match piece {
                Piece::Init(init) => {
                    if let Step::Enough = self.tell(|state| state.init = Some(Bytes::from(init))) {
                        return Ok(Step::Enough);
                    }
                }
                Piece::Fragment { header, time, data: (data_header, size) } => {
                    if let Step::Enough = self.go_to(&mut open, time).await? {
                        return Ok(Step::Enough);
                    }
                    let mut data = pieces.input().take(size);
                    match &mut open {
                        Some(open) => {
                            open.file.write_all(&header).await?;
                            open.file.write_all(&data_header).await?;
                            tokio::io::copy(&mut data, &mut open.file).await?;
                        }
                        // Copied video begins at a keyframe before the wanted segment.
                        None => {
                            tokio::io::copy(&mut data, &mut tokio::io::sink()).await?;
                        }
                    }
                }
            }
        }
        self.close(&mut open).await?;
        Ok(Step::On)
    }

    /// Opens the segment that a fragment at `time` belongs to, and closes the one before.
    async fn go_to(&self, open: &mut Option<Open>, time: u64) -> std::io::Result<Step> {
        let Some(stream) = self.stream.upgrade() else { return Ok(Step::Enough) };
        let index = stream.segments.at(time);
        let current = open.as_ref().map(|open| open.index);
        if index < self.start || current.is_some_and(|current| index <= current) {
            return Ok(Step::On);
        }
        drop(stream);
        // Segments without a picture of their own are complete, and empty.
        for skipped in current.map_or(self.start, |current| current + 1)..index {
            self.close(open).await?;
            *open = self.create(skipped).await?;
        }
        if let Step::Enough = self.close(open).await? {
            return Ok(Step::Enough);
        }
        if let Step::Enough = self.wait_for_player(index).await {
            return Ok(Step::Enough);
        }
        *open = self.create(index).await?;
        Ok(if open.is_some() { Step::On } else { Step::Enough })
    }

    /// The file of a segment; none when somebody has made it already.
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
        let file = File::create(stream.path(index).with_extension(self.part())).await?;
        Ok(Some(Open { index, file: BufWriter::with_capacity(256 * 1024, file) }))
    }

    async fn close(&self, open: &mut Option<Open>) -> std::io::Result<Step> {
        let Some(mut done) = open.take() else { return Ok(Step::On) };
        done.file.flush().await?;
        drop(done.file);
        let Some(stream) = self.stream.upgrade() else { return Ok(Step::Enough) };
        let path = stream.path(done.index);
        tokio::fs::rename(path.with_extension(self.part()), &path).await?;
        Ok(if stream.finished(self.number, done.index) { Step::On } else { Step::Enough })
    }

    /// Each run writes under a name of its own, so that one that is being stopped cannot spoil another's work.
    fn part(&self) -> String {
        format!("{}.part", self.number)
    }

    /// Waits while the player is far behind. Meanwhile the pipe fills up and ffmpeg rests.
    async fn wait_for_player(&self, index: usize) -> Step {
        loop {
            let Some(stream) = self.stream.upgrade() else { return Step::Enough };
            let mut asked = stream.wanted.subscribe();
            let wanted = *asked.borrow_and_update();
            if index <= wanted || stream.segments.between(wanted, index) <= AHEAD {
                return Step::On;
            }
            // Held while waiting, the stream could never go.
            drop(stream);
            if asked.changed().await.is_err() {
                return Step::Enough;
            }
        }
    }

    fn tell(&self, change: impl FnOnce(&mut super::State)) -> Step {
        let ours = self.stream.upgrade().is_some_and(|stream| stream.update(self.number, change));
        if ours { Step::On } else { Step::Enough }
    }
}
