//! Why something cannot be played.

/// Why something cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum PlaybackError {
    /// There is no such thing, or it belongs to somebody else.
    #[error("{0} does not exist")]
    NotFound(&'static str),
    /// The title has no file here.
    #[error("the title has no file")]
    NoFile,
    /// The file has vanished.
    #[error("the file {0} is not there")]
    FileMissing(String),
    /// ffmpeg is needed and not installed.
    #[error("ffmpeg is missing: {needed_for}")]
    FfmpegMissing {
        /// What it is needed for, as a sentence.
        needed_for: String,
    },
    /// The length is not known, so that there can be no playlist.
    #[error("the length of {0} is not known")]
    LengthUnknown(String),
    /// As many films are being converted as this machine may.
    #[error("too many films are being converted")]
    Busy,
    /// There is no room for what ffmpeg makes.
    #[error("the disk of the cache is full")]
    DiskFull,
    /// The request is invalid.
    #[error("{0}")]
    Invalid(&'static str),
    /// ffmpeg failed.
    #[error("ffmpeg failed: {0}")]
    Ffmpeg(String),
    /// The disk.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The engine that tells Trakt.
    #[error(transparent)]
    Sync(#[from] sync::Error),
}
