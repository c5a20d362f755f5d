//! What the user has to confirm.

/// A removal of more than this waits for confirmation if it is most of the collection.
pub(crate) const FEW: usize = 10;

/// Why a plan waits for confirmation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wait {
    /// A source responded, but has nothing for the library.
    #[error("{source_name} returns nothing for this library now, and {removed} titles would be removed")]
    Empty {
        /// Which.
        source_name: String,
        /// How many would be removed.
        removed: usize,
    },
    /// The collection that the Trakt list is synced with is empty.
    #[error("the collection is empty now, and {removed} titles would be removed")]
    EmptyCollection {
        /// How many would be removed.
        removed: usize,
    },
    /// It was created manually or by another program.
    #[error(
        "a collection of this name was created manually, with {members} titles: `adopt: true` takes it over"
    )]
    MadeByHand {
        /// How many titles it contains.
        members: usize,
    },
    /// It was created manually or by another program, and would be deleted.
    #[error("this collection was created manually, with {members} titles, and would be deleted")]
    DeletesByHand {
        /// How many titles it contains.
        members: usize,
    },
    /// Most of it would be removed.
    #[error("{removed} of {of} titles would be removed")]
    Most {
        /// How many would be removed.
        removed: usize,
        /// Of how many.
        of: usize,
    },
}
