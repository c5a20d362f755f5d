//! Converts subtitle files to WebVTT, the format that browsers support.

mod ass;
mod cue;
mod format;
mod markup;
mod srt;
pub mod vtt;

use std::fmt::Write as _;

use cue::Cue;
pub use format::SubtitleFormat;

pub use crate::text::decode;

/// Converts a subtitle file. `language` helps to detect the encoding of files that are not UTF-8. Invalid
/// cues are skipped; a file without valid cues becomes a header only.
pub fn to_vtt(bytes: &[u8], format: SubtitleFormat, language: Option<&str>) -> String {
    let text = decode(bytes, language);
    let cues = match format {
        SubtitleFormat::Vtt => return from_vtt(&text),
        SubtitleFormat::Srt => srt::cues(&text),
        SubtitleFormat::Ass => ass::cues(&text),
    };
    write(cues)
}

fn from_vtt(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.starts_with("WEBVTT") {
        return text;
    }
    // Some `.vtt` files are renamed SubRip files.
    write(srt::cues(&text))
}

fn write(mut cues: Vec<Cue>) -> String {
    cues.retain(|cue| cue.end > cue.start && !cue.text.trim().is_empty());
    cues.sort_by_key(|cue| cue.start);
    let mut out = String::from("WEBVTT\n");
    for cue in cues {
        let top = if cue.at_top { " line:0" } else { "" };
        let _ = write!(out, "\n{} --> {}{top}\n{}\n", Time(cue.start), Time(cue.end), cue.text.trim());
    }
    out
}

/// A time in milliseconds, formatted for WebVTT.
struct Time(u64);

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(ms) = *self;
        let (hours, minutes, seconds, rest) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}.{rest:03}")
    }
}
