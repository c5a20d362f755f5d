//! Formats of subtitle files.

use serde::{Deserialize, Serialize};

/// Formats of subtitle files that can be converted to WebVTT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubtitleFormat {
    /// SubRip, `.srt`.
    Srt,
    /// WebVTT, `.vtt`.
    Vtt,
    /// SubStation Alpha, `.ass` and `.ssa`.
    Ass,
}

impl SubtitleFormat {
    /// The format of a file with this extension.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "srt" => Some(Self::Srt),
            "vtt" => Some(Self::Vtt),
            "ass" | "ssa" => Some(Self::Ass),
            _ => None,
        }
    }

    /// ffmpeg's name for the format.
    pub fn codec(self) -> &'static str {
        match self {
            Self::Srt => "subrip",
            Self::Vtt => "webvtt",
            Self::Ass => "ass",
        }
    }
}
