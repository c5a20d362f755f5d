//! Errors of pictures.

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum ArtworkError {
    /// The title has no picture of this kind, or it cannot be decoded.
    #[error("no such picture")]
    NotFound,
    /// It cannot be fetched at the moment.
    #[error("picture could not be fetched")]
    Unreachable,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}
