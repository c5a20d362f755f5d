//! The tracks of a segment.

use std::io::{Read, Seek};

use super::codec;
use super::ebml::{Element, children};
use crate::language;
use crate::probe::codec::vp9_frame;
use crate::probe::info::{AudioTrack, MediaInfo, SubtitleTrack};
use crate::reader::{ReadError, Reader};

const TRACK_ENTRY: u32 = 0xAE;

/// Limit on tracks. Real files have a handful; a file with thousands is damaged.
const MAX_TRACKS: usize = 256;

/// The entries of a Tracks element.
pub(super) fn entries<R: Read + Seek>(
    reader: &mut Reader<R>,
    tracks: Element,
) -> Result<impl Iterator<Item = Element> + use<R>, ReadError> {
    let entries = children(reader, tracks)?.into_iter().filter(|child| child.id == TRACK_ENTRY);
    Ok(entries.take(MAX_TRACKS))
}

/// The number of the first video track.
pub(crate) fn video_number<R: Read + Seek>(
    reader: &mut Reader<R>,
    tracks: Element,
) -> Result<Option<u64>, ReadError> {
    for entry in entries(reader, tracks)? {
        let track = Track::read(reader, entry)?;
        if track.kind == 1 {
            return Ok(Some(track.number));
        }
    }
    Ok(None)
}

/// The fields of a TrackEntry that are used.
#[derive(Debug, Default)]
pub(super) struct Track {
    pub(super) number: u64,
    /// 1 video, 2 audio, 17 subtitles.
    kind: u64,
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
    video: codec::Picture,
    channels: u64,
    sample_rate: f64,
    mappings: codec::Mappings,
    /// The beginning of the first frame, read if [`Track::needs_frame_for_depth`].
    pub(super) first_frame: Option<Vec<u8>>,
}

impl Track {
    /// Whether the bit depth has to be read from a frame, because most muxers write no configuration for VP9.
    pub(super) fn needs_frame_for_depth(&self) -> bool {
        self.codec == "V_VP9" && self.private.is_empty()
    }

    pub(super) fn read<R: Read + Seek>(reader: &mut Reader<R>, entry: Element) -> Result<Self, ReadError> {
        // Defaults from the specification.
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
                0xE0 => track.video = codec::picture(reader, child)?,
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

    /// Adds the track to `info`.
    pub(super) fn add_to(self, index: u32, info: &mut MediaInfo) {
        let language = self.bcp47.clone().or_else(|| self.language.clone());
        match self.kind {
            1 if info.video.is_none() && self.codec != "V_MJPEG" => {
                let mut video = codec::video(&self.codec, &self.private, &self.video, &self.mappings);
                if let Some(config) = self.first_frame.as_deref().and_then(vp9_frame) {
                    (video.codec_string, video.bit_depth) = (config.codec_string, config.bit_depth);
                }
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
                ..codec::audio(&self.codec, &self.private)
            }),
            17 => info.subtitles.push(SubtitleTrack {
                index,
                codec: codec::subtitle(&self.codec).to_owned(),
                language,
                hearing_impaired: self.hearing_impaired
                    || is_title_for_hearing_impaired(self.title.as_deref()),
                title: self.title,
                default: self.default,
                forced: self.forced,
            }),
            _ => {}
        }
    }
}

fn is_title_for_hearing_impaired(title: Option<&str>) -> bool {
    let title = title.unwrap_or_default().to_lowercase();
    title.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "sdh" | "cc" | "hi"))
}
