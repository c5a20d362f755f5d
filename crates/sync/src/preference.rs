//! What a person can think of a title, in step with Trakt.

use db::kinds::{OutboxKind, SyncCategory, TitleKind};

/// What a person can think of a title, in step with Trakt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preference {
    /// A rating from 1 to 10.
    Rating,
    /// On the watchlist.
    Watchlist,
    /// A show that is not watched on.
    Dropped,
    /// A movie or show that is not to be recommended.
    NotInterested,
}

/// The value of whatever is either so or not.
pub(crate) const SET: i32 = 1;

impl Preference {
    /// What it is to the synchronisation.
    pub const fn category(self) -> SyncCategory {
        match self {
            Self::Rating => SyncCategory::Ratings,
            Self::Watchlist => SyncCategory::Watchlist,
            Self::Dropped => SyncCategory::Dropped,
            Self::NotInterested => SyncCategory::Recommendations,
        }
    }

    /// The preference that a category holds.
    pub(crate) const fn of(category: SyncCategory) -> Option<Self> {
        match category {
            SyncCategory::Ratings => Some(Self::Rating),
            SyncCategory::Watchlist => Some(Self::Watchlist),
            SyncCategory::Dropped => Some(Self::Dropped),
            SyncCategory::Recommendations => Some(Self::NotInterested),
            SyncCategory::History | SyncCategory::Collection | SyncCategory::Playback => None,
        }
    }

    /// The message that tells Trakt of it, or that it was taken back.
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

    /// Whether a title of this kind can have it.
    pub const fn fits(self, kind: TitleKind) -> bool {
        match self {
            Self::Rating | Self::Watchlist => true,
            Self::Dropped => matches!(kind, TitleKind::Show),
            Self::NotInterested => matches!(kind, TitleKind::Movie | TitleKind::Show),
        }
    }
}
