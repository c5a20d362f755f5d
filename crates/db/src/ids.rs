//! The keys of the tables. Each is an `i64` with its own type, so that they cannot be mixed up.

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
            /// Placeholder in a row that is not inserted yet: the database assigns the ID.
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
    /// A browser's sign-in.
    SessionId,
    /// A token for scripts.
    ApiTokenId,
    /// A user's connection to Trakt.
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
    /// A play seen on Trakt.
    TraktPlayId,
    /// A change made by syncing.
    SyncChangeId,
    /// Removals that await confirmation.
    SyncPlanId,
    /// One of these removals.
    SyncPlanItemId,
    /// A cast or crew member: their ID on Trakt.
    PersonId,
    /// A collection.
    CollectionId,
    /// A list.
    ListId,
    /// A Kometa config file.
    CollectionConfigId,
    /// A run of a config file.
    CollectionRunId,
    /// The result of one collection in a run.
    CollectionResultId,
    /// Removals from a collection that await confirmation.
    CollectionPlanId,
}
