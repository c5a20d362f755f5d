//! MP4 and QuickTime: the `moov` box, at the start or the end of the file.

mod chapters;
mod codec;
mod duration;
mod track;

use std::io::{Read, Seek};

use super::info::{AudioTrack, MediaInfo, SubtitleTrack, VideoTrack};
use super::mark::Mark;
use crate::mp4_boxes::{Mp4Box, child, children, descend};
use crate::reader::{Numbers as _, ReadError, Reader};
use duration::{fragmented, milliseconds, whole};
use track::{Track, chapter_tracks};

/// Limit on tracks. Real files have a handful; a file with thousands is damaged.
const MAX_TRACKS: usize = 256;
/// Limit in bytes on a sample description. The longest are those of subtitle tracks with fonts.
const MAX_DESCRIPTION: usize = 256 * 1024;

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
    let mut traks = children(reader, moov.body, moov.end)?;
    traks.retain(|found| &found.kind == b"trak");
    traks.truncate(MAX_TRACKS);
    let chapters = chapter_tracks(reader, &traks)?;
    for (trak, index) in traks.iter().zip(0..) {
        longest = longest.max(add_track(reader, *trak, index, &chapters, &mut info)?);
    }
    info.duration_ms = whole(reader, moov)?.or_else(|| (longest > 0).then_some(longest));
    if info.duration_ms.is_none() {
        info.duration_ms = fragmented(reader, &top, moov)?;
    }
    Ok(info)
}

/// The chapters of a file; none without a `moov` box.
pub(super) fn marks<R: Read + Seek>(reader: &mut Reader<R>) -> Result<Vec<Mark>, ReadError> {
    let len = reader.len();
    let top = children(reader, 0, len)?;
    let Some(moov) = top.into_iter().find(|found| &found.kind == b"moov") else { return Ok(Vec::new()) };
    let mut traks = children(reader, moov.body, moov.end)?;
    traks.retain(|found| &found.kind == b"trak");
    traks.truncate(MAX_TRACKS);
    let ids = chapter_tracks(reader, &traks)?;
    chapters::marks(reader, moov, &traks, &ids)
}

fn container<R: Read + Seek>(reader: &mut Reader<R>, top: &[Mp4Box]) -> Result<String, ReadError> {
    let quicktime = match top.iter().find(|found| &found.kind == b"ftyp") {
        Some(brand) => brand.bytes(reader, 4)? == b"qt  ",
        // Old QuickTime files have no brand.
        None => true,
    };
    Ok(if quicktime { "mov" } else { "mp4" }.to_owned())
}

/// Adds a track to `info`. Returns its duration in milliseconds, 0 if it was not added.
fn add_track<R: Read + Seek>(
    reader: &mut Reader<R>,
    trak: Mp4Box,
    index: u32,
    chapters: &[u32],
    info: &mut MediaInfo,
) -> Result<u64, ReadError> {
    let Some(mdia) = child(reader, trak, b"mdia")? else { return Ok(0) };
    let mut track = Track::read(reader, trak, mdia)?;
    if chapters.contains(&track.id) {
        return Ok(0);
    }
    let Some(stbl) = descend(reader, mdia, &[b"minf", b"stbl"])? else { return Ok(0) };
    let Some(stsd) = child(reader, stbl, b"stsd")? else { return Ok(0) };
    track.samples = match child(reader, stbl, b"stsz")? {
        Some(sizes) => sizes.bytes(reader, 12)?.u32_at(8),
        None => None,
    };
    let description = stsd.bytes(reader, MAX_DESCRIPTION)?;
    let Some(entry) = codec::first_entry(description) else { return Ok(0) };
    match &track.handler {
        b"vide" if info.video.is_none() && !codec::is_picture(entry.kind) => {
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

fn video(track: &Track, index: u32, entry: &codec::SampleEntry<'_>) -> VideoTrack {
    let mut video = codec::video(entry);
    video.index = index;
    if track.rotated {
        std::mem::swap(&mut video.width, &mut video.height);
    }
    let seconds = track.duration as f64 / f64::from(track.timescale.max(1));
    video.frame_rate = track.samples.filter(|_| seconds > 0.0).map(|samples| f64::from(samples) / seconds);
    video
}

fn audio(track: &Track, index: u32, entry: &codec::SampleEntry<'_>) -> AudioTrack {
    AudioTrack {
        index,
        language: track.language.clone(),
        title: track.title.clone(),
        default: track.enabled,
        ..codec::audio(entry)
    }
}

fn subtitle(track: &Track, index: u32, entry: &codec::SampleEntry<'_>) -> SubtitleTrack {
    SubtitleTrack {
        index,
        codec: codec::subtitle(entry.kind),
        language: track.language.clone(),
        title: track.title.clone(),
        default: track.enabled,
        forced: track.forced || codec::is_forced(entry),
        hearing_impaired: &track.handler == b"clcp",
    }
}
