//! What a video file is made of, read from its headers.
//!
//! MP4, MOV, MKV and WebM are read in process: a few small reads, wherever the headers lie, and never more memory than
//! the headers claim and the file can back. Other containers are left to ffprobe where it is installed.
//!
//! The two readers are our own, because a scan wants little of a file and must survive all of it: mp4-atom decodes a
//! whole `moov` with its sample tables, and matroska-demuxer hides the cues and knows no Dolby Vision.

mod codec;
pub(crate) mod ebml;
mod ffprobe;
pub(crate) mod matroska;
mod mkv_codec;
mod mp4;
pub(crate) mod mp4_box;
mod mp4_codec;
pub(crate) mod reader;

use std::fs::File;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::fingerprint::Fingerprint;
pub use reader::ReadError;
use reader::Reader;

/// What a file holds. Codecs carry the names that ffmpeg gives them (`h264`, `hevc`, `aac`, `subrip`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MediaInfo {
    /// `mp4`, `mov`, `matroska`, `webm`, or ffmpeg's name for another.
    pub container: String,
    /// Milliseconds; `None` when the headers do not say.
    pub duration_ms: Option<u64>,
    /// The picture. Cover art is none.
    pub video: Option<VideoTrack>,
    /// In the order of the file.
    pub audio: Vec<AudioTrack>,
    /// In the order of the file.
    pub subtitles: Vec<SubtitleTrack>,
    /// The headers promise more bytes than the file has: a copy that is not finished, or broken off.
    pub truncated: bool,
}

/// A video track.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct VideoTrack {
    /// Number of the stream as ffmpeg counts, from 0.
    pub index: u32,
    /// ffmpeg's name.
    pub codec: String,
    /// RFC 6381 string for `canPlayType`, when the headers tell: `avc1.640028`.
    pub codec_string: Option<String>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Pictures a second.
    pub frame_rate: Option<f64>,
    /// Bits a sample.
    pub bit_depth: Option<u8>,
    /// `None` is standard dynamic range.
    pub hdr: Option<Hdr>,
    /// Dolby Vision's profile. Profile 5 has no picture that other decoders show right.
    pub dolby_vision_profile: Option<u8>,
}

/// Kinds of high dynamic range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hdr {
    /// PQ with static metadata.
    Hdr10,
    /// PQ with metadata per scene.
    Hdr10Plus,
    /// Hybrid log-gamma.
    Hlg,
    /// Dolby Vision.
    DolbyVision,
}

/// An audio track.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AudioTrack {
    /// Number of the stream as ffmpeg counts, from 0.
    pub index: u32,
    /// ffmpeg's name.
    pub codec: String,
    /// RFC 6381 string: `mp4a.40.2`.
    pub codec_string: Option<String>,
    /// Channels; 6 is 5.1.
    pub channels: u32,
    /// Samples a second.
    pub sample_rate: Option<u32>,
    /// Two-letter code where there is one, else as written. `None` is undetermined.
    pub language: Option<String>,
    /// Name that the file gives it.
    pub title: Option<String>,
    /// To be played when nothing else was chosen.
    pub default: bool,
}

/// A subtitle track.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SubtitleTrack {
    /// Number of the stream as ffmpeg counts, from 0.
    pub index: u32,
    /// ffmpeg's name.
    pub codec: String,
    /// Two-letter code where there is one, else as written.
    pub language: Option<String>,
    /// Name that the file gives it.
    pub title: Option<String>,
    /// To be shown when nothing else was chosen.
    pub default: bool,
    /// Only for dialogue in a foreign language.
    pub forced: bool,
    /// Written for people who are hard of hearing.
    pub hearing_impaired: bool,
}

impl SubtitleTrack {
    /// Whether it is text and can become WebVTT. Picture subtitles cannot.
    pub fn is_text(&self) -> bool {
        matches!(self.codec.as_str(), "subrip" | "ass" | "ssa" | "webvtt" | "mov_text" | "text")
    }
}

/// Why a file tells nothing about itself.
#[derive(Debug, Error)]
pub enum ProbeError {
    /// The headers could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A container that is not read in process, and ffprobe is not there.
    #[error("this container is read by ffprobe only, and ffprobe was not found")]
    NeedsFfprobe,
    /// ffprobe would not run or said no.
    #[error("ffprobe could not read the file: {0}")]
    Ffprobe(String),
}

/// A file's facts and its identity, from one opening.
#[derive(Debug)]
pub struct Examined {
    /// What makes the file recognisable under another name.
    pub fingerprint: Fingerprint,
    /// What it holds, or why that is not known.
    pub info: Result<MediaInfo, ProbeError>,
}

/// Opens a file once, for its fingerprint and its facts. `ffprobe` is the program for other containers.
///
/// # Errors
/// When the file cannot be opened or read at all.
pub fn examine(path: &Path, ffprobe: Option<&Path>) -> io::Result<Examined> {
    let mut reader = Reader::new(File::open(path)?)?;
    let fingerprint = Fingerprint::of(&mut reader)?;
    let info = match read(&mut reader) {
        Err(ProbeError::NeedsFfprobe) => {
            ffprobe.ok_or(ProbeError::NeedsFfprobe).and_then(|tool| ffprobe::probe(tool, path))
        }
        // Some muxers leave the duration out; ffprobe finds it by reading the end.
        Ok(info) if info.duration_ms.is_none() && !info.truncated => {
            Ok(ffprobe.and_then(|tool| ffprobe::probe(tool, path).ok()).unwrap_or(info))
        }
        info => info,
    };
    Ok(Examined { fingerprint, info })
}

/// Reads the facts of anything that can be read and sought.
///
/// # Errors
/// [`ProbeError::NeedsFfprobe`] for containers that are not read in process; [`ProbeError::Read`] when the headers are
/// damaged or missing.
pub fn probe<R: io::Read + io::Seek>(source: R) -> Result<MediaInfo, ProbeError> {
    read(&mut Reader::new(source).map_err(ReadError::from)?)
}

fn read<R: io::Read + io::Seek>(reader: &mut Reader<R>) -> Result<MediaInfo, ProbeError> {
    match format(reader)? {
        Some(Format::Mp4) => Ok(mp4::probe(reader)?),
        Some(Format::Matroska) => Ok(matroska::probe(reader)?),
        None => Err(ProbeError::NeedsFfprobe),
    }
}

/// The containers that are read in process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// MP4, M4V, MOV.
    Mp4,
    /// MKV, WebM.
    Matroska,
}

/// Tells the container by its first bytes.
pub(crate) fn format<R: io::Read + io::Seek>(reader: &mut Reader<R>) -> Result<Option<Format>, ReadError> {
    if reader.is_empty() {
        return Err(ReadError::Malformed("the file is empty"));
    }
    let Ok(head) = reader.get(0, 8) else { return Ok(None) };
    if head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        return Ok(Some(Format::Matroska));
    }
    let boxes: [&[u8]; 8] = [b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"styp", b"pnot"];
    Ok(boxes.contains(&&head[4..8]).then_some(Format::Mp4))
}

/// A path as ffmpeg's tools must get it: a name such as `concat:a|b.avi` is a file here, not a protocol.
pub fn local_file(path: &Path) -> std::ffi::OsString {
    let mut url = std::ffi::OsString::from("file:");
    url.push(path);
    url
}
