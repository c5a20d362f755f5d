//! What a player's dot says.

use sync::DotMessage;

use super::{of_row, trakt};

/// The sentence of a player's dot.
pub(crate) fn of_dot(message: &DotMessage) -> String {
    let plain = match message {
        DotMessage::Account(status) => return trakt::of_account(*status),
        DotMessage::Refused(Some(failure)) | DotMessage::Waiting(Some(failure)) => return of_row(failure),
        DotMessage::Private => "Private. Trakt is not told, and the timeline marks the play as private.",
        DotMessage::Refused(None) => "Trakt did not take this.",
        DotMessage::Ready => "Connected. Trakt is told as soon as you play.",
        DotMessage::CheckingDeleted => {
            "You deleted this play. Checking whether Trakt has it, to delete it there too."
        }
        DotMessage::Deleted => "You deleted this play. Trakt does not keep it either.",
        DotMessage::Watching => "Trakt shows what you are watching.",
        DotMessage::PositionKept => "Trakt keeps your place.",
        DotMessage::Counted => "Counted on Trakt.",
        DotMessage::NotCounted => "Not watched far enough to count. Trakt keeps your place.",
        DotMessage::Checking => "The answer got lost. Checking with Trakt whether it counted.",
        DotMessage::CatchingUp => "Trakt was not reached in time. It will catch up.",
        DotMessage::Sending => "Telling Trakt.",
        DotMessage::Waiting(None) => "Waiting for Trakt. It will catch up.",
    };
    plain.to_owned()
}
