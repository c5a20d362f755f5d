//! The chapters of a video file: every container keeps them in its own way.

use std::io::{Read, Seek};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use super::error::ProbeError;
use super::ffprobe::{answer, input, reason};
use super::format::{Format, format};
use super::mark::{MOST_CHAPTERS, Mark};
use super::{matroska, mp4};
use crate::reader::{ReadError, Reader};

/// Chapters are in the headers, which are read in moments. A player waits for them with an empty bar.
const PATIENCE: Duration = Duration::from_secs(15);
/// Characters of a name that are kept.
const LONGEST: usize = 200;

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

/// The chapters of `file` in their order; none when it has none. MP4 and Matroska are read in process, other containers by
/// ffprobe. Blocks until it is done.
///
/// # Errors
/// When the file cannot be read: it is damaged, or another container and ffprobe is not installed.
pub fn chapters(ffprobe: Option<&Path>, file: &Path) -> Result<Vec<Chapter>, ProbeError> {
    let mut reader =
        Reader::new(crate::file::open(file).map_err(ReadError::from)?).map_err(ReadError::from)?;
    match (own(&mut reader), ffprobe) {
        (Ok(Some(found)), _) => Ok(found),
        (Ok(None) | Err(_), Some(tool)) => by_ffprobe(tool, file),
        (Ok(None), None) => Err(ProbeError::NeedsFfprobe),
        (Err(error), None) => Err(error.into()),
    }
}

/// The chapters by our own readers; `None` for containers that they do not know.
fn own<R: Read + Seek>(reader: &mut Reader<R>) -> Result<Option<Vec<Chapter>>, ReadError> {
    let format = format(reader)?;
    let marks = match format {
        Some(Format::Mp4) => mp4::marks(reader)?,
        Some(Format::Matroska) => matroska::marks(reader)?,
        None => return Ok(None),
    };
    // The last chapter often has no end of its own.
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
    let answer = answer(&mut command, PATIENCE)?;
    if answer.success { parse(&answer.said) } else { Err(reason(&answer.complaints)) }
}

fn parse(json: &[u8]) -> Result<Vec<Chapter>, ProbeError> {
    let output: Output =
        serde_json::from_slice(json).map_err(|error| ProbeError::Ffprobe(error.to_string()))?;
    let mark = |found: Found| {
        let (start_ms, end_ms) = (milliseconds(&found.start_time)?, Some(milliseconds(&found.end_time)?));
        Some(Mark { start_ms, end_ms, name: found.tags.title.unwrap_or_default() })
    };
    // ffprobe always gives an end: one that is not behind the start makes no sense.
    let marks = output.chapters.into_iter().filter_map(mark).filter(|mark| mark.end_ms > Some(mark.start_ms));
    Ok(finished(marks.collect(), None))
}

/// Chapters in their order. One without an end lasts until the next begins, or until the film ends; one that would last no time
/// is left out.
fn finished(mut marks: Vec<Mark>, film_end: Option<u64>) -> Vec<Chapter> {
    marks.truncate(MOST_CHAPTERS);
    marks.sort_by_key(|mark| (mark.start_ms, mark.end_ms));
    let starts: Vec<u64> = marks.iter().map(|mark| mark.start_ms).collect();
    let chapter = |mark: Mark| {
        let next = starts.iter().copied().find(|start| *start > mark.start_ms);
        let own = mark.end_ms.filter(|end| *end > mark.start_ms);
        let end_ms = own.or(next).or(film_end).filter(|end| *end > mark.start_ms)?;
        let name: String =
            mark.name.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
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
    fn chapters_last_until_the_next(
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
    fn names_are_one_short_line() {
        let name = format!("  One\n\u{7}{}", "x".repeat(1000));
        let found = finished(vec![Mark { start_ms: 0, end_ms: Some(1), name }], None);
        let title = found[0].title.as_deref().unwrap();
        assert!(title.starts_with("Onexxx") && title.len() == LONGEST, "{title}");
    }

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
        let all: Vec<String> = (0..MOST_CHAPTERS + 10).map(one).collect();
        assert_eq!(read(&format!(r#"{{"chapters": [{}]}}"#, all.join(","))).len(), MOST_CHAPTERS);
    }
}
