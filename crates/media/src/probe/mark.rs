//! Chapters as they are stored in containers.

/// Limit on chapters per file; a file with more is damaged.
pub(super) const MAX_CHAPTERS: usize = 500;

/// A chapter as it is stored in a container, in milliseconds of the file's own timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) start_ms: u64,
    /// Missing in many files.
    pub(super) end_ms: Option<u64>,
    /// Empty if the chapter has no name.
    pub(super) name: String,
}
