//! The keys of the tables. Each is an `i64` of its own type, so that one cannot be passed where another is meant.

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// Placeholder in a row that is not inserted yet: the database assigns the id.
            pub const NEW: Self = Self(0);
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A user.
    UserId,
    /// A sign-in of a browser.
    SessionId,
    /// A token for scripts.
    ApiTokenId,
    /// A person's connection to Trakt.
    TraktAccountId,
    /// A library.
    LibraryId,
    /// A folder or file with a problem.
    ScanProblemId,
    /// A group of files that are matched together.
    MatchGroupId,
    /// A media file.
    FileId,
    /// A movie, show, season or episode.
    TitleId,
    /// A play.
    PlayId,
    /// A message to Trakt.
    OutboxId,
    /// A remembered removal.
    TombstoneId,
    /// A play on Trakt that was seen.
    TraktPlayId,
    /// A change made by syncing.
    SyncChangeId,
    /// Removals that wait for confirmation.
    SyncPlanId,
    /// One of them.
    SyncPlanItemId,
    /// A cast or crew member: their id on Trakt.
    PersonId,
    /// A collection.
    CollectionId,
    /// A list.
    ListId,
    /// A config file of Kometa.
    CollectionConfigId,
    /// A run of one.
    CollectionRunId,
    /// The result of one collection in it.
    CollectionResultId,
    /// Removals from a collection that wait for confirmation.
    CollectionPlanId,
}
