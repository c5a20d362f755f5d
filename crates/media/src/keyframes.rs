//! Positions where video can be cut without re-encoding.
//!
//! MP4 lists its keyframes in `stss`, Matroska in its Cues. A file without such a list cannot be cut without
//! re-encoding.

use std::io::{Read, Seek};
use std::path::Path;

use crate::mp4_boxes::{Mp4Box, child, children, descend};
use crate::probe::format::{Format, format};
use crate::probe::matroska::ebml;
use crate::probe::matroska::layout::{cue_time, layout, timing};
use crate::probe::matroska::track::video_number;
use crate::reader::{Numbers as _, ReadError, Reader};

/// Limit in bytes on a table, enough for days of video.
const MAX_TABLE: usize = 16 * 1024 * 1024;

/// Presentation times of the keyframes in milliseconds, ascending and without repeats. `None` when the file
/// has no list of them.
///
/// # Errors
/// When the file cannot be read, or its headers are damaged.
pub fn keyframes(path: &Path) -> Result<Option<Vec<u64>>, ReadError> {
    read(crate::file::open(path)?)
}

/// Like [`keyframes`], for any readable and seekable source.
///
/// # Errors
/// As [`keyframes`].
pub fn read<R: Read + Seek>(source: R) -> Result<Option<Vec<u64>>, ReadError> {
    let mut reader = Reader::new(source)?;
    let times = match format(&mut reader)? {
        Some(Format::Mp4) => mp4(&mut reader)?,
        Some(Format::Matroska) => matroska_cues(&mut reader)?,
        None => None,
    };
    Ok(times.map(sorted).filter(|times| !times.is_empty()))
}

fn sorted(mut times: Vec<u64>) -> Vec<u64> {
    times.sort_unstable();
    times.dedup();
    times
}

fn mp4<R: Read + Seek>(reader: &mut Reader<R>) -> Result<Option<Vec<u64>>, ReadError> {
    let len = reader.len();
    let Some(moov) = children(reader, 0, len)?.into_iter().find(|found| &found.kind == b"moov") else {
        return Ok(None);
    };
    for trak in children(reader, moov.body, moov.end)?.into_iter().filter(|found| &found.kind == b"trak") {
        let Some(mdia) = child(reader, trak, b"mdia")? else { continue };
        let Some(hdlr) = child(reader, mdia, b"hdlr")? else { continue };
        if hdlr.bytes(reader, 12)?.get(8..12) == Some(b"vide") {
            return mp4_track(reader, trak, mdia);
        }
    }
    Ok(None)
}

fn mp4_track<R: Read + Seek>(
    reader: &mut Reader<R>,
    trak: Mp4Box,
    mdia: Mp4Box,
) -> Result<Option<Vec<u64>>, ReadError> {
    let Some(stbl) = descend(reader, mdia, &[b"minf", b"stbl"])? else { return Ok(None) };
    let Some(stss) = table(reader, stbl, b"stss")? else { return Ok(None) };
    let Some(stts) = table(reader, stbl, b"stts")? else { return Ok(None) };
    let ctts = table(reader, stbl, b"ctts")?.unwrap_or_default();
    let timescale = match child(reader, mdia, b"mdhd")? {
        Some(mdhd) => {
            let bytes = mdhd.bytes(reader, 24)?;
            bytes.u32_at(if bytes.u8_at(0) == Some(1) { 20 } else { 12 }).unwrap_or_default()
        }
        None => 0,
    };
    if timescale == 0 {
        return Ok(None);
    }
    let media_start = edit_start(reader, trak)?;
    let mut decode = Runs::new(&stts);
    let mut offset = Runs::new(&ctts);
    let numbers = stss.get(8..).unwrap_or_default().chunks_exact(4).filter_map(|number| number.u32_at(0));
    let times = numbers.map(|sample| {
        let sample = u64::from(sample.saturating_sub(1));
        let start = decode.sum_before(sample) as i64;
        // Offsets of version 1 are signed; version 0 has none that large.
        let shift = i64::from(offset.value_at(sample) as i32);
        let ticks = (start + shift - media_start).max(0) as u64;
        ticks.saturating_mul(1000) / u64::from(timescale)
    });
    Ok(Some(times.collect()))
}

fn table<R: Read + Seek>(
    reader: &mut Reader<R>,
    stbl: Mp4Box,
    kind: &[u8; 4],
) -> Result<Option<Vec<u8>>, ReadError> {
    match child(reader, stbl, kind)? {
        Some(found) => Ok(Some(found.bytes(reader, MAX_TABLE)?.to_vec())),
        None => Ok(None),
    }
}

/// The time in the track's own timeline at which the presentation begins: the start of the first edit that is
/// not empty.
fn edit_start<R: Read + Seek>(reader: &mut Reader<R>, trak: Mp4Box) -> Result<i64, ReadError> {
    let Some(elst) = descend(reader, trak, &[b"edts", b"elst"])? else { return Ok(0) };
    let bytes = elst.bytes(reader, 4096)?;
    let wide = bytes.u8_at(0) == Some(1);
    let count = bytes.u32_at(4).unwrap_or_default().min(64) as usize;
    for entry in 0..count {
        let start = if wide {
            bytes.u64_at(8 + entry * 20 + 8).map(|start| start as i64)
        } else {
            bytes.u32_at(8 + entry * 12 + 4).map(|start| i64::from(start as i32))
        };
        if let Some(start) = start.filter(|start| *start >= 0) {
            return Ok(start);
        }
    }
    Ok(0)
}

/// A table of (count, value) runs that is read in ascending order of samples only.
struct Runs<'a> {
    rest: std::slice::ChunksExact<'a, u8>,
    first: u64,
    count: u64,
    value: u32,
    sum: u64,
}

impl<'a> Runs<'a> {
    fn new(table: &'a [u8]) -> Self {
        Self {
            rest: table.get(8..).unwrap_or_default().chunks_exact(8),
            first: 0,
            count: 0,
            value: 0,
            sum: 0,
        }
    }

    fn advance_to(&mut self, sample: u64) {
        while sample >= self.first.saturating_add(self.count) {
            let Some(run) = self.rest.next() else { return };
            self.sum = self.sum.saturating_add(self.count.saturating_mul(u64::from(self.value)));
            self.first = self.first.saturating_add(self.count);
            self.count = u64::from(run.u32_at(0).unwrap_or_default());
            self.value = run.u32_at(4).unwrap_or_default();
        }
    }

    fn value_at(&mut self, sample: u64) -> u32 {
        self.advance_to(sample);
        self.value
    }

    fn sum_before(&mut self, sample: u64) -> u64 {
        self.advance_to(sample);
        let ticks = sample.saturating_sub(self.first).saturating_mul(u64::from(self.value));
        self.sum.saturating_add(ticks)
    }
}

fn matroska_cues<R: Read + Seek>(reader: &mut Reader<R>) -> Result<Option<Vec<u64>>, ReadError> {
    const CUE_POINT: u32 = 0xBB;
    let layout = layout(reader)?;
    let (Some(info), Some(tracks), Some(cues)) = (layout.info, layout.tracks, layout.cues) else {
        return Ok(None);
    };
    let (scale, _) = timing(reader, info)?;
    let Some(video) = video_number(reader, tracks)? else { return Ok(None) };
    let mut times = Vec::new();
    for point in ebml::children(reader, cues)?.into_iter().filter(|child| child.id == CUE_POINT) {
        if let Some(ticks) = cue_time(reader, point, video)? {
            times.push(u64::try_from(u128::from(ticks) * u128::from(scale) / 1_000_000).unwrap_or(u64::MAX));
        }
    }
    Ok(Some(times))
}
