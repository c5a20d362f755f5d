//! The status of a collection, in Kometa's terms.

use std::fmt;

/// The status of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are Kometa's")]
pub enum Status {
    Created,
    Modified,
    Unchanged,
    UpdatedMetadata,
    MinimumNotMet(usize),
    Deleted,
    NotScheduled,
    DeletedNotScheduled,
    SkippedRunDefinition,
    /// `only_run_on_create` is set, and the collection exists.
    AlreadyCreated,
    Ignored,
    /// The user has to confirm the plan first.
    Waiting,
    BuilderValidationError,
    ServiceError,
    /// The collection could not be written.
    Failure,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Created => "Created",
            Self::Modified => "Modified",
            Self::Unchanged => "Unchanged",
            Self::UpdatedMetadata => "Updated Metadata",
            Self::MinimumNotMet(count) => return write!(f, "Minimum {count} Not Met"),
            Self::Deleted => "Deleted",
            Self::NotScheduled => "Not Scheduled",
            Self::DeletedNotScheduled => "Deleted Not Scheduled",
            Self::SkippedRunDefinition => "Skipped Run Definition",
            Self::AlreadyCreated => "Already Created",
            Self::Ignored => "Ignored",
            Self::Waiting => "Waiting for Confirmation",
            Self::BuilderValidationError => "Builder Validation Error",
            Self::ServiceError => "Service Error",
            Self::Failure => "Failure",
        })
    }
}
