//! The state of a player's dot.

use db::ids::TitleId;

use super::{AccountStatus, RowFailure};
use crate::policy::Withheld;

/// The colour of the dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DotState {
    /// No dot: Trakt is not connected, or the user's settings withhold it.
    Off,
    /// Green: Trakt is up to date.
    Scrobbling,
    /// Amber: waiting to sync.
    Queued,
    /// Red: a user has to act.
    Failed,
    /// An eye: private, nothing is sent to Trakt.
    Private,
}

/// What a user can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Connect Trakt (again).
    Connect,
    /// Enter a working application.
    Application,
    /// Correct the match of this title.
    Match {
        /// The title.
        title_id: TitleId,
    },
    /// View the queue.
    Queue,
    /// Change the sync settings.
    Settings,
}

/// The message of the dot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DotMessage {
    /// The session is private.
    Private,
    /// The user's settings withhold it from Trakt.
    Withheld(Withheld),
    /// The state of the connection.
    Account(AccountStatus),
    /// The last message failed; `None` if the reason was not stored.
    Refused(Option<RowFailure>),
    /// Connected, and nothing was sent yet.
    Ready,
    /// The play was deleted; Trakt is checked for it.
    CheckingDeleted,
    /// The play was deleted here and is not at Trakt.
    Deleted,
    /// Trakt shows what is being watched.
    Watching,
    /// Trakt keeps the resume point.
    PositionKept,
    /// Trakt has counted the play.
    Counted,
    /// Trakt has kept the resume point and counted nothing.
    NotCounted,
    /// The answer was lost; Trakt is checked for the play.
    Checking,
    /// Trakt was not reached in time; a later message catches up.
    CatchingUp,
    /// The first attempt is under way.
    Sending,
    /// Waiting for the next attempt; `None` if the reason was not stored.
    Waiting(Option<RowFailure>),
}

/// The state and message of a player's dot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScrobbleStatus {
    /// The colour.
    pub state: DotState,
    /// What it says.
    pub message: DotMessage,
    /// What to do about it.
    pub hint: Option<Hint>,
    /// Whether this viewing is in the timeline.
    pub counted: bool,
}
