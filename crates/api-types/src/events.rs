//! Live updates, sent as server-sent events: the event's name is `event`, its data is `data` as JSON.

use db::ids::TitleId;
use serde::Serialize;
use utoipa::ToSchema;

use super::collections::CollectionRunProgress;
use super::library::ScanStatus;
use super::play::Play;
use super::playback::ScrobbleStatus;
use super::trakt::{TraktConnect, TraktStatus};
use super::trakt_sync::TraktSync;

/// One live update.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
pub enum ServerEvent {
    /// Progress of a scan.
    Scan(ScanStatus),
    /// Titles, files or matches changed: reload them.
    Library(LibraryChanged),
    /// The dot of a player changed.
    Playback(PlaybackChanged),
    /// The Trakt connection or queue changed.
    Trakt(TraktStatus),
    /// Progress of connecting with a code.
    Connect(TraktConnect),
    /// The sync status changed. Any number of plays may have been read from Trakt: reload them.
    Sync(TraktSync),
    /// A play was added or changed.
    Play(Box<Play>),
    /// Many plays were added or changed: reload them.
    Plays(Reload),
    /// Titles were rated or dropped, or added to or removed from the watchlist.
    Preferences(PreferencesChanged),
    /// Progress of a collection run.
    CollectionRun(CollectionRunProgress),
    /// Collections or the status of their files changed: reload them.
    Collections(Reload),
    /// The user's lists or their contents changed: reload them.
    Lists(Reload),
    /// The client missed updates that the server no longer has: reload everything.
    Missed(Reload),
}

/// A payload without details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reload {}

/// The library changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct LibraryChanged {
    /// Increases with every change.
    pub revision: i64,
}

/// The preferences for some titles changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PreferencesChanged {
    /// The titles.
    #[schema(value_type = Vec<i64>)]
    pub title_ids: Vec<TitleId>,
}

/// A player's dot changed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaybackChanged {
    /// The playback.
    pub id: String,
    /// Its dot.
    pub scrobble: ScrobbleStatus,
}
