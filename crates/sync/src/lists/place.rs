//! The location of a list on Trakt.

use db::{kinds::ListKind, rows::List};

/// The location of a list on Trakt, which stays the same if the list is renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A member's list, or one of Trakt's own, which has no owner.
    List {
        /// Trakt's id.
        number: u64,
        /// The slug of its owner. The account's own private lists can be read only by owner.
        owner: Option<String>,
    },
    /// A smart list.
    Smart {
        /// Trakt's id.
        number: u64,
    },
    /// A member's watchlist.
    Watchlist(String),
    /// A member's favorites.
    Favorites(String),
    /// A member's collection.
    Collection(String),
}

impl Place {
    /// Where a followed list is on Trakt; `None` for the user's own watchlist, which is not a followed list.
    pub(super) fn of(row: &List) -> Option<Self> {
        let number = || row.source.rsplit('/').next()?.parse().ok();
        let owner = || row.owner.clone();
        match row.kind {
            ListKind::Watchlist => None,
            ListKind::Personal | ListKind::Official => Some(Self::List { number: number()?, owner: owner() }),
            ListKind::Smart => Some(Self::Smart { number: number()? }),
            ListKind::MemberWatchlist => owner().map(Self::Watchlist),
            ListKind::MemberFavorites => owner().map(Self::Favorites),
            ListKind::MemberCollection => owner().map(Self::Collection),
        }
    }

    /// The identifier of the list, unique among the lists of a user.
    pub(super) fn source(&self) -> String {
        match self {
            Self::List { number, .. } => format!("lists/{number}"),
            Self::Smart { number } => format!("smart-lists/{number}"),
            Self::Watchlist(member) => format!("users/{member}/watchlist"),
            Self::Favorites(member) => format!("users/{member}/favorites"),
            Self::Collection(member) => format!("users/{member}/collection"),
        }
    }
}
