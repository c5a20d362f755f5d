//! Why a user has to confirm a plan.

/// Removals of up to this many titles need no confirmation. Larger ones do if they remove most of the collection.
pub(crate) const SMALL_REMOVAL: usize = 10;

/// Why a plan waits for confirmation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfirmationReason {
    /// A source responded, but returned no titles for this library.
    #[error("{source_name} returns nothing for this library now, and {removed} titles would be removed")]
    EmptySource {
        /// The source.
        source_name: String,
        /// How many titles would be removed.
        removed: usize,
    },
    /// The collection that the Trakt list is synced with is empty.
    #[error("the collection is empty now, and {removed} titles would be removed")]
    EmptyCollection {
        /// How many titles would be removed from the list.
        removed: usize,
    },
    /// The collection was created manually or by another program.
    #[error(
        "a collection of this name was created manually, with {members} titles: `adopt: true` takes it over"
    )]
    ManuallyCreated {
        /// How many titles it contains.
        members: usize,
    },
    /// The collection was created manually or by another program, and would be deleted.
    #[error("this collection was created manually, with {members} titles, and would be deleted")]
    DeletesManuallyCreated {
        /// How many titles it contains.
        members: usize,
    },
    /// Most titles would be removed.
    #[error("{removed} of {of} titles would be removed")]
    LargeRemoval {
        /// How many titles would be removed.
        removed: usize,
        /// How many titles there are now.
        of: usize,
    },
}
