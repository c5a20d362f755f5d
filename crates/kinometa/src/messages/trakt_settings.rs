//! Messages about the sync settings, and about plays that are not sent because of them.

use db::kinds::SyncSwitch;
use sync::{WhyNot, Withheld};

use super::of_row;
use crate::trakt::{InvalidSetting, max_watched_percent, min_watched_percent};

/// The sentence for an invalid setting.
pub(crate) fn of_invalid(setting: InvalidSetting) -> String {
    match setting {
        InvalidSetting::WatchedPercent => format!(
            "Choose {} to {} percent: Trakt counts everything from {} percent on, and a higher value is never reached.",
            min_watched_percent(),
            max_watched_percent(),
            min_watched_percent()
        ),
        InvalidSetting::Library(id) => format!("There is no library {id}; it may have been removed."),
        InvalidSetting::Title(id) => format!("There is no title {id}; it may have been removed."),
    }
}

/// The sentence that explains why a play is not on Trakt.
pub(crate) fn of_why_not(why: &WhyNot) -> String {
    let plain = match why {
        WhyNot::Queued(Some(failure)) | WhyNot::Refused(Some(failure)) => return of_row(failure),
        WhyNot::Withheld(why) => of_withheld(*why),
        WhyNot::Private => "Watched privately: nothing was sent to Trakt.",
        WhyNot::NotMatched => "Trakt can't identify this title. Fix the match, and this will be sent.",
        WhyNot::Queued(None) => "Waiting to be sent to Trakt.",
        WhyNot::Refused(None) => "Trakt rejected this.",
        WhyNot::NotConnected => "No Trakt account is connected.",
        WhyNot::NotSent => "Watched before Trakt was connected. Import your history to send it.",
        WhyNot::Kept => "Removed on Trakt and kept here. Import your history to send it again.",
    };
    plain.to_owned()
}

/// The sentence that explains which setting prevents sending to Trakt.
pub(crate) fn of_withheld(why: Withheld) -> &'static str {
    match why {
        Withheld::Excluded => "Excluded from Trakt: nothing about this title leaves the server.",
        Withheld::SwitchedOff(switch) => match switch {
            SyncSwitch::Scrobbling => {
                "Live scrobbling is off. What you finish still goes to your Trakt history."
            }
            SyncSwitch::History => "Syncing your watch history is off, so this stays here.",
            SyncSwitch::Ratings => "Syncing ratings is off, so this stays here.",
            SyncSwitch::Watchlist => "Syncing your watchlist is off, so this stays here.",
            SyncSwitch::Collection => "Syncing your collection is off, so this stays here.",
            SyncSwitch::Playback => "Syncing resume points is off, so this stays here.",
            SyncSwitch::Recommendations => "Recommendations from Trakt are off.",
            SyncSwitch::Dropped => "Syncing dropped shows is off, so this stays here.",
        },
    }
}
