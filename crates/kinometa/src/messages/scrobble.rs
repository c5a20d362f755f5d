//! Messages of the player's Trakt status dot.

use sync::DotMessage;

use super::{of_row, trakt, trakt_settings};

/// The sentence for a player's status dot.
pub(crate) fn of_dot(message: &DotMessage) -> String {
    let plain = match message {
        DotMessage::Account(status) => return trakt::of_account(*status),
        DotMessage::Refused(Some(failure)) | DotMessage::Waiting(Some(failure)) => return of_row(failure),
        DotMessage::Withheld(why) => trakt_settings::of_withheld(*why),
        DotMessage::Private => {
            "Private. Nothing is sent to Trakt, and the timeline marks the play as private."
        }
        DotMessage::Refused(None) => "Trakt rejected this.",
        DotMessage::Ready => "Connected. Scrobbling starts when you press play.",
        DotMessage::CheckingDeleted => {
            "You deleted this play. Checking whether it is on Trakt, to delete it there too."
        }
        DotMessage::Deleted => "You deleted this play. It isn't on Trakt either.",
        DotMessage::Watching => "Trakt shows that you are watching this.",
        DotMessage::PositionKept => "Your position is saved on Trakt.",
        DotMessage::Counted => "Counted on Trakt.",
        DotMessage::NotCounted => "Not watched far enough to count. Your position is saved on Trakt.",
        DotMessage::Checking => "Trakt hasn't confirmed this. Checking whether it counted.",
        DotMessage::CatchingUp => "Trakt could not be reached in time. This will be sent later.",
        DotMessage::Sending => "Sending to Trakt.",
        DotMessage::Waiting(None) => "Waiting to sync.",
    };
    plain.to_owned()
}
