use thiserror::Error;

use super::content::Content;
use crate::reader::ReadError;

/// Why a file tells nothing about itself.
#[derive(Debug, Error)]
pub enum ProbeError {
    /// The headers could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file is not a film, whatever its name says.
    #[error("this is not a film but {0}")]
    NotVideo(Content),
    /// A container that is not read in process, and ffprobe is not there.
    #[error("this container is read by ffprobe only, and ffprobe was not found")]
    NeedsFfprobe,
    /// ffprobe would not run or said no.
    #[error("ffprobe could not read the file: {0}")]
    Ffprobe(String),
}
