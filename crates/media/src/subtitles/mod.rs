//! Subtitle files to WebVTT, which is what browsers show.

mod ass;
mod srt;
mod text;

use std::fmt::Write as _;

use crate::sidecars::SubtitleFormat;
pub use text::decode;

/// A line of dialogue and when it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cue {
    /// Milliseconds.
    start: u64,
    /// Milliseconds.
    end: u64,
    at_top: bool,
    /// WebVTT markup.
    text: String,
}

/// Converts a subtitle file. `language` helps with files that are no UTF-8. What cannot be understood is left out; a
/// file of rubbish becomes a file without cues.
pub fn to_vtt(bytes: &[u8], format: SubtitleFormat, language: Option<&str>) -> String {
    let text = decode(bytes, language);
    let cues = match format {
        SubtitleFormat::Vtt => return vtt(&text),
        SubtitleFormat::Srt => srt::cues(&text),
        SubtitleFormat::Ass => ass::cues(&text),
    };
    write(cues)
}

fn vtt(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.starts_with("WEBVTT") {
        return text;
    }
    // Some tools rename SubRip files.
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

/// A time as WebVTT writes it.
struct Time(u64);

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(ms) = *self;
        let (hours, minutes, seconds, rest) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}.{rest:03}")
    }
}

/// Reads `1:02:03,456`, `02:03.4` and the like into milliseconds.
fn time(text: &str) -> Option<u64> {
    let (whole, fraction) = text.trim().split_once([',', '.']).unwrap_or((text.trim(), "0"));
    let mut seconds = 0_u64;
    let mut parts = 0;
    for part in whole.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.trim().parse().ok()?)?;
        parts += 1;
    }
    let digits: String = fraction.chars().take_while(char::is_ascii_digit).take(3).collect();
    let fraction: u64 = format!("{digits:0<3}").parse().ok()?;
    (2..=3).contains(&parts).then(|| seconds.checked_mul(1000)?.checked_add(fraction)).flatten()
}
