//! A user's preferences about titles, synced with Trakt.

use db::kinds::{OutboxKind, SyncCategory, TitleKind};

/// A user's preferences about titles, synced with Trakt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preference {
    /// A rating from 1 to 10.
    Rating,
    /// On the watchlist.
    Watchlist,
    /// A dropped show.
    Dropped,
    /// A movie or show hidden from recommendations.
    NotInterested,
}

/// The value of boolean preferences.
pub(crate) const SET: i32 = 1;

impl Preference {
    /// Its sync category.
    pub const fn category(self) -> SyncCategory {
        match self {
            Self::Rating => SyncCategory::Ratings,
            Self::Watchlist => SyncCategory::Watchlist,
            Self::Dropped => SyncCategory::Dropped,
            Self::NotInterested => SyncCategory::Recommendations,
        }
    }

    /// The preference of a category.
    pub(crate) const fn of(category: SyncCategory) -> Option<Self> {
        match category {
            SyncCategory::Ratings => Some(Self::Rating),
            SyncCategory::Watchlist => Some(Self::Watchlist),
            SyncCategory::Dropped => Some(Self::Dropped),
            SyncCategory::Recommendations => Some(Self::NotInterested),
            SyncCategory::History | SyncCategory::Collection | SyncCategory::Playback => None,
        }
    }

    /// The message that sets or removes it on Trakt.
    pub(crate) const fn message(self, adds: bool) -> OutboxKind {
        match (self, adds) {
            (Self::Rating, true) => OutboxKind::RatingAdd,
            (Self::Rating, false) => OutboxKind::RatingRemove,
            (Self::Watchlist, true) => OutboxKind::WatchlistAdd,
            (Self::Watchlist, false) => OutboxKind::WatchlistRemove,
            (Self::Dropped, true) => OutboxKind::DroppedAdd,
            (Self::Dropped, false) => OutboxKind::DroppedRemove,
            (Self::NotInterested, true) => OutboxKind::RecommendationHide,
            (Self::NotInterested, false) => OutboxKind::RecommendationUnhide,
        }
    }

    /// Whether Trakt's recommendations may change when this preference is set or removed: they are based on
    /// ratings, and a title that is no longer hidden is recommended again.
    pub(crate) const fn changes_recommendations(self, is_set: bool) -> bool {
        match self {
            Self::Rating => true,
            Self::NotInterested => !is_set,
            Self::Watchlist | Self::Dropped => false,
        }
    }

    /// Whether a title of this kind can have this preference.
    pub const fn fits(self, kind: TitleKind) -> bool {
        match self {
            Self::Rating | Self::Watchlist => true,
            Self::Dropped => matches!(kind, TitleKind::Show),
            Self::NotInterested => matches!(kind, TitleKind::Movie | TitleKind::Show),
        }
    }
}
