//! Reads duration, codecs and tracks of a video file from its headers.
//!
//! MP4, MOV, MKV and WebM are read in process: a few small reads, wherever the headers are, and never more
//! memory than both the headers claim and the file contains. Other containers are read by ffprobe if it is
//! installed.
//!
//! No third-party parsers are used, because a scan needs little of a file and must cope with any content:
//! mp4-atom decodes a whole `moov` with its sample tables, and matroska-demuxer exposes no cues and does not
//! support Dolby Vision.

mod chapters;
mod codec;
mod content;
mod error;
mod ffprobe;
pub(crate) mod format;
mod info;
mod mark;
pub(crate) mod matroska;
pub(crate) mod mp4;

use std::fs::File;
use std::io;
use std::path::Path;

use crate::fingerprint::Fingerprint;
pub use crate::reader::ReadError;
use crate::reader::Reader;
pub use chapters::{Chapter, chapters};
pub use content::Content;
pub use error::ProbeError;
pub use ffprobe::input;
pub(crate) use ffprobe::{failure_reason, run_with_timeout};
use format::{Format, format};
pub use info::{AudioTrack, Hdr, MediaInfo, SubtitleTrack, VideoTrack};

/// A file's identity and contents, read with the file opened once.
#[derive(Debug)]
pub struct Examined {
    /// Identifies the file under any name.
    pub fingerprint: Fingerprint,
    /// The file's contents, or why they could not be read.
    pub info: Result<MediaInfo, ProbeError>,
}

/// Opens a file once and reads its fingerprint and contents. `ffprobe` is the path of the program for
/// containers that are not read in process.
///
/// # Errors
/// When the file cannot be opened or read at all.
pub fn examine(path: &Path, ffprobe: Option<&Path>) -> io::Result<Examined> {
    let mut reader = Reader::new(crate::file::open(path)?)?;
    let fingerprint = Fingerprint::of(&mut reader)?;
    let info = inspect(&mut reader, path, ffprobe);
    Ok(Examined { fingerprint, info })
}

fn inspect(reader: &mut Reader<File>, path: &Path, ffprobe: Option<&Path>) -> Result<MediaInfo, ProbeError> {
    match (read(reader), ffprobe) {
        (Err(ProbeError::NeedsFfprobe), Some(tool)) => match ffprobe::probe(tool, path) {
            // Not a known container, and ffprobe rejects it too: this is not a video.
            Err(ProbeError::Ffprobe(_) | ProbeError::NeedsFfprobe) if !content::is_container(reader) => {
                Err(ProbeError::NotVideo(Content::Unknown))
            }
            info => checked(info?),
        },
        // Some muxers omit the duration; ffprobe determines it by reading the end of the file.
        (Ok(info), Some(tool)) if info.duration_ms.is_none() && !info.truncated => {
            Ok(ffprobe::probe(tool, path).unwrap_or(info))
        }
        (Err(ProbeError::NeedsFfprobe), None) if !content::is_container(reader) => {
            Err(ProbeError::NotVideo(Content::Unknown))
        }
        (info, _) => info,
    }
}

/// Reads the contents of any readable and seekable source.
///
/// # Errors
/// [`ProbeError::NeedsFfprobe`] for containers that are not read in process; [`ProbeError::NotVideo`] for
/// files without video; [`ProbeError::Read`] when the headers are damaged or missing.
pub fn probe<R: io::Read + io::Seek>(source: R) -> Result<MediaInfo, ProbeError> {
    read(&mut Reader::new(source).map_err(ReadError::from)?)
}

fn read<R: io::Read + io::Seek>(reader: &mut Reader<R>) -> Result<MediaInfo, ProbeError> {
    let format = format(reader)?;
    if let Some(content) = content::by_magic(reader) {
        return Err(ProbeError::NotVideo(content));
    }
    match format {
        Some(Format::Mp4) => checked(mp4::probe(reader)?),
        Some(Format::Matroska) => checked(matroska::probe(reader)?),
        None => Err(ProbeError::NeedsFfprobe),
    }
}

fn checked(info: MediaInfo) -> Result<MediaInfo, ProbeError> {
    content::check(info).map_err(ProbeError::NotVideo)
}
