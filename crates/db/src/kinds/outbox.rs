//! Messages that wait for Trakt.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::SyncCategory;

text_enum! {
    /// The kind of a message to Trakt.
    OutboxKind {
        /// `POST /scrobble/start`
        ScrobbleStart = "scrobble_start",
        /// `POST /scrobble/pause`
        ScrobblePause = "scrobble_pause",
        /// `POST /scrobble/stop`
        ScrobbleStop = "scrobble_stop",
        /// `POST /sync/history`
        HistoryAdd = "history_add",
        /// `POST /sync/history/remove`, by history ID
        HistoryRemove = "history_remove",
        /// `POST /sync/ratings`
        RatingAdd = "rating_add",
        /// `POST /sync/ratings/remove`
        RatingRemove = "rating_remove",
        /// `POST /sync/watchlist`
        WatchlistAdd = "watchlist_add",
        /// `POST /sync/watchlist/remove`
        WatchlistRemove = "watchlist_remove",
        /// `POST /users/hidden/dropped`
        DroppedAdd = "dropped_add",
        /// `POST /users/hidden/dropped/remove`
        DroppedRemove = "dropped_remove",
        /// `POST /users/hidden/recommendations`
        RecommendationHide = "recommendation_hide",
        /// `POST /users/hidden/recommendations/remove`
        RecommendationUnhide = "recommendation_unhide",
    }
}

impl OutboxKind {
    /// Whether it reports what is being watched now. The others can wait.
    pub const fn is_scrobble(self) -> bool {
        match self {
            Self::ScrobbleStart | Self::ScrobblePause | Self::ScrobbleStop => true,
            Self::HistoryAdd
            | Self::HistoryRemove
            | Self::RatingAdd
            | Self::RatingRemove
            | Self::WatchlistAdd
            | Self::WatchlistRemove
            | Self::DroppedAdd
            | Self::DroppedRemove
            | Self::RecommendationHide
            | Self::RecommendationUnhide => false,
        }
    }
}

impl OutboxKind {
    /// Whether it adds a play on Trakt.
    pub const fn adds_play(self) -> bool {
        match self {
            Self::ScrobbleStop | Self::HistoryAdd => true,
            Self::ScrobbleStart
            | Self::ScrobblePause
            | Self::HistoryRemove
            | Self::RatingAdd
            | Self::RatingRemove
            | Self::WatchlistAdd
            | Self::WatchlistRemove
            | Self::DroppedAdd
            | Self::DroppedRemove
            | Self::RecommendationHide
            | Self::RecommendationUnhide => false,
        }
    }
}

impl OutboxKind {
    /// The preferences it changes. Sending one of these twice is harmless.
    pub const fn preference(self) -> Option<SyncCategory> {
        match self {
            Self::RatingAdd | Self::RatingRemove => Some(SyncCategory::Ratings),
            Self::WatchlistAdd | Self::WatchlistRemove => Some(SyncCategory::Watchlist),
            Self::DroppedAdd | Self::DroppedRemove => Some(SyncCategory::Dropped),
            Self::RecommendationHide | Self::RecommendationUnhide => Some(SyncCategory::Recommendations),
            Self::ScrobbleStart
            | Self::ScrobblePause
            | Self::ScrobbleStop
            | Self::HistoryAdd
            | Self::HistoryRemove => None,
        }
    }
}

text_enum! {
    /// The state of an outbox row.
    OutboxState {
        /// Waits to be sent.
        Pending = "pending",
        /// Being sent; found after a crash, it counts as unknown.
        InFlight = "in_flight",
        /// Sent without a response: Trakt is checked before it is sent again.
        Unknown = "unknown",
        /// Trakt accepted it.
        Done = "done",
        /// Trakt rejected it; the user can try again.
        Failed = "failed",
        /// Superseded by later events, never sent.
        Superseded = "superseded",
    }
}
