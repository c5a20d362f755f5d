//! The duration, which may be stored in the movie header, `mehd`, `sidx` or the fragments.

use std::io::{Read, Seek};

use crate::mp4_boxes::{Mp4Box, child, descend};
use crate::reader::{Numbers as _, ReadError, Reader};

/// The duration in milliseconds according to the movie header.
pub(super) fn whole<R: Read + Seek>(reader: &mut Reader<R>, moov: Mp4Box) -> Result<Option<u64>, ReadError> {
    let Some(mvhd) = child(reader, moov, b"mvhd")? else { return Ok(None) };
    let bytes = mvhd.bytes(reader, 32)?;
    let (scale, duration) = if bytes.u8_at(0) == Some(1) {
        (bytes.u32_at(20), bytes.u64_at(24))
    } else {
        (bytes.u32_at(12), bytes.u32_at(16).map(u64::from))
    };
    let duration = known(duration.unwrap_or_default());
    Ok(Some(milliseconds(duration, scale.unwrap_or_default())).filter(|ms| *ms > 0))
}

/// The duration of a fragmented file in milliseconds, from `mehd`, `sidx`, or the last fragment.
pub(super) fn fragmented<R: Read + Seek>(
    reader: &mut Reader<R>,
    top: &[Mp4Box],
    moov: Mp4Box,
) -> Result<Option<u64>, ReadError> {
    let media_header = descend(reader, moov, &[b"trak", b"mdia", b"mdhd"])?;
    let scale = timescale(reader, media_header)?;
    let movie_header = child(reader, moov, b"mvhd")?;
    let movie_scale = timescale(reader, movie_header)?;
    if let Some(mehd) = descend(reader, moov, &[b"mvex", b"mehd"])? {
        let bytes = mehd.bytes(reader, 12)?;
        let duration =
            if bytes.u8_at(0) == Some(1) { bytes.u64_at(4) } else { bytes.u32_at(4).map(u64::from) };
        return Ok(duration.map(|duration| milliseconds(known(duration), movie_scale)).filter(|ms| *ms > 0));
    }
    let segments = indexed(reader, top)?;
    if segments > 0 {
        return Ok(Some(segments));
    }
    last_fragment(reader, top).map(|end| end.map(|end| milliseconds(end, scale)).filter(|ms| *ms > 0))
}

/// Ticks per second from an `mvhd` or `mdhd` box; 0 when it is missing.
fn timescale<R: Read + Seek>(reader: &mut Reader<R>, header: Option<Mp4Box>) -> Result<u32, ReadError> {
    let Some(header) = header else { return Ok(0) };
    let bytes = header.bytes(reader, 24)?;
    Ok(bytes.u32_at(if bytes.u8_at(0) == Some(1) { 20 } else { 12 }).unwrap_or_default())
}

/// The total duration in milliseconds of the segments in the first `sidx` box; 0 without one.
fn indexed<R: Read + Seek>(reader: &mut Reader<R>, top: &[Mp4Box]) -> Result<u64, ReadError> {
    let Some(sidx) = top.iter().find(|found| &found.kind == b"sidx") else { return Ok(0) };
    let bytes = sidx.bytes(reader, 1024 * 1024)?;
    let Some(scale) = bytes.u32_at(8) else { return Ok(0) };
    let first = if bytes.u8_at(0) == Some(0) { 20 } else { 28 };
    let count = usize::from(bytes.u16_at(first + 2).unwrap_or_default());
    let total = (0..count).filter_map(|index| bytes.u32_at(first + 4 + index * 12 + 4)).map(u64::from).sum();
    Ok(milliseconds(total, scale))
}

/// The end of the last fragment's first track, in that track's timescale.
fn last_fragment<R: Read + Seek>(reader: &mut Reader<R>, top: &[Mp4Box]) -> Result<Option<u64>, ReadError> {
    let Some(moof) = top.iter().rfind(|found| &found.kind == b"moof").copied() else { return Ok(None) };
    let Some(traf) = child(reader, moof, b"traf")? else { return Ok(None) };
    let start = match child(reader, traf, b"tfdt")? {
        Some(tfdt) => {
            let bytes = tfdt.bytes(reader, 12)?;
            if bytes.u8_at(0) == Some(1) { bytes.u64_at(4) } else { bytes.u32_at(4).map(u64::from) }
        }
        None => None,
    };
    let default = match child(reader, traf, b"tfhd")? {
        Some(tfhd) => default_sample_duration(tfhd.bytes(reader, 32)?),
        None => None,
    };
    let samples = match child(reader, traf, b"trun")? {
        Some(trun) => trun.bytes(reader, 8)?.u32_at(4).unwrap_or_default(),
        None => 0,
    };
    Ok(start.map(|start| start.saturating_add(u64::from(samples) * u64::from(default.unwrap_or_default()))))
}

fn default_sample_duration(tfhd: &[u8]) -> Option<u32> {
    let flags = tfhd.u32_at(0)? & 0x00ff_ffff;
    let mut at = 8;
    at += if flags & 0x01 != 0 { 8 } else { 0 };
    at += if flags & 0x02 != 0 { 4 } else { 0 };
    if flags & 0x08 != 0 { tfhd.u32_at(at) } else { None }
}

/// A duration with all bits set means "unknown", and becomes 0.
pub(super) fn known(duration: u64) -> u64 {
    if duration == u64::MAX || duration == u64::from(u32::MAX) { 0 } else { duration }
}

pub(super) fn milliseconds(duration: u64, timescale: u32) -> u64 {
    if timescale == 0 {
        return 0;
    }
    u64::try_from(u128::from(duration) * 1000 / u128::from(timescale)).unwrap_or(0)
}
