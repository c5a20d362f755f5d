//! The state of a stream: its segments and its ffmpeg process.

use std::collections::BTreeSet;
use std::io::ErrorKind;

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::sync::CancellationToken;

/// The state of a stream.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The initialisation segment.
    pub(super) init: Option<Bytes>,
    /// Indexes of the complete segments.
    pub(super) done: BTreeSet<usize>,
    pub(super) run: Option<Active>,
    /// Number of runs so far.
    pub(super) runs: u64,
    /// Held while ffmpeg runs and across seeks, so that a seek never has to wait for other streams.
    pub(super) slot: Option<OwnedSemaphorePermit>,
}

/// The current ffmpeg process, or how it ended.
#[derive(Debug)]
pub(super) struct Active {
    pub(super) number: u64,
    /// The first segment of the run.
    pub(super) start: usize,
    /// The segment that is being written.
    pub(super) current: usize,
    pub(super) ended: Option<Ended>,
    pub(super) cancel: CancellationToken,
}

/// How an ffmpeg process ended.
#[derive(Debug, Clone)]
pub(super) enum Ended {
    /// At the end of the file.
    Complete,
    /// Early, because the following segments already exist or another run replaced it.
    Early,
    /// It failed.
    Failed(StreamFailure),
}

/// Why a run failed.
#[derive(Debug, Clone)]
pub(super) enum StreamFailure {
    /// The disk is full.
    DiskFull,
    /// The last line of ffmpeg's error output, or what is wrong with its output.
    Ffmpeg(String),
}

impl From<std::io::Error> for StreamFailure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Ffmpeg(error.to_string()),
        }
    }
}

impl Drop for Active {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}
