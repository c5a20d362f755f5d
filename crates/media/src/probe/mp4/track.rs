//! Track headers.

use std::io::{Read, Seek};

use super::duration::known;
use crate::language;
use crate::mp4_boxes::{Mp4Box, child, descend};
use crate::reader::{Numbers as _, ReadError, Reader};

/// A track's headers.
#[derive(Debug, Default)]
pub(super) struct Track {
    pub(super) id: u32,
    pub(super) handler: [u8; 4],
    pub(super) enabled: bool,
    pub(super) rotated: bool,
    pub(super) forced: bool,
    pub(super) language: Option<String>,
    pub(super) title: Option<String>,
    pub(super) timescale: u32,
    pub(super) duration: u64,
    pub(super) samples: Option<u32>,
}

impl Track {
    /// Reads the headers in `trak` and its `mdia`.
    pub(super) fn read<R: Read + Seek>(
        reader: &mut Reader<R>,
        trak: Mp4Box,
        mdia: Mp4Box,
    ) -> Result<Self, ReadError> {
        let mut track = header(reader, trak)?;
        media_header(reader, mdia, &mut track)?;
        Ok(track)
    }
}

/// `tkhd` and the name under `udta`.
fn header<R: Read + Seek>(reader: &mut Reader<R>, trak: Mp4Box) -> Result<Track, ReadError> {
    let mut track = Track::default();
    if let Some(tkhd) = child(reader, trak, b"tkhd")? {
        let bytes = tkhd.bytes(reader, 104)?;
        track.enabled = bytes.u8_at(3).is_some_and(|flags| flags & 1 != 0);
        track.id = bytes.u32_at(if bytes.u8_at(0) == Some(1) { 20 } else { 12 }).unwrap_or_default();
        let matrix = if bytes.u8_at(0) == Some(1) { 52 } else { 40 };
        // In a rotation by 90°, the diagonal of the matrix is zero.
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
        track.duration = known(duration.unwrap_or_default());
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

/// Many muxers store the name of their handler where a track's title belongs.
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

/// Decodes a language of three letters with five bits each.
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

/// The ids of tracks that contain the chapters of other tracks, as text or images.
pub(super) fn chapter_tracks<R: Read + Seek>(
    reader: &mut Reader<R>,
    traks: &[Mp4Box],
) -> Result<Vec<u32>, ReadError> {
    const MAX_REFERENCES: usize = 64;
    let mut ids = Vec::new();
    for trak in traks {
        if let Some(chap) = descend(reader, *trak, &[b"tref", b"chap"])? {
            ids.extend(chap.bytes(reader, MAX_REFERENCES * 4)?.chunks_exact(4).filter_map(|id| id.u32_at(0)));
        }
    }
    Ok(ids)
}
