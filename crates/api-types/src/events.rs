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
    /// Plays were read from Trakt, any number of them: load them again.
    Sync(TraktSync),
    /// A play was made or changed.
    Play(Box<Play>),
    /// Many plays were made or changed at once: load them again.
    Plays(Reload),
    /// Titles were rated or dropped, or put on or taken off the watchlist.
    Preferences(PreferencesChanged),
    /// A run of collections went on.
    CollectionRun(CollectionRunProgress),
    /// Collections changed, or what is known of the files that make them: load them again.
    Collections(Reload),
    /// The lists of a person, or what is on them, changed: load them again.
    Lists(Reload),
    /// Updates were missed that the server no longer remembers: load everything again.
    Missed(Reload),
}

/// Says no more than that something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reload {}

/// The library changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct LibraryChanged {
    /// Grows with every change.
    pub revision: i64,
}

/// Something else is thought of some titles.
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
