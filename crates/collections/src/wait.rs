//! What a person has to agree to.

/// A removal of more than this waits for a person when it is most of what is there.
pub(crate) const FEW: usize = 10;

/// Why a plan waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wait {
    /// A source answered, and has nothing for the library.
    #[error("{source_name} returns nothing for this library now, and {removed} titles would be removed")]
    Empty {
        /// Which.
        source_name: String,
        /// How many would go.
        removed: usize,
    },
    /// The collection whose list on Trakt is to be the same holds nothing.
    #[error("the collection is empty now, and {removed} titles would be removed")]
    EmptyCollection {
        /// How many would go.
        removed: usize,
    },
    /// It was made by hand, or by another program.
    #[error(
        "a collection of this name was created manually, with {members} titles: `adopt: true` takes it over"
    )]
    MadeByHand {
        /// How many titles it holds.
        members: usize,
    },
    /// It was made by hand, or by another program, and would be deleted.
    #[error("this collection was created manually, with {members} titles, and would be deleted")]
    DeletesByHand {
        /// How many titles it holds.
        members: usize,
    },
    /// Most of it would go.
    #[error("{removed} of {of} titles would be removed")]
    Most {
        /// How many would go.
        removed: usize,
        /// Of how many.
        of: usize,
    },
}
