//! The chapters of a video file, through ffprobe: every container that ffmpeg reads keeps them in its own way.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use super::error::ProbeError;
use super::ffprobe::{answer, input, reason};

/// Chapters are in the headers, which are read in moments. A player waits for them with an empty bar.
const PATIENCE: Duration = Duration::from_secs(15);
/// More than any film has; a damaged file may claim more.
const MOST: usize = 500;

/// A chapter, in milliseconds of the file's own time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Where it begins.
    pub start_ms: u64,
    /// Where it ends, behind its beginning.
    pub end_ms: u64,
    /// Its name, if it has one.
    pub title: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Output {
    #[serde(default)]
    chapters: Vec<Found>,
}

#[derive(Debug, Deserialize)]
struct Found {
    start_time: String,
    end_time: String,
    #[serde(default)]
    tags: Tags,
}

#[derive(Debug, Default, Deserialize)]
struct Tags {
    title: Option<String>,
}

/// The chapters of `file` in their order; none when it has none. Blocks until `ffprobe` has answered.
///
/// # Errors
/// When ffprobe is not installed, or cannot read the file.
pub fn chapters(ffprobe: &Path, file: &Path) -> Result<Vec<Chapter>, ProbeError> {
    let mut command = Command::new(ffprobe);
    command.args(["-v", "error", "-of", "json", "-show_chapters"]).args(input(file));
    let answer = answer(&mut command, PATIENCE)?;
    if answer.success { parse(&answer.said) } else { Err(reason(&answer.complaints)) }
}

fn parse(json: &[u8]) -> Result<Vec<Chapter>, ProbeError> {
    let output: Output =
        serde_json::from_slice(json).map_err(|error| ProbeError::Ffprobe(error.to_string()))?;
    let mut found: Vec<Chapter> = output.chapters.into_iter().take(MOST).filter_map(chapter).collect();
    found.sort_by_key(|chapter| (chapter.start_ms, chapter.end_ms));
    Ok(found)
}

fn chapter(found: Found) -> Option<Chapter> {
    let start_ms = milliseconds(&found.start_time)?;
    let end_ms = milliseconds(&found.end_time).filter(|end| *end > start_ms)?;
    let title = found.tags.title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
    Some(Chapter { start_ms, end_ms, title })
}

fn milliseconds(seconds: &str) -> Option<u64> {
    let seconds: f64 = seconds.parse().ok()?;
    seconds.is_finite().then(|| (seconds.max(0.0) * 1000.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Vec<(u64, u64, Option<String>)> {
        let found = parse(json.as_bytes()).unwrap();
        found.into_iter().map(|chapter| (chapter.start_ms, chapter.end_ms, chapter.title)).collect()
    }

    #[test]
    fn chapters_come_in_order_with_their_names() {
        let json = r#"{"chapters": [
            {"start_time": "90.500000", "end_time": "600.000000", "tags": {"title": " Part One "}},
            {"start_time": "0.000000", "end_time": "90.500000", "tags": {"title": "Intro"}},
            {"start_time": "600.000000", "end_time": "700.000000", "tags": {"title": ""}},
            {"start_time": "700.000000", "end_time": "800.000000"}
        ]}"#;
        let expected = [
            (0, 90_500, Some("Intro".to_owned())),
            (90_500, 600_000, Some("Part One".to_owned())),
            (600_000, 700_000, None),
            (700_000, 800_000, None),
        ];
        assert_eq!(read(json), expected);
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let json = r#"{"chapters": [
            {"start_time": "10.0", "end_time": "10.0"},
            {"start_time": "20.0", "end_time": "5.0"},
            {"start_time": "N/A", "end_time": "5.0"},
            {"start_time": "nan", "end_time": "5.0"},
            {"start_time": "-1.0", "end_time": "5.0"}
        ]}"#;
        assert_eq!(read(json), [(0, 5_000, None)]);
        assert_eq!(read("{}"), []);
    }

    #[test]
    fn many_chapters_are_cut_off() {
        let one = |at: usize| format!(r#"{{"start_time": "{at}.0", "end_time": "{}.0"}}"#, at + 1);
        let all: Vec<String> = (0..MOST + 10).map(one).collect();
        assert_eq!(read(&format!(r#"{{"chapters": [{}]}}"#, all.join(","))).len(), MOST);
    }
}
