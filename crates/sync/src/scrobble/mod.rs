//! From the reports of a player to scrobbles and resume points. Pure: no clock, no database, no network.
//!
//! A *viewing* is one go at one title: it begins with a start and ends with exactly one stop. A file may hold several
//! titles (`S01E01-E02`): each has a [segment](Segments), and playing across a boundary stops the first title at 100 %
//! and starts the second.

mod machine;
mod segments;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use db::ids::TitleId;

pub use machine::Machine;
pub use segments::{Part, Segments};

/// From here on a stop counts as watched, as Trakt has it.
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

/// Which scrobble call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Watching now.
    Start,
    /// Paused.
    Pause,
    /// Over; it counts from [`COUNTS_FROM`] on.
    Stop,
}

/// What follows from an input, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a scrobble, unless the session is private.
    Scrobble(ScrobbleCall),
    /// Keep this resume point.
    Resume(ResumePoint),
    /// The viewing ended where it counts: forget the title's resume point.
    Finished {
        /// The title.
        title_id: TitleId,
    },
}

/// A scrobble to send to Trakt.
#[derive(Clone, Debug, PartialEq)]
pub struct ScrobbleCall {
    /// What.
    pub verb: Verb,
    /// Number of the viewing inside its playback session, from 1.
    pub viewing: i64,
    /// The title.
    pub title_id: TitleId,
    /// 0 to 100.
    pub progress: f64,
    /// Position in the title, in milliseconds.
    pub position_ms: i64,
    /// Length of the title, in milliseconds.
    pub duration_ms: i64,
    /// When the viewing began.
    pub started_at: DateTime<Utc>,
    /// When this happened.
    pub at: DateTime<Utc>,
    /// It follows the previous call so closely that another may follow: hold it back for a moment.
    pub hurried: bool,
}

impl ScrobbleCall {
    /// Whether it ends a viewing that counts by the local rule.
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
