//! Messages about lists that are not up to date, and about invalid list addresses.

use api_types::list::NotCurrent;
use db::kinds::{ListKind, ListState};
use db::rows::List;
use sync::{Failure, NoAddress, PullState};

/// The account through which lists are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// No account is connected.
    None,
    /// An account is connected; contains the state of its watchlist.
    Account(PullState),
}

/// Why a list is not up to date; `None` when it is.
pub(crate) fn not_current(row: &List, source: Source) -> Option<NotCurrent> {
    match row.state {
        ListState::Gone => Some(NotCurrent::Gone),
        ListState::Private => Some(NotCurrent::Private),
        ListState::Current => match (row.kind, source) {
            (ListKind::Watchlist, Source::Account(PullState::Off)) => Some(NotCurrent::SwitchedOff),
            (ListKind::Watchlist, Source::Account(PullState::Undecided | PullState::Cancelled)) => {
                Some(NotCurrent::NotImported)
            }
            (ListKind::Watchlist, _) => None,
            (_, Source::None) => Some(NotCurrent::NotConnected),
            (_, Source::Account(_)) => sync::why_not_current(row).map(|failure| of_failure(&failure)),
        },
    }
}

fn of_failure(failure: &Failure) -> NotCurrent {
    match failure {
        Failure::RateLimited { .. } => NotCurrent::RateLimited,
        Failure::EdgeBlocked { .. } => NotCurrent::EdgeBlocked,
        Failure::UnexpectedAnswer => NotCurrent::Incomplete,
        Failure::VipNeeded => NotCurrent::VipNeeded,
        _ => NotCurrent::NotRefreshed,
    }
}

/// The sentence for a list that is not up to date.
pub(crate) fn of_not_current(why: NotCurrent) -> &'static str {
    match why {
        NotCurrent::Gone => {
            "This list is no longer on Trakt, or no longer public. What was on it is kept here."
        }
        NotCurrent::Private => {
            "The owner no longer shares this list with your Trakt account. What was on it is kept here."
        }
        NotCurrent::SwitchedOff => {
            "Syncing your watchlist with Trakt is switched off, so this list is not updated."
        }
        NotCurrent::NotImported => "Your Trakt watchlist has not been imported, so this list is not updated.",
        NotCurrent::NotConnected => "Trakt is not connected, so this list is not refreshed.",
        NotCurrent::RateLimited => {
            "Trakt asked Kinometa to slow down, so this list may be out of date. It will be refreshed automatically."
        }
        NotCurrent::EdgeBlocked => {
            "Trakt's network is blocking this server's address, so this list may be out of date. Kinometa will try again \
             automatically."
        }
        NotCurrent::Incomplete => {
            "Trakt's last response was incomplete, so this list may be out of date. Nothing was removed from it."
        }
        NotCurrent::VipNeeded => "Trakt shows this list to VIP members only.",
        NotCurrent::NotRefreshed => {
            "This list could not be refreshed and may be out of date. Kinometa will try again automatically."
        }
    }
}

/// The sentence for an entered address that is not that of a list.
pub(crate) fn of_no_address(why: NoAddress) -> &'static str {
    match why {
        NoAddress::Empty => "Enter the address of a list on Trakt.",
        NoAddress::NotTrakt => {
            "This is not an address on Trakt. Enter one like this: https://trakt.tv/users/name/lists/name-of-the-list"
        }
        NoAddress::NoList => {
            "This page on Trakt is not a single list. Open the list there, then copy its address."
        }
    }
}
