//! Why there is no picture.

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum ArtworkError {
    /// The title has none of this kind.
    #[error("This picture")]
    NotFound,
    /// It cannot be fetched now.
    #[error("The picture cannot be fetched just now.")]
    Unreachable,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}
