//! Turns the reports of a player into scrobbles and resume points. Pure: no clock, no database, no network.
//!
//! A *sitting* is the time that one player spends on one title without leaving it: it begins with a start and
//! ends with at most one stop. A file may contain several titles (`S01E01-E02`): each has a
//! [segment](Segments), and playing across a boundary stops the first title at 100 % and starts the second. A
//! [*viewing*](viewing) can span several sittings and counts once.

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
/// Below this percentage nothing was watched: Trakt ignores such a stop (422), and no resume point is kept.
pub const WATCHED_FROM: f64 = 1.0;

/// What a player reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Playback starts or resumes.
    Play,
    /// Playback pauses.
    Pause,
    /// The user jumped to the position.
    Seek,
    /// Still playing (or still paused); sent every few seconds.
    Progress,
    /// The player is closed.
    Stop,
    /// No reports have arrived for a long time: the tab was closed or the connection is lost. Stops at the last
    /// known position and time.
    Timeout,
}

/// The kind of scrobble call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Watching now.
    Start,
    /// Paused.
    Pause,
    /// Stopped. From [`COUNTS_FROM`] on it counts, on Trakt and here.
    Stop,
}

/// The effects of an input, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a scrobble, unless the session is private.
    Scrobble(ScrobbleCall),
    /// Keep this resume point.
    Resume(ResumePoint),
    /// The title was left at a position from which nothing is resumed: delete its resume point.
    Finished {
        /// The title.
        title_id: TitleId,
    },
}

impl Effect {
    /// The affected title.
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
    /// The kind of call.
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
    /// It follows the previous call so closely that another may follow: it is held back for a moment.
    pub hurried: bool,
}

impl ScrobbleCall {
    /// Whether the viewing counts because of this call.
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
    /// When the position was reported.
    pub at: DateTime<Utc>,
}
