//! What probing finds out about a file.

use serde::{Deserialize, Serialize};

/// The contents of a file. Codecs have ffmpeg's names (`h264`, `hevc`, `aac`, `subrip`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MediaInfo {
    /// Container: `mp4`, `mov`, `matroska`, `webm`, or ffmpeg's name for another one.
    pub container: String,
    /// Milliseconds from the first frame to the end; `None` if neither the headers nor the last frames
    /// contain it.
    pub duration_ms: Option<u64>,
    /// Timestamp of the first frame in milliseconds, because recordings and cut files often do not begin at
    /// 0. Less than half a second, a usual encoder delay, counts as 0.
    #[serde(default)]
    pub start_ms: u64,
    /// The video track, which is not cover art.
    pub video: Option<VideoTrack>,
    /// Audio tracks in the order of the file.
    pub audio: Vec<AudioTrack>,
    /// Subtitle tracks in the order of the file.
    pub subtitles: Vec<SubtitleTrack>,
    /// The headers refer to more bytes than the file has: an unfinished or interrupted copy.
    pub truncated: bool,
}

/// A video track.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct VideoTrack {
    /// Index of the stream in ffmpeg's numbering, from 0.
    pub index: u32,
    /// Codec, by ffmpeg's name.
    pub codec: String,
    /// RFC 6381 string for `canPlayType`, if the headers contain enough to build it: `avc1.640028`.
    pub codec_string: Option<String>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Frames per second.
    pub frame_rate: Option<f64>,
    /// Bits per sample.
    pub bit_depth: Option<u8>,
    /// Kind of HDR; `None` for standard dynamic range.
    pub hdr: Option<Hdr>,
    /// Dolby Vision profile. Other decoders show the colours of profile 5 wrong.
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
    /// Index of the stream in ffmpeg's numbering, from 0.
    pub index: u32,
    /// Codec, by ffmpeg's name.
    pub codec: String,
    /// RFC 6381 string, such as `mp4a.40.2`.
    pub codec_string: Option<String>,
    /// Number of channels; 6 for 5.1.
    pub channels: u32,
    /// Samples per second.
    pub sample_rate: Option<u32>,
    /// Two-letter code if the language has one, else as written. `None` if undetermined.
    pub language: Option<String>,
    /// Title from the file.
    pub title: Option<String>,
    /// Whether it is the default audio track.
    pub default: bool,
}

/// A subtitle track.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SubtitleTrack {
    /// Index of the stream in ffmpeg's numbering, from 0.
    pub index: u32,
    /// Codec, by ffmpeg's name.
    pub codec: String,
    /// Two-letter code if the language has one, else as written. `None` if undetermined.
    pub language: Option<String>,
    /// Title from the file.
    pub title: Option<String>,
    /// Whether it is shown by default.
    pub default: bool,
    /// Translates only dialogue in a foreign language.
    pub forced: bool,
    /// For the deaf and hard of hearing (SDH).
    pub hearing_impaired: bool,
}

/// Start times below this many milliseconds count as 0, because encoders delay the first frame by a few
/// hundred milliseconds.
const ENCODER_DELAY: u64 = 500;

impl MediaInfo {
    /// The value of `start_ms` for a first frame at `ms`.
    pub(super) fn begins_at(ms: u64) -> u64 {
        if ms < ENCODER_DELAY { 0 } else { ms }
    }
}

impl SubtitleTrack {
    /// Whether it is text and can be converted to WebVTT, unlike image-based subtitles.
    pub fn is_text(&self) -> bool {
        matches!(self.codec.as_str(), "subrip" | "ass" | "ssa" | "webvtt" | "mov_text" | "text")
    }
}
