//! Live updates, sent as server-sent events: the event's name is `event`, its data is `data` as JSON.

use serde::Serialize;
use tokio::sync::broadcast;
use utoipa::ToSchema;

use super::library::ScanStatus;
use super::play::Play;
use super::playback::ScrobbleStatus;
use super::trakt::{TraktConnect, TraktStatus};

/// One live update.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
pub enum ServerEvent {
    /// A scan went on.
    Scan(ScanStatus),
    /// Titles, files or matches changed: load them again.
    Library(LibraryChanged),
    /// The dot of a player changed.
    Playback(PlaybackChanged),
    /// The Trakt connection or queue changed.
    Trakt(TraktStatus),
    /// Connecting with a code went on.
    Connect(TraktConnect),
    /// A play was made or changed.
    Play(Box<Play>),
}

/// The library changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct LibraryChanged {
    /// Grows with every change.
    pub revision: i64,
}

/// A player's dot changed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaybackChanged {
    /// The playback.
    pub id: String,
    /// Its dot.
    pub scrobble: ScrobbleStatus,
}

/// Updates that a slow listener may fall behind by before it has to start afresh.
const BACKLOG: usize = 256;

/// Whom an update concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody signed in.
    Everyone,
    /// One person.
    User(i64),
}

impl Audience {
    /// Whether this person is meant.
    pub fn includes(self, user_id: i64) -> bool {
        match self {
            Self::Everyone => true,
            Self::User(id) => id == user_id,
        }
    }
}

/// The server's live updates; cheap to clone.
#[derive(Debug, Clone)]
pub struct Events {
    sender: broadcast::Sender<(Audience, ServerEvent)>,
}

impl Default for Events {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG) }
    }
}

impl Events {
    /// Tells everybody concerned who is listening. Nobody listening is fine.
    pub fn send(&self, audience: Audience, event: ServerEvent) {
        let _ = self.sender.send((audience, event));
    }

    /// Listens from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<(Audience, ServerEvent)> {
        self.sender.subscribe()
    }
}
