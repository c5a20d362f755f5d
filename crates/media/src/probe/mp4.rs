//! MP4 and QuickTime: `moov`, wherever it lies.

use std::io::{Read, Seek};

use super::mp4_box::{Mp4Box, child, children, descend};
use super::reader::{Numbers as _, ReadError, Reader};
use super::{AudioTrack, MediaInfo, SubtitleTrack, VideoTrack, mp4_codec};
use crate::language;

/// Files have a handful of tracks; thousands are damage.
const MOST_TRACKS: usize = 256;
/// Sample descriptions are short; fonts in subtitle tracks make the longest.
const DESCRIPTION: usize = 256 * 1024;

/// A track's headers.
#[derive(Debug, Default)]
struct Track {
    handler: [u8; 4],
    enabled: bool,
    rotated: bool,
    forced: bool,
    language: Option<String>,
    title: Option<String>,
    timescale: u32,
    duration: u64,
    samples: Option<u32>,
}

pub(super) fn probe<R: Read + Seek>(reader: &mut Reader<R>) -> Result<MediaInfo, ReadError> {
    let len = reader.len();
    let top = children(reader, 0, len)?;
    let truncated = top.iter().any(|found| found.clipped);
    let Some(moov) = top.iter().find(|found| &found.kind == b"moov").copied() else {
        return Err(if truncated {
            ReadError::Truncated
        } else {
            ReadError::Malformed("it has no moov box")
        });
    };
    let mut info = MediaInfo { container: container(reader, &top)?, truncated, ..MediaInfo::default() };
    let mut longest = 0;
    let tracks = children(reader, moov.body, moov.end)?;
    for (index, trak) in tracks.iter().filter(|found| &found.kind == b"trak").take(MOST_TRACKS).enumerate() {
        longest = longest.max(add_track(reader, *trak, index as u32, &mut info)?);
    }
    info.duration_ms = movie_duration(reader, moov)?.or_else(|| (longest > 0).then_some(longest));
    if info.duration_ms.is_none() {
        info.duration_ms = fragmented_duration(reader, &top, moov)?;
    }
    Ok(info)
}

fn container<R: Read + Seek>(reader: &mut Reader<R>, top: &[Mp4Box]) -> Result<String, ReadError> {
    let quicktime = match top.iter().find(|found| &found.kind == b"ftyp") {
        Some(brand) => brand.bytes(reader, 4)? == b"qt  ",
        // Files from before there were brands.
        None => true,
    };
    Ok(if quicktime { "mov" } else { "mp4" }.to_owned())
}

/// Adds what the track holds. Returns its length in milliseconds.
fn add_track<R: Read + Seek>(
    reader: &mut Reader<R>,
    trak: Mp4Box,
    index: u32,
    info: &mut MediaInfo,
) -> Result<u64, ReadError> {
    let Some(mdia) = child(reader, trak, b"mdia")? else { return Ok(0) };
    let mut track = header(reader, trak)?;
    media_header(reader, mdia, &mut track)?;
    let Some(stbl) = descend(reader, mdia, &[b"minf", b"stbl"])? else { return Ok(0) };
    let Some(stsd) = child(reader, stbl, b"stsd")? else { return Ok(0) };
    track.samples = match child(reader, stbl, b"stsz")? {
        Some(sizes) => sizes.bytes(reader, 12)?.u32_at(8),
        None => None,
    };
    let description = stsd.bytes(reader, DESCRIPTION)?;
    let Some(entry) = mp4_codec::first_entry(description) else { return Ok(0) };
    match &track.handler {
        b"vide" if info.video.is_none() && !mp4_codec::is_picture(entry.kind) => {
            info.video = Some(video(&track, index, &entry));
        }
        b"soun" => info.audio.push(audio(&track, index, &entry)),
        b"sbtl" | b"subt" | b"text" | b"subp" | b"clcp" if entry.kind != *b"tmcd" => {
            info.subtitles.push(subtitle(&track, index, &entry));
        }
        _ => return Ok(0),
    }
    Ok(milliseconds(track.duration, track.timescale))
}

fn video(track: &Track, index: u32, entry: &mp4_codec::Entry<'_>) -> VideoTrack {
    let mut video = mp4_codec::video(entry);
    video.index = index;
    if track.rotated {
        std::mem::swap(&mut video.width, &mut video.height);
    }
    let seconds = track.duration as f64 / f64::from(track.timescale.max(1));
    video.frame_rate = track.samples.filter(|_| seconds > 0.0).map(|samples| f64::from(samples) / seconds);
    video
}

fn audio(track: &Track, index: u32, entry: &mp4_codec::Entry<'_>) -> AudioTrack {
    AudioTrack {
        index,
        language: track.language.clone(),
        title: track.title.clone(),
        default: track.enabled,
        ..mp4_codec::audio(entry)
    }
}

fn subtitle(track: &Track, index: u32, entry: &mp4_codec::Entry<'_>) -> SubtitleTrack {
    SubtitleTrack {
        index,
        codec: mp4_codec::subtitle(entry.kind),
        language: track.language.clone(),
        title: track.title.clone(),
        default: track.enabled,
        forced: track.forced || mp4_codec::is_forced(entry),
        hearing_impaired: &track.handler == b"clcp",
    }
}

/// `tkhd` and the name under `udta`.
fn header<R: Read + Seek>(reader: &mut Reader<R>, trak: Mp4Box) -> Result<Track, ReadError> {
    let mut track = Track::default();
    if let Some(tkhd) = child(reader, trak, b"tkhd")? {
        let bytes = tkhd.bytes(reader, 104)?;
        track.enabled = bytes.u8_at(3).is_some_and(|flags| flags & 1 != 0);
        let matrix = if bytes.u8_at(0) == Some(1) { 52 } else { 40 };
        // Turned by a quarter: the diagonal of the matrix is empty.
        track.rotated = bytes.u32_at(matrix) == Some(0) && bytes.u32_at(matrix + 16) == Some(0);
    }
    if let Some(name) = descend(reader, trak, &[b"udta", b"name"])? {
        track.title = text(name.bytes(reader, 256)?);
    }
    Ok(track)
}

/// `mdhd`, `hdlr` and `elng`.
fn media_header<R: Read + Seek>(
    reader: &mut Reader<R>,
    mdia: Mp4Box,
    track: &mut Track,
) -> Result<(), ReadError> {
    if let Some(mdhd) = child(reader, mdia, b"mdhd")? {
        let bytes = mdhd.bytes(reader, 36)?;
        let (scale, duration, language) = if bytes.u8_at(0) == Some(1) {
            (bytes.u32_at(20), bytes.u64_at(24), bytes.u16_at(32))
        } else {
            (bytes.u32_at(12), bytes.u32_at(16).map(u64::from), bytes.u16_at(20))
        };
        track.timescale = scale.unwrap_or_default();
        track.duration = known_duration(duration.unwrap_or_default());
        track.language = language.and_then(packed_language);
    }
    if let Some(elng) = child(reader, mdia, b"elng")?
        && let Some(tag) = elng.bytes(reader, 64)?.get(4..).and_then(text)
    {
        track.language = language::normalise(&tag).or(track.language.take());
    }
    if let Some(hdlr) = child(reader, mdia, b"hdlr")? {
        let bytes = hdlr.bytes(reader, 256)?;
        track.handler = bytes.get(8..12).and_then(|kind| kind.try_into().ok()).unwrap_or_default();
        if track.title.is_none() {
            track.title = bytes.get(24..).and_then(text).filter(|name| !is_handler_name(name));
        }
    }
    Ok(())
}

/// Muxers write the name of their handler where the name of the track could stand.
fn is_handler_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["handler", "alis", "media", "gpac", "mainconcept", "iso", "core", "@"]
        .iter()
        .any(|word| lower.contains(word))
        || matches!(
            lower.as_str(),
            "video" | "sound" | "audio" | "stereo" | "subtitle" | "subtitles" | "surround" | "mono"
        )
}

fn movie_duration<R: Read + Seek>(reader: &mut Reader<R>, moov: Mp4Box) -> Result<Option<u64>, ReadError> {
    let Some(mvhd) = child(reader, moov, b"mvhd")? else { return Ok(None) };
    let bytes = mvhd.bytes(reader, 32)?;
    let (scale, duration) = if bytes.u8_at(0) == Some(1) {
        (bytes.u32_at(20), bytes.u64_at(24))
    } else {
        (bytes.u32_at(12), bytes.u32_at(16).map(u64::from))
    };
    let duration = known_duration(duration.unwrap_or_default());
    Ok(Some(milliseconds(duration, scale.unwrap_or_default())).filter(|ms| *ms > 0))
}

/// Fragmented files say their length in `mehd`, in `sidx`, or only in the last fragment.
fn fragmented_duration<R: Read + Seek>(
    reader: &mut Reader<R>,
    top: &[Mp4Box],
    moov: Mp4Box,
) -> Result<Option<u64>, ReadError> {
    let scale = match descend(reader, moov, &[b"trak", b"mdia", b"mdhd"])? {
        Some(mdhd) => {
            let bytes = mdhd.bytes(reader, 24)?;
            bytes.u32_at(if bytes.u8_at(0) == Some(1) { 20 } else { 12 }).unwrap_or_default()
        }
        None => 0,
    };
    let movie_scale = match child(reader, moov, b"mvhd")? {
        Some(mvhd) => {
            let bytes = mvhd.bytes(reader, 24)?;
            bytes.u32_at(if bytes.u8_at(0) == Some(1) { 20 } else { 12 }).unwrap_or_default()
        }
        None => 0,
    };
    if let Some(mehd) = descend(reader, moov, &[b"mvex", b"mehd"])? {
        let bytes = mehd.bytes(reader, 12)?;
        let duration =
            if bytes.u8_at(0) == Some(1) { bytes.u64_at(4) } else { bytes.u32_at(4).map(u64::from) };
        return Ok(duration
            .map(|duration| milliseconds(known_duration(duration), movie_scale))
            .filter(|ms| *ms > 0));
    }
    let indexed = indexed_duration(reader, top)?;
    if indexed > 0 {
        return Ok(Some(indexed));
    }
    last_fragment(reader, top).map(|end| end.map(|end| milliseconds(end, scale)).filter(|ms| *ms > 0))
}

/// The sum of the segments in the `sidx` boxes of the first track.
fn indexed_duration<R: Read + Seek>(reader: &mut Reader<R>, top: &[Mp4Box]) -> Result<u64, ReadError> {
    let Some(sidx) = top.iter().find(|found| &found.kind == b"sidx") else { return Ok(0) };
    let bytes = sidx.bytes(reader, 1024 * 1024)?;
    let Some(scale) = bytes.u32_at(8) else { return Ok(0) };
    let first = if bytes.u8_at(0) == Some(0) { 20 } else { 28 };
    let count = usize::from(bytes.u16_at(first + 2).unwrap_or_default());
    let total = (0..count).filter_map(|index| bytes.u32_at(first + 4 + index * 12 + 4)).map(u64::from).sum();
    Ok(milliseconds(total, scale))
}

/// Where the last fragment's first track ends, in that track's time scale.
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

/// All bits set means "not known".
fn known_duration(duration: u64) -> u64 {
    if duration == u64::MAX || duration == u64::from(u32::MAX) { 0 } else { duration }
}

pub(crate) fn milliseconds(duration: u64, timescale: u32) -> u64 {
    if timescale == 0 {
        return 0;
    }
    u64::try_from(u128::from(duration) * 1000 / u128::from(timescale)).unwrap_or(0)
}

/// Three letters in fifteen bits.
fn packed_language(packed: u16) -> Option<String> {
    let letters: String = [10, 5, 0]
        .iter()
        .map(|shift| char::from((((packed >> shift) & 0x1f) as u8).saturating_add(0x60)))
        .collect();
    language::normalise(&letters)
}

/// Text up to the first zero. Old QuickTime names begin with their length.
fn text(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    let bytes = match bytes.first() {
        Some(length) if *length < 32 && usize::from(*length) + 1 == bytes.len() => &bytes[1..],
        _ => bytes,
    };
    let text = String::from_utf8_lossy(bytes).trim().to_owned();
    (!text.is_empty()).then_some(text)
}
