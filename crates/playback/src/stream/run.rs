//! One ffmpeg, from its start to its end.

use std::process::Stdio;
use std::sync::{Arc, Weak};

use bytes::Bytes;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufWriter};
use tokio::process::{Child, ChildStdout, Command};
use tokio_util::sync::CancellationToken;

use super::fragments::{Piece, Pieces};
use super::state::{Ended, Failure, State};
use super::{AHEAD, Stream, command};
use crate::tools::cores;

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

/// Where the writing is.
struct Place {
    /// The first segment that is not complete.
    next: usize,
    /// The segment being written; none between two, and while what comes is there already.
    open: Option<Open>,
}

/// The segment being written.
struct Open {
    index: usize,
    file: BufWriter<File>,
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
                Err(error) => Ended::Failed(Failure::Said(format!("it could not be started: {error}"))),
            };
            if let Ended::Failed(failure) = &end {
                tracing::warn!(?failure, "a stream broke off");
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
            can_tone_map: stream.tools.maps_tones,
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
    async fn watch(&self, mut child: Child) -> Result<Ended, Failure> {
        let (Some(output), Some(complaints)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(Failure::Said("its output is not there".to_owned()));
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
            Err(error) => return Err(error.into()),
        }
        if child.wait().await?.success() {
            return Ok(Ended::Playable);
        }
        let said = listening.await.unwrap_or_default();
        Err(Failure::Said(said.lines().next_back().unwrap_or("it gave no reason").to_owned()))
    }

    async fn write_segments(&self, pieces: &mut Pieces<ChildStdout>) -> std::io::Result<Step> {
        let mut place = Place { next: self.start, open: None };
        while let Some(piece) = pieces.next().await? {
            match piece {
                Piece::Init(init) => {
                    if let Step::Enough = self.tell(|state| state.init = Some(Bytes::from(init))) {
                        return Ok(Step::Enough);
                    }
                }
                Piece::Fragment { header, time, end, data: (data_header, size) } => {
                    if let Step::Enough = self.go_to(&mut place, time).await? {
                        return Ok(Step::Enough);
                    }
                    let mut data = pieces.input().take(size);
                    let Some(open) = &mut place.open else {
                        // Copied video begins at a keyframe before the wanted segment.
                        tokio::io::copy(&mut data, &mut tokio::io::sink()).await?;
                        continue;
                    };
                    open.file.write_all(&header).await?;
                    open.file.write_all(&data_header).await?;
                    tokio::io::copy(&mut data, &mut open.file).await?;
                    if let Step::Enough = self.close_if_complete(&mut place, end).await? {
                        return Ok(Step::Enough);
                    }
                }
            }
        }
        self.close(&mut place).await?;
        Ok(Step::On)
    }

    /// Opens the segment that a fragment at `time` belongs to, and closes the one before.
    async fn go_to(&self, place: &mut Place, time: u64) -> std::io::Result<Step> {
        let Some(stream) = self.stream.upgrade() else { return Ok(Step::Enough) };
        let found = stream.segments.at(time);
        drop(stream);
        // A straggler of a segment that is complete goes into the next: players sort pictures by their times.
        let index = found.max(place.next);
        if found < self.start || place.open.as_ref().is_some_and(|open| open.index == index) {
            return Ok(Step::On);
        }
        // Segments without a picture of their own are complete, and empty.
        self.close(place).await?;
        for skipped in place.next..index {
            place.open = self.create(skipped).await?;
            self.close(place).await?;
            place.next = skipped + 1;
        }
        if let Step::Enough = self.wait_for_player(index).await {
            return Ok(Step::Enough);
        }
        place.open = self.create(index).await?;
        Ok(if place.open.is_some() { Step::On } else { Step::Enough })
    }

    /// Hands a segment over as soon as its last picture is written, without waiting for the next one's first.
    async fn close_if_complete(&self, place: &mut Place, end: u64) -> std::io::Result<Step> {
        let Some(stream) = self.stream.upgrade() else { return Ok(Step::Enough) };
        let complete = place.open.as_ref().is_some_and(|open| stream.segments.is_complete(open.index, end));
        drop(stream);
        if complete { self.close(place).await } else { Ok(Step::On) }
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

    async fn close(&self, place: &mut Place) -> std::io::Result<Step> {
        let Some(mut done) = place.open.take() else { return Ok(Step::On) };
        place.next = done.index + 1;
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

    fn tell(&self, change: impl FnOnce(&mut State)) -> Step {
        let ours = self.stream.upgrade().is_some_and(|stream| stream.update(self.number, change));
        if ours { Step::On } else { Step::Enough }
    }
}
