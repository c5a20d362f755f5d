//! Matroska and WebM (RFC 9559): Info and Tracks, found through the SeekHead when they lie behind the clusters.

use std::io::{Read, Seek};

use super::ebml::{Element, children, element};
use super::mkv_codec;
use super::reader::{ReadError, Reader};
use super::{AudioTrack, MediaInfo, SubtitleTrack};
use crate::language;

const EBML: u32 = 0x1A45_DFA3;
const DOC_TYPE: u32 = 0x4282;
const SEGMENT: u32 = 0x1853_8067;
const SEEK_HEAD: u32 = 0x114D_9B74;
const SEEK: u32 = 0x4DBB;
const SEEK_ID: u32 = 0x53AB;
const SEEK_POSITION: u32 = 0x53AC;
pub(crate) const INFO: u32 = 0x1549_A966;
pub(crate) const TRACKS: u32 = 0x1654_AE6B;
pub(crate) const CUES: u32 = 0x1C53_BB6B;
const CLUSTER: u32 = 0x1F43_B675;
const TIMESTAMP_SCALE: u32 = 0x002A_D7B1;
const DURATION: u32 = 0x4489;
const TRACK_ENTRY: u32 = 0xAE;

/// Files have a handful of tracks; thousands are damage.
const MOST_TRACKS: usize = 256;
/// Elements before the first cluster; more than this means the file is no Matroska any more.
const MOST_BEFORE_CLUSTERS: usize = 64;

/// The parts of a segment that tell about it.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) info: Option<Element>,
    pub(crate) tracks: Option<Element>,
    pub(crate) cues: Option<Element>,
    truncated: bool,
}

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
        info.duration_ms = ms.filter(|ms| *ms >= 1.0 && *ms < 1e12).map(|ms| ms as u64);
    }
    let entries = children(reader, tracks)?;
    for (index, entry) in
        entries.into_iter().filter(|found| found.id == TRACK_ENTRY).take(MOST_TRACKS).enumerate()
    {
        let track = Track::read(reader, entry)?;
        track.add_to(index as u32, &mut info);
    }
    Ok(info)
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

/// Finds Info, Tracks and Cues without reading clusters.
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
    for _ in 0..MOST_BEFORE_CLUSTERS {
        let Some(child) = element(reader, at, segment.end)? else { break };
        if child.id == CLUSTER {
            break;
        }
        if child.id == SEEK_HEAD {
            seeks.extend(seek_entries(reader, child)?);
        }
        layout.keep(child);
        at = child.end;
    }
    for (id, position) in seeks {
        // A head may point at another head, which lies behind the clusters.
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
            _ => return,
        };
        slot.get_or_insert(found);
    }
}

fn seek_entries<R: Read + Seek>(reader: &mut Reader<R>, head: Element) -> Result<Vec<(u32, u64)>, ReadError> {
    let mut found = Vec::new();
    for seek in
        children(reader, head)?.into_iter().filter(|child| child.id == SEEK).take(MOST_BEFORE_CLUSTERS)
    {
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

/// A TrackEntry's fields that matter.
#[derive(Debug, Default)]
pub(crate) struct Track {
    pub(crate) number: u64,
    /// 1 video, 2 audio, 17 subtitles.
    pub(crate) kind: u64,
    default: bool,
    forced: bool,
    hearing_impaired: bool,
    codec: String,
    private: Vec<u8>,
    language: Option<String>,
    bcp47: Option<String>,
    title: Option<String>,
    /// Nanoseconds.
    frame_duration: u64,
    video: mkv_codec::Picture,
    channels: u64,
    sample_rate: f64,
    mappings: mkv_codec::Mappings,
}

impl Track {
    pub(crate) fn read<R: Read + Seek>(reader: &mut Reader<R>, entry: Element) -> Result<Self, ReadError> {
        // Defaults by the specification.
        let mut track =
            Track { default: true, language: Some("en".to_owned()), channels: 1, ..Track::default() };
        for child in children(reader, entry)? {
            match child.id {
                0xD7 => track.number = child.unsigned(reader)?,
                0x83 => track.kind = child.unsigned(reader)?,
                0x88 => track.default = child.unsigned(reader)? != 0,
                0x55AA => track.forced = child.unsigned(reader)? != 0,
                0x55AB => track.hearing_impaired = child.unsigned(reader)? != 0,
                0x86 => track.codec = child.text(reader)?,
                0x63A2 => track.private = child.binary(reader)?,
                0x0022_B59C => track.language = language::normalise(&child.text(reader)?),
                0x0022_B59D => track.bcp47 = language::normalise(&child.text(reader)?),
                0x536E => track.title = Some(child.text(reader)?).filter(|title| !title.is_empty()),
                0x0023_E383 => track.frame_duration = child.unsigned(reader)?,
                0xE0 => track.video = mkv_codec::picture(reader, child)?,
                0xE1 => track.read_audio(reader, child)?,
                0x41E4 => track.mappings.read(reader, child)?,
                _ => {}
            }
        }
        Ok(track)
    }

    fn read_audio<R: Read + Seek>(
        &mut self,
        reader: &mut Reader<R>,
        audio: Element,
    ) -> Result<(), ReadError> {
        for child in children(reader, audio)? {
            match child.id {
                0x9F => self.channels = child.unsigned(reader)?,
                0xB5 => self.sample_rate = child.float(reader)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn add_to(self, index: u32, info: &mut MediaInfo) {
        let language = self.bcp47.clone().or_else(|| self.language.clone());
        match self.kind {
            1 if info.video.is_none() && self.codec != "V_MJPEG" => {
                let mut video = mkv_codec::video(&self.codec, &self.private, &self.video, &self.mappings);
                video.index = index;
                video.frame_rate = (self.frame_duration > 0).then(|| 1e9 / self.frame_duration as f64);
                info.video = Some(video);
            }
            2 => info.audio.push(AudioTrack {
                index,
                channels: u32::try_from(self.channels).unwrap_or_default(),
                sample_rate: (self.sample_rate >= 1.0).then_some(self.sample_rate as u32),
                language,
                title: self.title,
                default: self.default,
                ..mkv_codec::audio(&self.codec, &self.private)
            }),
            17 => info.subtitles.push(SubtitleTrack {
                index,
                codec: mkv_codec::subtitle(&self.codec).to_owned(),
                language,
                hearing_impaired: self.hearing_impaired || says_hearing_impaired(self.title.as_deref()),
                title: self.title,
                default: self.default,
                forced: self.forced,
            }),
            _ => {}
        }
    }
}

fn says_hearing_impaired(title: Option<&str>) -> bool {
    let title = title.unwrap_or_default().to_lowercase();
    title.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "sdh" | "cc" | "hi"))
}

/// The number of the first video track.
pub(crate) fn video_number<R: Read + Seek>(
    reader: &mut Reader<R>,
    tracks: Element,
) -> Result<Option<u64>, ReadError> {
    for entry in
        children(reader, tracks)?.into_iter().filter(|child| child.id == TRACK_ENTRY).take(MOST_TRACKS)
    {
        let track = Track::read(reader, entry)?;
        if track.kind == 1 {
            return Ok(Some(track.number));
        }
    }
    Ok(None)
}

/// The time of a cue point in ticks, if it is one of this track.
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
