use thiserror::Error;

use super::content::Content;
use crate::reader::ReadError;

/// Why a file could not be probed.
#[derive(Debug, Error)]
pub enum ProbeError {
    /// The headers could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file is not a video, whatever its name says.
    #[error("this is not a film but {0}")]
    NotVideo(Content),
    /// The container is not read in process, and ffprobe is not installed.
    #[error("this container is read by ffprobe only, and ffprobe was not found")]
    NeedsFfprobe,
    /// ffprobe failed to run or rejected the file.
    #[error("ffprobe could not read the file: {0}")]
    Ffprobe(String),
}
