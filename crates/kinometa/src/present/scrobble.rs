//! The player's dot.

use sync::{DotState, Hint, ScrobbleStatus};

use api_types::playback::{self as wire, Action, ScrobbleState};

use super::addresses;
use crate::messages;

/// The dot as the interface shows it.
pub(crate) fn scrobble_status(status: ScrobbleStatus) -> wire::ScrobbleStatus {
    wire::ScrobbleStatus {
        state: match status.state {
            DotState::Off => ScrobbleState::Off,
            DotState::Scrobbling => ScrobbleState::Scrobbling,
            DotState::Queued => ScrobbleState::Queued,
            DotState::Failed => ScrobbleState::Failed,
            DotState::Private => ScrobbleState::Private,
        },
        message: messages::of_dot(&status.message),
        action: status.hint.map(action),
        counted: status.counted,
    }
}

fn action(hint: Hint) -> Action {
    let (label, href) = match hint {
        Hint::Connect => ("Connect Trakt", addresses::TRAKT_SETTINGS.to_owned()),
        Hint::Application => ("Set up Trakt", addresses::TRAKT_SETTINGS.to_owned()),
        Hint::Match { title_id } => ("Fix match", addresses::fix_match(title_id)),
        Hint::Settings => ("Trakt settings", addresses::TRAKT_SETTINGS.to_owned()),
        Hint::Queue => ("Look at the queue", addresses::TRAKT_SETTINGS.to_owned()),
    };
    Action { label: label.to_owned(), href }
}
