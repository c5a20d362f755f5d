//! Chapters as containers write them.

/// More chapters than this are damage.
pub(super) const MOST_CHAPTERS: usize = 500;

/// A chapter as a container writes it, in milliseconds of the file's own time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) start_ms: u64,
    /// Many containers leave it out.
    pub(super) end_ms: Option<u64>,
    /// Empty when it has none.
    pub(super) name: String,
}
