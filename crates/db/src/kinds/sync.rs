//! Accounts, categories, lists and the log of the sync.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

text_enum! {
    /// What stands between an account and Trakt, as far as it is lasting. Passing troubles (limits, an unreachable
    /// Trakt) are not stored.
    AccountState {
        /// Works.
        Connected = "connected",
        /// Trakt refused the token; the person has to connect again.
        Reconnect = "reconnect",
        /// Trakt refuses the server's application; the tokens may still be good.
        ApplicationNotAllowed = "application_not_allowed",
        /// Trakt locked the account.
        Locked = "locked",
        /// The person deactivated the account on Trakt.
        Deactivated = "deactivated",
        /// The person disconnected here.
        Disconnected = "disconnected",
    }
}

text_enum! {
    /// What is kept in step with Trakt.
    SyncCategory {
        /// The plays.
        History = "history",
        /// Ratings, 1 to 10.
        Ratings = "ratings",
        /// The watchlist.
        Watchlist = "watchlist",
        /// The titles that there are files for.
        Collection = "collection",
        /// Resume points.
        Playback = "playback",
        /// What Trakt recommends.
        Recommendations = "recommendations",
        /// Shows that were dropped.
        Dropped = "dropped",
    }
}

text_enum! {
    /// What a person can switch off between here and Trakt: one for each category, and one for what is watched now.
    SyncSwitch {
        /// Start, pause and stop while something is watched.
        Scrobbling = "scrobbling",
        /// The plays.
        History = "history",
        /// Ratings.
        Ratings = "ratings",
        /// The watchlist.
        Watchlist = "watchlist",
        /// The titles that there are files for.
        Collection = "collection",
        /// Resume points.
        Playback = "playback",
        /// What Trakt recommends.
        Recommendations = "recommendations",
        /// Shows that were dropped.
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
    /// How far a category of an account has been read.
    SyncState {
        /// Its pages are being read for the first time.
        Importing = "importing",
        /// What was imported is compared with Trakt.
        Proving = "proving",
        /// What is there is being noted, so that it is never imported.
        Skipping = "skipping",
        /// Changes are followed.
        Following = "following",
        /// The person has given the import up; nothing is read.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What a list is on Trakt.
    ListKind {
        /// The watchlist of the person's own account, which is here for as long as the account is connected.
        Watchlist = "watchlist",
        /// A list that a member made.
        Personal = "personal",
        /// One of Trakt's own.
        Official = "official",
        /// A saved filter that Trakt keeps filled.
        Smart = "smart",
        /// Another member's watchlist.
        MemberWatchlist = "member_watchlist",
        /// A member's favorites.
        MemberFavorites = "member_favorites",
        /// A member's collection.
        MemberCollection = "member_collection",
    }
}

text_enum! {
    /// Whether a list can still be read.
    ListState {
        /// It could, when it was last asked for.
        Current = "current",
        /// It does not exist any more, or its owner shows it to nobody.
        Gone = "gone",
        /// Its owner does not show it to this account any more.
        Private = "private",
    }
}

text_enum! {
    /// Which way a change went.
    SyncDirection {
        /// From Trakt: something here changed.
        FromTrakt = "from_trakt",
        /// To Trakt: something there changed.
        ToTrakt = "to_trakt",
    }
}

text_enum! {
    /// What the sync has done with an item.
    SyncWhat {
        /// It is new on the side that changed.
        Added = "added",
        /// It is another.
        Changed = "changed",
        /// It is gone.
        Removed = "removed",
    }
}

text_enum! {
    /// Why the sync has changed something.
    SyncReason {
        /// A person imported what is on Trakt.
        Import = "import",
        /// Trakt was read, and was found to differ.
        Sweep = "sweep",
        /// A person did it here.
        Here = "here",
    }
}

text_enum! {
    /// How far removals are that wait for a person.
    SyncPlanState {
        /// For the person.
        Waiting = "waiting",
        /// The person agreed; they are being applied.
        Confirmed = "confirmed",
        /// They were applied.
        Applied = "applied",
        /// The person kept the items.
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
        /// At Trakt.
        Trakt = "trakt",
    }
}
