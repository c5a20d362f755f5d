//! Errors when serving images.

/// Why an image cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ArtworkError {
    /// The title has no image of this kind, or it cannot be decoded.
    #[error("no such picture")]
    NotFound,
    /// It cannot be fetched or created at the moment.
    #[error("picture could not be fetched")]
    Unreachable,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}
