//! Chapters: Nero's list (`chpl`), or QuickTime's text track.

use std::io::{Read, Seek};

use super::duration::milliseconds;
use super::track::Track;
use crate::mp4_boxes::{Mp4Box, child, descend};
use crate::probe::mark::{MAX_CHAPTERS, Mark};
use crate::reader::{Numbers as _, ReadError, Reader};

/// Limit in bytes on a table, enough for more chapters than are read.
const MAX_TABLE: usize = 64 * 1024;
/// Times in a `chpl` box are in units of 100 nanoseconds.
const TICKS_PER_MS: u64 = 10_000;

/// The chapters, preferably from the text track, because a `chpl` box is limited to 255 chapters.
pub(super) fn marks<R: Read + Seek>(
    reader: &mut Reader<R>,
    moov: Mp4Box,
    traks: &[Mp4Box],
    chapter_ids: &[u32],
) -> Result<Vec<Mark>, ReadError> {
    for trak in traks {
        let Some(mdia) = child(reader, *trak, b"mdia")? else { continue };
        let track = Track::read(reader, *trak, mdia)?;
        if !chapter_ids.contains(&track.id) || !matches!(&track.handler, b"text" | b"sbtl") {
            continue;
        }
        let Some(stbl) = descend(reader, mdia, &[b"minf", b"stbl"])? else { continue };
        // If the track is damaged, the list is used.
        let marks = of_track(reader, stbl, track.timescale).unwrap_or_default();
        if !marks.is_empty() {
            return Ok(marks);
        }
    }
    let Some(chpl) = descend(reader, moov, &[b"udta", b"chpl"])? else { return Ok(Vec::new()) };
    Ok(of_list(chpl.bytes(reader, MAX_TABLE)?))
}

/// Reads a `chpl` box: its version, a count of one byte, then times and length-prefixed names.
fn of_list(bytes: &[u8]) -> Vec<Mark> {
    let mut at = if bytes.u8_at(0) == Some(0) { 4 } else { 8 };
    let count = bytes.u8_at(at).unwrap_or_default();
    at += 1;
    let mut marks = Vec::new();
    for _ in 0..count {
        let (Some(start), Some(length)) = (bytes.u64_at(at), bytes.u8_at(at + 8)) else { break };
        let text = at + 9;
        at = text + usize::from(length);
        let Some(name) = bytes.get(text..at) else { break };
        let name = String::from_utf8_lossy(name).into_owned();
        marks.push(Mark { start_ms: start / TICKS_PER_MS, end_ms: None, name });
    }
    marks
}

/// Reads a text track. Every sample is a length-prefixed name, with the duration of its chapter.
fn of_track<R: Read + Seek>(
    reader: &mut Reader<R>,
    stbl: Mp4Box,
    timescale: u32,
) -> Result<Vec<Mark>, ReadError> {
    let mut tables = Vec::new();
    for kind in [b"stts", b"stsz", b"stsc", b"stco", b"co64"] {
        tables.push(match child(reader, stbl, kind)? {
            Some(found) => found.bytes(reader, MAX_TABLE)?.to_vec(),
            None => Vec::new(),
        });
    }
    let [durations, sizes, chunks, near, far] = tables.as_slice() else { return Ok(Vec::new()) };
    let offsets: Vec<u64> = match far.is_empty() {
        true => entries(near, 8, 4).filter_map(|entry| entry.u32_at(0)).map(u64::from).collect(),
        false => entries(far, 8, 8).filter_map(|entry| entry.u64_at(0)).collect(),
    };
    let positions = sample_positions(&sample_sizes(sizes), chunks, &offsets);
    let runs = entries(durations, 8, 8).filter_map(|entry| Some((entry.u32_at(0)?, entry.u32_at(4)?)));
    let lengths = runs.flat_map(|(count, length)| {
        let count = usize::try_from(count).unwrap_or(MAX_CHAPTERS).min(MAX_CHAPTERS);
        std::iter::repeat_n(length, count)
    });
    let (mut marks, mut time) = (Vec::new(), 0_u64);
    for ((at, size), length) in positions.into_iter().zip(lengths).take(MAX_CHAPTERS) {
        let end = time.saturating_add(u64::from(length));
        let name = sample_text(reader.get(at, size)?);
        let (start_ms, end_ms) = (milliseconds(time, timescale), milliseconds(end, timescale));
        marks.push(Mark { start_ms, end_ms: Some(end_ms), name });
        time = end;
    }
    Ok(marks)
}

/// The offset and size of every sample.
fn sample_positions(sizes: &[usize], chunks: &[u8], offsets: &[u64]) -> Vec<(u64, usize)> {
    let runs: Vec<(u32, u32)> =
        entries(chunks, 8, 12).filter_map(|entry| Some((entry.u32_at(0)?, entry.u32_at(4)?))).collect();
    let mut sizes = sizes.iter();
    let mut positions = Vec::new();
    for (number, offset) in (1_u32..).zip(offsets) {
        let run = runs.iter().rfind(|(first, _)| *first <= number);
        let mut at = *offset;
        for size in sizes.by_ref().take(run.map_or(1, |(_, count)| *count as usize)) {
            positions.push((at, *size));
            at = at.saturating_add(*size as u64);
        }
    }
    positions
}

/// The sizes of the samples: the same for all, or from a table.
fn sample_sizes(stsz: &[u8]) -> Vec<usize> {
    // Limit in bytes on one sample; real names are shorter.
    const MAX_SAMPLE: usize = 4096;
    let size = |bytes: u32| usize::try_from(bytes).unwrap_or(MAX_SAMPLE).min(MAX_SAMPLE);
    match stsz.u32_at(4) {
        Some(0) | None => entries(stsz, 12, 4).filter_map(|entry| entry.u32_at(0)).map(size).collect(),
        Some(same) => {
            let count = usize::try_from(stsz.u32_at(8).unwrap_or_default()).unwrap_or(MAX_CHAPTERS);
            vec![size(same); count.min(MAX_CHAPTERS)]
        }
    }
}

fn entries(table: &[u8], head: usize, size: usize) -> std::slice::ChunksExact<'_, u8> {
    table.get(head..).unwrap_or_default().chunks_exact(size)
}

fn sample_text(sample: &[u8]) -> String {
    let length = usize::from(sample.u16_at(0).unwrap_or_default());
    let text = sample.get(2..).unwrap_or_default();
    let text = &text[..length.min(text.len())];
    // The format requires UTF-16 to begin with a byte order mark.
    match text {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode(rest).0.into_owned(),
        text => String::from_utf8_lossy(text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::two_in_a_chunk(&[5, 6, 7], &[(1, 2)], &[100, 200], &[(100, 5), (105, 6), (200, 7)])]
    #[case::one_each(&[5, 6], &[(1, 1)], &[100, 200], &[(100, 5), (200, 6)])]
    #[case::changing(&[5, 6, 7], &[(1, 1), (2, 2)], &[100, 200], &[(100, 5), (200, 6), (206, 7)])]
    #[case::more_chunks_than_samples(&[5], &[(1, 1)], &[100, 200], &[(100, 5)])]
    #[case::no_table(&[5], &[], &[100], &[(100, 5)])]
    fn sample_positions_follow_the_chunk_table(
        #[case] sizes: &[usize],
        #[case] runs: &[(u32, u32)],
        #[case] offsets: &[u64],
        #[case] expected: &[(u64, usize)],
    ) {
        let mut chunks = vec![0; 8];
        for (first, count) in runs {
            chunks.extend(first.to_be_bytes());
            chunks.extend(count.to_be_bytes());
            chunks.extend(1_u32.to_be_bytes());
        }
        assert_eq!(sample_positions(sizes, &chunks, offsets), expected);
    }

    #[rstest]
    #[case::plain(b"\0\x05Intro", "Intro")]
    #[case::followed_by_an_encoding_box(b"\0\x05Intro\0\0\0\x0cencd", "Intro")]
    #[case::utf16(b"\0\x06\xfe\xff\0O\0P", "OP")]
    #[case::cut(b"\0\x09Intro", "Intro")]
    #[case::empty(b"", "")]
    fn names_are_decoded_from_samples(#[case] sample: &[u8], #[case] name: &str) {
        assert_eq!(sample_text(sample), name);
    }

    #[test]
    fn a_truncated_list_yields_its_complete_chapters() {
        let mut bytes = vec![1, 0, 0, 0, 0, 0, 0, 0, 2];
        bytes.extend(0_u64.to_be_bytes());
        bytes.extend(b"\x03One");
        bytes.extend(50_000_000_u64.to_be_bytes());
        bytes.extend(b"\x03Two");
        let names = |bytes: &[u8]| -> Vec<(u64, String)> {
            of_list(bytes).into_iter().map(|mark| (mark.start_ms, mark.name)).collect()
        };
        assert_eq!(names(&bytes), [(0, "One".to_owned()), (5000, "Two".to_owned())]);
        assert_eq!(names(&bytes[..bytes.len() - 1]), [(0, "One".to_owned())]);
    }
}
