//! What is made of a stream, and by whom.

use std::collections::BTreeSet;
use std::io::ErrorKind;

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::sync::CancellationToken;

/// What is made of a stream.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) init: Option<Bytes>,
    pub(super) done: BTreeSet<usize>,
    pub(super) run: Option<Active>,
    pub(super) runs: u64,
    /// Held while an ffmpeg is at work, so that a seek never has to queue behind others.
    pub(super) slot: Option<OwnedSemaphorePermit>,
}

/// The ffmpeg that is at work, or how it ended.
#[derive(Debug)]
pub(super) struct Active {
    pub(super) number: u64,
    pub(super) start: usize,
    pub(super) current: usize,
    pub(super) ended: Option<Ended>,
    pub(super) cancel: CancellationToken,
}

/// How an ffmpeg ended.
#[derive(Debug, Clone)]
pub(super) enum Ended {
    /// With the film.
    Playable,
    /// Before it: the rest was there already, or another has taken over.
    Early,
    /// It failed.
    Failed(Failure),
}

/// Why a run failed.
#[derive(Debug, Clone)]
pub(super) enum Failure {
    /// There is no room for segments.
    DiskFull,
    /// The last that ffmpeg said, or what was wrong with what it wrote.
    Said(String),
}

impl From<std::io::Error> for Failure {
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
