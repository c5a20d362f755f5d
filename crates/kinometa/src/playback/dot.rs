//! The player's dot, from the engine to the interface.

use sync::{DotState, Hint, ScrobbleStatus};

use crate::messages;
use crate::model::playback::{self as model, Action, ScrobbleState};

/// The dot as the interface shows it.
pub fn show(status: ScrobbleStatus) -> model::ScrobbleStatus {
    model::ScrobbleStatus {
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
        Hint::Connect => ("Connect Trakt", "/settings/integrations/trakt".to_owned()),
        Hint::Application => ("Set up Trakt", "/settings/integrations/trakt".to_owned()),
        Hint::Match { title_id } => ("Fix match", format!("/title/{title_id}?fix=match")),
        Hint::Queue => ("Look at the queue", "/settings/integrations/trakt".to_owned()),
    };
    Action { label: label.to_owned(), href }
}
