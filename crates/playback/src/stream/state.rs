//! Segments and the ffmpeg process of a stream.

use std::collections::BTreeSet;
use std::io::ErrorKind;

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::sync::CancellationToken;

/// The state of a stream.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) init: Option<Bytes>,
    pub(super) done: BTreeSet<usize>,
    pub(super) run: Option<Active>,
    pub(super) runs: u64,
    /// Held while ffmpeg runs, so that a seek never has to queue behind other streams.
    pub(super) slot: Option<OwnedSemaphorePermit>,
}

/// The current ffmpeg process, or how it ended.
#[derive(Debug)]
pub(super) struct Active {
    pub(super) number: u64,
    pub(super) start: usize,
    pub(super) current: usize,
    pub(super) ended: Option<Ended>,
    pub(super) cancel: CancellationToken,
}

/// How an ffmpeg process ended.
#[derive(Debug, Clone)]
pub(super) enum Ended {
    /// At the end of the file.
    Playable,
    /// Early: the rest exists already, or another run has taken over.
    Early,
    /// It failed.
    Failed(StreamFailure),
}

/// Why a run failed.
#[derive(Debug, Clone)]
pub(super) enum StreamFailure {
    /// The disk is full.
    DiskFull,
    /// The last line of ffmpeg's errors, or what is wrong with its output.
    Said(String),
}

impl From<std::io::Error> for StreamFailure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Said(error.to_string()),
        }
    }
}

impl Drop for Active {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}
