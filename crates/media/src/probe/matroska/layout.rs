//! The layout of a segment, its timing and its cues.

use std::io::{Read, Seek};

use super::ebml::{Element, children, element};
use crate::reader::{ReadError, Reader};

const SEGMENT: u32 = 0x1853_8067;
const SEEK_HEAD: u32 = 0x114D_9B74;
const SEEK: u32 = 0x4DBB;
const SEEK_ID: u32 = 0x53AB;
const SEEK_POSITION: u32 = 0x53AC;
const INFO: u32 = 0x1549_A966;
const TRACKS: u32 = 0x1654_AE6B;
const CUES: u32 = 0x1C53_BB6B;
const CHAPTERS: u32 = 0x1043_A770;
pub(super) const CLUSTER: u32 = 0x1F43_B675;
const TIMESTAMP_SCALE: u32 = 0x002A_D7B1;
const DURATION: u32 = 0x4489;

/// Limit on elements before the first cluster, and on entries of a SeekHead; a file with more is damaged.
const MAX_ELEMENTS: usize = 64;

/// The parts of a segment that describe it.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) info: Option<Element>,
    pub(crate) tracks: Option<Element>,
    pub(crate) cues: Option<Element>,
    pub(super) chapters: Option<Element>,
    /// The first cluster, with which the frames begin.
    pub(super) cluster: Option<Element>,
    pub(super) truncated: bool,
}

/// Finds Info, Tracks, Cues and Chapters without reading clusters.
pub(crate) fn layout<R: Read + Seek>(reader: &mut Reader<R>) -> Result<Layout, ReadError> {
    let len = reader.len();
    let head = element(reader, 0, len)?.ok_or(ReadError::Malformed("it has no EBML header"))?;
    let segment = element(reader, head.end, len)?.filter(|segment| segment.id == SEGMENT);
    let segment = segment.ok_or(if head.end >= len {
        ReadError::Truncated
    } else {
        ReadError::Malformed("it has no segment")
    })?;
    let mut layout = Layout { truncated: segment.clipped, ..Layout::default() };
    let mut seeks = Vec::new();
    let mut at = segment.body;
    for _ in 0..MAX_ELEMENTS {
        let Some(child) = element(reader, at, segment.end)? else { break };
        if child.id == CLUSTER {
            layout.cluster = Some(child);
            break;
        }
        if child.id == SEEK_HEAD {
            seeks.extend(seek_entries(reader, child)?);
        }
        layout.keep(child);
        at = child.end;
    }
    for (id, position) in seeks {
        // Positions may be wrong, so the id has to match. Entries for another SeekHead are not followed.
        if let Ok(Some(child)) = element(reader, segment.body.saturating_add(position), segment.end)
            && child.id == id
        {
            layout.keep(child);
        }
    }
    Ok(layout)
}

impl Layout {
    fn keep(&mut self, found: Element) {
        let slot = match found.id {
            INFO => &mut self.info,
            TRACKS => &mut self.tracks,
            CUES => &mut self.cues,
            CHAPTERS => &mut self.chapters,
            _ => return,
        };
        slot.get_or_insert(found);
    }
}

fn seek_entries<R: Read + Seek>(reader: &mut Reader<R>, head: Element) -> Result<Vec<(u32, u64)>, ReadError> {
    let mut found = Vec::new();
    for seek in children(reader, head)?.into_iter().filter(|child| child.id == SEEK).take(MAX_ELEMENTS) {
        let (mut id, mut position) = (None, None);
        for child in children(reader, seek)? {
            match child.id {
                SEEK_ID => id = u32::try_from(child.unsigned(reader)?).ok(),
                SEEK_POSITION => position = Some(child.unsigned(reader)?),
                _ => {}
            }
        }
        found.extend(id.zip(position));
    }
    Ok(found)
}

/// Nanoseconds per tick, and the duration in ticks.
pub(crate) fn timing<R: Read + Seek>(
    reader: &mut Reader<R>,
    info: Element,
) -> Result<(u64, Option<f64>), ReadError> {
    let (mut scale, mut duration) = (1_000_000, None);
    for child in children(reader, info)? {
        match child.id {
            TIMESTAMP_SCALE => scale = child.unsigned(reader)?.max(1),
            DURATION => duration = Some(child.float(reader)?),
            _ => {}
        }
    }
    Ok((scale, duration))
}

/// The time of a cue point in ticks, if it belongs to the track with this number.
pub(crate) fn cue_time<R: Read + Seek>(
    reader: &mut Reader<R>,
    point: Element,
    number: u64,
) -> Result<Option<u64>, ReadError> {
    const CUE_TIME: u32 = 0xB3;
    const CUE_TRACK_POSITIONS: u32 = 0xB7;
    const CUE_TRACK: u32 = 0xF7;
    let (mut time, mut ours) = (None, false);
    for child in children(reader, point)? {
        match child.id {
            CUE_TIME => time = Some(child.unsigned(reader)?),
            CUE_TRACK_POSITIONS => {
                for position in children(reader, child)?.into_iter().filter(|child| child.id == CUE_TRACK) {
                    ours |= position.unsigned(reader)? == number;
                }
            }
            _ => {}
        }
    }
    Ok(time.filter(|_| ours))
}
