//! Why a list is not up to date, and why one cannot be had.

use db::kinds::{ListKind, ListState};
use db::rows::List;
use sync::{Failure, NoAddress, PullState};

/// Through what lists are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// No account is connected.
    None,
    /// An account whose watchlist is in this state.
    Account(PullState),
}

/// Why a list is not up to date; None when it is.
pub(crate) fn of_list(row: &List, source: Source) -> Option<String> {
    let sentence = match row.state {
        ListState::Gone => {
            "This list is no longer on Trakt, or no longer public. What was on it is kept here."
        }
        ListState::Private => {
            "The owner no longer shares this list with your Trakt account. What was on it is kept here."
        }
        ListState::Current => match (row.kind, source) {
            (ListKind::Watchlist, Source::Account(PullState::Off)) => {
                "Syncing your watchlist with Trakt is switched off, so this list does not follow Trakt."
            }
            (ListKind::Watchlist, Source::Account(PullState::Undecided | PullState::Cancelled)) => {
                "Your Trakt watchlist has not been imported, so this list does not follow Trakt."
            }
            (ListKind::Watchlist, _) => return None,
            (_, Source::None) => "Trakt is not connected, so this list is not refreshed.",
            (_, Source::Account(_)) => {
                return sync::why_not_current(row).map(|failure| of_failure(&failure));
            }
        },
    };
    Some(sentence.to_owned())
}

fn of_failure(failure: &Failure) -> String {
    let why = match failure {
        Failure::RateLimited { .. } => {
            "Trakt asked Kinometa to slow down, so this list may be out of date. It will be refreshed automatically."
        }
        Failure::EdgeBlocked { .. } => {
            "Trakt's network is blocking this server's address, so this list may be out of date. Kinometa will try again \
             automatically."
        }
        Failure::UnexpectedAnswer => {
            "Trakt's last response was incomplete, so this list may be out of date. Nothing was taken off it."
        }
        Failure::VipNeeded => "Trakt shows this list to VIP members only.",
        _ => {
            "This list could not be refreshed and may be out of date. Kinometa will try again automatically."
        }
    };
    why.to_owned()
}

/// Why what was entered is not the address of a list.
pub(crate) fn of_no_address(why: NoAddress) -> &'static str {
    match why {
        NoAddress::Empty => "Enter the address of a list on Trakt.",
        NoAddress::NotTrakt => {
            "This is not an address on Trakt. It looks like this: https://trakt.tv/users/name/lists/name-of-the-list"
        }
        NoAddress::NoList => {
            "This page on Trakt is not a single list. Open the list there, then copy its address."
        }
    }
}
