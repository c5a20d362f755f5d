//! The chapters of a video file, which every container stores differently.

use std::io::{Read, Seek};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use super::error::ProbeError;
use super::ffprobe::{failure_reason, input, run_with_timeout};
use super::format::{Format, format};
use super::mark::{MAX_CHAPTERS, Mark};
use super::{matroska, mp4};
use crate::reader::{ReadError, Reader};

/// Time limit for ffprobe. Chapters are in the headers, which are read quickly, and the player shows none
/// until then.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Maximum length of a chapter's name in characters; the rest is cut off.
const MAX_NAME: usize = 200;

/// A chapter, in milliseconds of the file's own timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Start time.
    pub start_ms: u64,
    /// End time, always after `start_ms`.
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

/// The chapters of `file` in order, possibly none. MP4 and Matroska are read in process, other containers by
/// ffprobe. Blocks until it is done.
///
/// # Errors
/// When the file is damaged, or is another container and ffprobe is not installed.
pub fn chapters(ffprobe: Option<&Path>, file: &Path) -> Result<Vec<Chapter>, ProbeError> {
    let mut reader =
        Reader::new(crate::file::open(file).map_err(ReadError::from)?).map_err(ReadError::from)?;
    match (in_process(&mut reader), ffprobe) {
        (Ok(Some(found)), _) => Ok(found),
        (Ok(None) | Err(_), Some(tool)) => by_ffprobe(tool, file),
        (Ok(None), None) => Err(ProbeError::NeedsFfprobe),
        (Err(error), None) => Err(error.into()),
    }
}

/// Reads the chapters in process; `None` for other containers.
fn in_process<R: Read + Seek>(reader: &mut Reader<R>) -> Result<Option<Vec<Chapter>>, ReadError> {
    let format = format(reader)?;
    let marks = match format {
        Some(Format::Mp4) => mp4::marks(reader)?,
        Some(Format::Matroska) => matroska::marks(reader)?,
        None => return Ok(None),
    };
    // The last chapter often has no end; then it ends with the file.
    let info = match format.filter(|_| marks.iter().any(|mark| mark.end_ms.is_none())) {
        Some(Format::Mp4) => mp4::probe(reader).ok(),
        Some(Format::Matroska) => matroska::probe(reader).ok(),
        None => None,
    };
    let end = info.and_then(|info| Some(info.duration_ms?.saturating_add(info.start_ms)));
    Ok(Some(finished(marks, end)))
}

fn by_ffprobe(ffprobe: &Path, file: &Path) -> Result<Vec<Chapter>, ProbeError> {
    let mut command = Command::new(ffprobe);
    command.args(["-v", "error", "-of", "json", "-show_chapters"]).args(input(file));
    let output = run_with_timeout(&mut command, TIMEOUT)?;
    if output.success { parse(&output.stdout) } else { Err(failure_reason(&output.stderr)) }
}

fn parse(json: &[u8]) -> Result<Vec<Chapter>, ProbeError> {
    let output: Output =
        serde_json::from_slice(json).map_err(|error| ProbeError::Ffprobe(error.to_string()))?;
    let mark = |found: Found| {
        let (start_ms, end_ms) = (milliseconds(&found.start_time)?, Some(milliseconds(&found.end_time)?));
        Some(Mark { start_ms, end_ms, name: found.tags.title.unwrap_or_default() })
    };
    // ffprobe always gives an end. Chapters whose end is not after the start are invalid.
    let marks = output.chapters.into_iter().filter_map(mark).filter(|mark| mark.end_ms > Some(mark.start_ms));
    Ok(finished(marks.collect(), None))
}

/// Sorted chapters. A chapter without an end lasts until the next one begins or the film ends; chapters
/// without duration are left out.
fn finished(mut marks: Vec<Mark>, film_end: Option<u64>) -> Vec<Chapter> {
    marks.truncate(MAX_CHAPTERS);
    marks.sort_by_key(|mark| (mark.start_ms, mark.end_ms));
    let starts: Vec<u64> = marks.iter().map(|mark| mark.start_ms).collect();
    let chapter = |mark: Mark| {
        let next = starts.iter().copied().find(|start| *start > mark.start_ms);
        let own = mark.end_ms.filter(|end| *end > mark.start_ms);
        let end_ms = own.or(next).or(film_end).filter(|end| *end > mark.start_ms)?;
        let name: String =
            mark.name.trim().chars().filter(|letter| !letter.is_control()).take(MAX_NAME).collect();
        Some(Chapter { start_ms: mark.start_ms, end_ms, title: (!name.is_empty()).then_some(name) })
    };
    marks.into_iter().filter_map(chapter).collect()
}

fn milliseconds(seconds: &str) -> Option<u64> {
    let seconds: f64 = seconds.parse().ok()?;
    seconds.is_finite().then(|| (seconds.max(0.0) * 1000.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::complete(&[(0, Some(10)), (10, Some(20))], Some(20), &[(0, 10), (10, 20)])]
    #[case::without_ends(&[(0, None), (10, None)], Some(20), &[(0, 10), (10, 20)])]
    #[case::unsorted(&[(10, None), (0, None)], Some(20), &[(0, 10), (10, 20)])]
    #[case::with_gaps(&[(0, Some(5)), (10, Some(15))], Some(20), &[(0, 5), (10, 15)])]
    #[case::end_before_start(&[(0, None), (10, Some(3))], Some(20), &[(0, 10), (10, 20)])]
    #[case::behind_the_end(&[(0, None), (30, None)], Some(20), &[(0, 30)])]
    #[case::length_unknown(&[(0, None), (10, None)], None, &[(0, 10)])]
    #[case::none(&[], Some(20), &[])]
    fn chapters_without_an_end_last_until_the_next_one(
        #[case] written: &[(u64, Option<u64>)],
        #[case] film_end: Option<u64>,
        #[case] expected: &[(u64, u64)],
    ) {
        let mark = |(start_ms, end_ms): &(u64, Option<u64>)| Mark {
            start_ms: *start_ms,
            end_ms: *end_ms,
            name: String::new(),
        };
        let found = finished(written.iter().map(mark).collect(), film_end);
        let times: Vec<_> = found.iter().map(|chapter| (chapter.start_ms, chapter.end_ms)).collect();
        assert_eq!(times, expected);
    }

    #[test]
    fn names_are_trimmed_to_one_short_line() {
        let name = format!("  One\n\u{7}{}", "x".repeat(1000));
        let found = finished(vec![Mark { start_ms: 0, end_ms: Some(1), name }], None);
        let title = found[0].title.as_deref().unwrap();
        assert!(title.starts_with("Onexxx") && title.len() == MAX_NAME, "{title}");
    }

    fn read(json: &str) -> Vec<(u64, u64, Option<String>)> {
        let found = parse(json.as_bytes()).unwrap();
        found.into_iter().map(|chapter| (chapter.start_ms, chapter.end_ms, chapter.title)).collect()
    }

    #[test]
    fn chapters_are_sorted_and_keep_their_names() {
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
    fn chapters_with_invalid_times_are_left_out() {
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
    fn the_number_of_chapters_is_limited() {
        let one = |at: usize| format!(r#"{{"start_time": "{at}.0", "end_time": "{}.0"}}"#, at + 1);
        let all: Vec<String> = (0..MAX_CHAPTERS + 10).map(one).collect();
        assert_eq!(read(&format!(r#"{{"chapters": [{}]}}"#, all.join(","))).len(), MAX_CHAPTERS);
    }
}
