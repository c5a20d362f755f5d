//! Accounts, categories, lists and the sync log.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

text_enum! {
    /// The lasting state of an account on Trakt. Temporary problems (limits, an unreachable Trakt) are not stored.
    AccountState {
        /// Works.
        Connected = "connected",
        /// Trakt rejected the token; the user has to connect again.
        Reconnect = "reconnect",
        /// Trakt rejects the server's application; the tokens may still be valid.
        ApplicationNotAllowed = "application_not_allowed",
        /// Trakt locked the account.
        Locked = "locked",
        /// The user deactivated the account on Trakt.
        Deactivated = "deactivated",
        /// The user disconnected here.
        Disconnected = "disconnected",
    }
}

text_enum! {
    /// What is synced with Trakt.
    SyncCategory {
        /// The plays.
        History = "history",
        /// Ratings, 1 to 10.
        Ratings = "ratings",
        /// The watchlist.
        Watchlist = "watchlist",
        /// Titles with files.
        Collection = "collection",
        /// Resume points.
        Playback = "playback",
        /// Recommendations.
        Recommendations = "recommendations",
        /// Dropped shows.
        Dropped = "dropped",
    }
}

text_enum! {
    /// Sync switches: one for each category, and one for live scrobbling.
    SyncSwitch {
        /// Start, pause and stop while something is watched.
        Scrobbling = "scrobbling",
        /// The plays.
        History = "history",
        /// Ratings.
        Ratings = "ratings",
        /// The watchlist.
        Watchlist = "watchlist",
        /// Titles with files.
        Collection = "collection",
        /// Resume points.
        Playback = "playback",
        /// Recommendations.
        Recommendations = "recommendations",
        /// Dropped shows.
        Dropped = "dropped",
    }
}

impl From<SyncCategory> for SyncSwitch {
    fn from(category: SyncCategory) -> Self {
        match category {
            SyncCategory::History => Self::History,
            SyncCategory::Ratings => Self::Ratings,
            SyncCategory::Watchlist => Self::Watchlist,
            SyncCategory::Collection => Self::Collection,
            SyncCategory::Playback => Self::Playback,
            SyncCategory::Recommendations => Self::Recommendations,
            SyncCategory::Dropped => Self::Dropped,
        }
    }
}

text_enum! {
    /// The reading state of a category of an account.
    SyncState {
        /// Its pages are being read for the first time.
        Importing = "importing",
        /// What was imported is compared with Trakt.
        Proving = "proving",
        /// Existing items are being recorded, so that they are never imported.
        Skipping = "skipping",
        /// Changes are followed.
        Following = "following",
        /// The user has cancelled the import; nothing is read.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// The kind of a list on Trakt.
    ListKind {
        /// The watchlist of the user's own account, available as long as the account is connected.
        Watchlist = "watchlist",
        /// A personal list.
        Personal = "personal",
        /// One of Trakt's own.
        Official = "official",
        /// A smart list.
        Smart = "smart",
        /// Another user's watchlist.
        MemberWatchlist = "member_watchlist",
        /// A user's favorites.
        MemberFavorites = "member_favorites",
        /// A user's collection.
        MemberCollection = "member_collection",
    }
}

text_enum! {
    /// Whether a list can still be read.
    ListState {
        /// It could at the last check.
        Current = "current",
        /// It no longer exists, or is no longer public.
        Gone = "gone",
        /// Its owner no longer shares it with this account.
        Private = "private",
    }
}

text_enum! {
    /// The direction of a change.
    SyncDirection {
        /// From Trakt: something here changed.
        FromTrakt = "from_trakt",
        /// To Trakt: something there changed.
        ToTrakt = "to_trakt",
    }
}

text_enum! {
    /// What syncing did to an item.
    SyncWhat {
        /// Added.
        Added = "added",
        /// Changed.
        Changed = "changed",
        /// Removed.
        Removed = "removed",
    }
}

text_enum! {
    /// Why syncing changed something.
    SyncReason {
        /// A user imported from Trakt.
        Import = "import",
        /// A difference found while reading from Trakt.
        Sweep = "sweep",
        /// A user's change here.
        Here = "here",
    }
}

text_enum! {
    /// The state of removals that need confirmation.
    SyncPlanState {
        /// Waiting for the user.
        Waiting = "waiting",
        /// Confirmed; being applied.
        Confirmed = "confirmed",
        /// Applied.
        Applied = "applied",
        /// The user kept the items.
        Kept = "kept",
    }
}

text_enum! {
    /// What was removed.
    TombstoneCategory {
        /// A play.
        History = "history",
    }
}

text_enum! {
    /// Where something was removed.
    TombstoneOrigin {
        /// Here.
        Kinometa = "kinometa",
        /// On Trakt.
        Trakt = "trakt",
    }
}
