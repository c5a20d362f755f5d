//! Matroska and WebM (RFC 9559): Info, Tracks and Chapters, found through the SeekHead when they come after
//! the clusters.

mod chapters;
mod codec;
pub(crate) mod ebml;
mod frame;
pub(crate) mod layout;
mod span;
pub(crate) mod track;

use std::io::{Read, Seek};

use super::info::MediaInfo;
use super::mark::Mark;
use crate::reader::{ReadError, Reader};
use ebml::{children, element};
use layout::{layout, timing};
use track::Track;

const EBML: u32 = 0x1A45_DFA3;
const DOC_TYPE: u32 = 0x4282;

pub(super) fn probe<R: Read + Seek>(reader: &mut Reader<R>) -> Result<MediaInfo, ReadError> {
    let container = doc_type(reader)?;
    let layout = layout(reader)?;
    let Some(tracks) = layout.tracks else {
        return Err(if layout.truncated {
            ReadError::Truncated
        } else {
            ReadError::Malformed("it has no tracks")
        });
    };
    let mut info = MediaInfo { container, truncated: layout.truncated, ..MediaInfo::default() };
    if let Some(segment_info) = layout.info {
        let (scale, duration) = timing(reader, segment_info)?;
        let ms = duration.map(|duration| duration * scale as f64 / 1_000_000.0);
        let end = ms.filter(|ms| *ms >= 1.0 && *ms < 1e12).map(|ms| ms as u64);
        // A damaged frame makes the start time unknown, not the whole file unreadable.
        let start = layout.cluster.and_then(|cluster| span::start(reader, cluster).ok().flatten());
        info.start_ms = start.map_or(0, |ticks| MediaInfo::begins_at(span::milliseconds(ticks, scale)));
        let end = match (end, layout.cluster) {
            (None, Some(first)) if !layout.truncated => {
                let last = span::end(reader, first.start).ok().flatten();
                last.map(|ticks| span::milliseconds(ticks, scale))
            }
            (end, _) => end,
        };
        // Muxers write the end time of the last frame as the duration, even if the first frame starts late.
        info.duration_ms =
            end.map(|end| if end > info.start_ms { end - info.start_ms } else { end }).filter(|ms| *ms > 0);
    }
    for (index, entry) in track::entries(reader, tracks)?.enumerate() {
        let mut track = Track::read(reader, entry)?;
        if let Some(cluster) = layout.cluster.filter(|_| track.needs_frame_for_depth()) {
            // A damaged frame makes the bit depth unknown, not the whole file unreadable.
            track.first_frame = frame::first(reader, cluster, track.number).ok().flatten();
        }
        track.add_to(index as u32, &mut info);
    }
    Ok(info)
}

/// The chapters of a file.
pub(super) fn marks<R: Read + Seek>(reader: &mut Reader<R>) -> Result<Vec<Mark>, ReadError> {
    match layout(reader)?.chapters {
        Some(element) => chapters::marks(reader, element),
        None => Ok(Vec::new()),
    }
}

fn doc_type<R: Read + Seek>(reader: &mut Reader<R>) -> Result<String, ReadError> {
    let len = reader.len();
    let head = element(reader, 0, len)?.filter(|head| head.id == EBML);
    let head = head.ok_or(ReadError::Malformed("it has no EBML header"))?;
    for child in children(reader, head)? {
        if child.id == DOC_TYPE {
            return child.text(reader);
        }
    }
    Ok("matroska".to_owned())
}
