//! Turns the reports of a player into scrobbles and resume points. Pure: no clock, no database, no network.
//!
//! A *sitting* is one go at one title in one player: it begins with a start and ends with at most one stop. A file may
//! hold several titles (`S01E01-E02`): each has a [segment](Segments), and playing across a boundary stops the first
//! title at 100 % and starts the second. A [*viewing*](viewing) goes on across sittings and counts once.

mod machine;
mod segments;
mod sitting;
#[cfg(test)]
mod tests;
pub mod viewing;
#[cfg(test)]
mod viewing_tests;

use chrono::{DateTime, Utc};
use db::ids::TitleId;

pub use machine::Machine;
pub use segments::{Part, Segments};
pub use viewing::{Known, Viewing, Viewings};

/// From this percentage on, Trakt counts every stop as watched. Users may set a higher threshold.
pub const COUNTS_FROM: f64 = 80.0;
/// Below this nothing was watched: Trakt ignores such a stop (422), and no resume point is kept.
pub const WATCHED_FROM: f64 = 1.0;

/// What a player reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Playing begins or goes on.
    Play,
    /// Playing pauses.
    Pause,
    /// The person jumped to the position.
    Seek,
    /// Still playing (or still paused); sent every few seconds.
    Progress,
    /// The player is closed.
    Stop,
    /// No report came for long: a closed tab or a dead connection. Stops at the last known position and time.
    Timeout,
}

/// The kind of scrobble call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Watching now.
    Start,
    /// Paused.
    Pause,
    /// Over; from [`COUNTS_FROM`] on it counts, on Trakt as here.
    Stop,
}

/// The effects of an input, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a scrobble, unless the session is private.
    Scrobble(ScrobbleCall),
    /// Keep this resume point.
    Resume(ResumePoint),
    /// The title was left where nothing is to be resumed: forget the title's resume point.
    Finished {
        /// The title.
        title_id: TitleId,
    },
}

impl Effect {
    /// The title that it is about.
    pub fn title_id(&self) -> TitleId {
        match self {
            Self::Scrobble(call) => call.title_id,
            Self::Resume(point) => point.title_id,
            Self::Finished { title_id } => *title_id,
        }
    }
}

/// A scrobble to send to Trakt.
#[derive(Clone, Debug, PartialEq)]
pub struct ScrobbleCall {
    /// What.
    pub verb: Verb,
    /// Number of the sitting inside its playback session, from 1.
    pub sitting: i64,
    /// The title.
    pub title_id: TitleId,
    /// 0 to 100.
    pub progress: f64,
    /// Position in the title, in milliseconds.
    pub position_ms: i64,
    /// Length of the title, in milliseconds.
    pub duration_ms: i64,
    /// When the sitting began.
    pub started_at: DateTime<Utc>,
    /// When this happened.
    pub at: DateTime<Utc>,
    /// It follows the previous call so closely that another may follow: hold it back for a moment.
    pub hurried: bool,
}

impl ScrobbleCall {
    /// Whether its viewing counts with it.
    pub fn counts(&self) -> bool {
        self.verb == Verb::Stop && self.progress >= COUNTS_FROM
    }
}

/// Where a title can be resumed.
#[derive(Clone, Debug, PartialEq)]
pub struct ResumePoint {
    /// The title.
    pub title_id: TitleId,
    /// Position in the title, in milliseconds.
    pub position_ms: i64,
    /// Length of the title, in milliseconds.
    pub duration_ms: i64,
    /// 0 to 100.
    pub percent: f64,
    /// When.
    pub at: DateTime<Utc>,
}
