//! Codec ids and video settings of Matroska tracks.

use std::io::{Read, Seek};

use super::ebml::{Element, children};
use crate::probe::codec::{self, Config};
use crate::probe::info::{AudioTrack, Hdr, VideoTrack};
use crate::reader::{Numbers as _, ReadError, Reader};

/// The Video element.
#[derive(Debug, Default)]
pub(super) struct Picture {
    width: u64,
    height: u64,
    /// Pixels cropped from the width (left and right) and the height (top and bottom).
    crop: (u64, u64),
    transfer: Option<u64>,
    bit_depth: Option<u64>,
}

pub(super) fn picture<R: Read + Seek>(reader: &mut Reader<R>, video: Element) -> Result<Picture, ReadError> {
    let mut picture = Picture::default();
    for child in children(reader, video)? {
        match child.id {
            0xB0 => picture.width = child.unsigned(reader)?,
            0xBA => picture.height = child.unsigned(reader)?,
            0x54CC | 0x54DD => picture.crop.0 = picture.crop.0.saturating_add(child.unsigned(reader)?),
            0x54AA | 0x54BB => picture.crop.1 = picture.crop.1.saturating_add(child.unsigned(reader)?),
            0x55B0 => {
                for colour in children(reader, child)? {
                    match colour.id {
                        0x55BA => picture.transfer = Some(colour.unsigned(reader)?),
                        0x55B2 => picture.bit_depth = Some(colour.unsigned(reader)?),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    Ok(picture)
}

/// BlockAdditionMapping elements, whose extra data makes a video Dolby Vision or HDR10+.
#[derive(Debug, Default)]
pub(super) struct Mappings {
    dolby_vision_profile: Option<u8>,
    hdr10_plus: bool,
}

impl Mappings {
    pub(super) fn read<R: Read + Seek>(
        &mut self,
        reader: &mut Reader<R>,
        mapping: Element,
    ) -> Result<(), ReadError> {
        let (mut kind, mut extra) = (0, Vec::new());
        for child in children(reader, mapping)? {
            match child.id {
                0x41E7 => kind = child.unsigned(reader)?,
                0x41ED => extra = child.binary(reader)?,
                _ => {}
            }
        }
        match &(kind as u32).to_be_bytes() {
            b"dvcC" | b"dvvC" | b"dvwC" => self.dolby_vision_profile = codec::dolby_vision(&extra),
            // ITU-T T.35 messages, which contain HDR10+ metadata.
            [0, 0, 0, 4] => self.hdr10_plus = true,
            _ => {}
        }
        Ok(())
    }
}

pub(super) fn video(id: &str, private: &[u8], picture: &Picture, mappings: &Mappings) -> VideoTrack {
    let (codec, config) = match id {
        "V_MPEG4/ISO/AVC" => ("h264".to_owned(), codec::avc(private, "avc1")),
        "V_MPEGH/ISO/HEVC" => ("hevc".to_owned(), codec::hevc(private, "hvc1")),
        "V_AV1" => ("av1".to_owned(), codec::av1(private)),
        "V_VP9" => ("vp9".to_owned(), vp9(private)),
        "V_VP8" => ("vp8".to_owned(), Config { codec_string: Some("vp8".to_owned()), ..Config::default() }),
        "V_MS/VFW/FOURCC" => (fourcc(private), Config::default()),
        other => (video_codec(other).to_owned(), Config::default()),
    };
    let hdr = picture.transfer.and_then(codec::hdr).or(config.hdr);
    let hdr = match hdr {
        _ if mappings.dolby_vision_profile.is_some() => Some(Hdr::DolbyVision),
        Some(Hdr::Hdr10) if mappings.hdr10_plus => Some(Hdr::Hdr10Plus),
        hdr => hdr,
    };
    VideoTrack {
        codec,
        codec_string: config.codec_string,
        width: u32::try_from(picture.width.saturating_sub(picture.crop.0)).unwrap_or_default(),
        height: u32::try_from(picture.height.saturating_sub(picture.crop.1)).unwrap_or_default(),
        bit_depth: config.bit_depth.or_else(|| picture.bit_depth.and_then(|bits| u8::try_from(bits).ok())),
        hdr,
        dolby_vision_profile: mappings.dolby_vision_profile,
        ..VideoTrack::default()
    }
}

/// WebM stores VP9's configuration as features (id, length, value), but most files have none.
fn vp9(private: &[u8]) -> Config {
    let (mut profile, mut level, mut depth) = (0, 10, 8);
    for feature in private.chunks_exact(3) {
        match feature[0] {
            1 => profile = feature[2],
            2 => level = feature[2],
            3 => depth = feature[2],
            _ => {}
        }
    }
    Config {
        codec_string: Some(format!("vp09.{profile:02}.{level:02}.{depth:02}")),
        bit_depth: Some(depth),
        hdr: None,
    }
}

fn video_codec(id: &str) -> &str {
    match id {
        "V_MPEG1" => "mpeg1video",
        "V_MPEG2" => "mpeg2video",
        "V_THEORA" => "theora",
        "V_PRORES" => "prores",
        "V_FFV1" => "ffv1",
        id if id.starts_with("V_MPEG4/MS") => "msmpeg4v3",
        id if id.starts_with("V_MPEG4") => "mpeg4",
        id if id.starts_with("V_REAL") => "rv40",
        other => other,
    }
}

/// The codec in a BITMAPINFOHEADER, which tracks converted from AVI have.
fn fourcc(private: &[u8]) -> String {
    let code =
        private.get(16..20).map(|code| String::from_utf8_lossy(code).to_uppercase()).unwrap_or_default();
    match code.as_str() {
        "XVID" | "DIVX" | "DX50" | "FMP4" | "MP4V" => "mpeg4".to_owned(),
        "DIV3" | "MP43" => "msmpeg4v3".to_owned(),
        "H264" | "X264" | "AVC1" => "h264".to_owned(),
        "WVC1" => "vc1".to_owned(),
        "WMV3" => "wmv3".to_owned(),
        _ => code.to_lowercase(),
    }
}

pub(super) fn audio(id: &str, private: &[u8]) -> AudioTrack {
    let codec = match id {
        id if id.starts_with("A_AAC") => "aac",
        id if id.starts_with("A_DTS") => "dts",
        id if id.starts_with("A_PCM") => "pcm",
        "A_AC3" | "A_AC3/BSID9" | "A_AC3/BSID10" => "ac3",
        "A_EAC3" => "eac3",
        "A_TRUEHD" | "A_MLP" => "truehd",
        "A_FLAC" => "flac",
        "A_OPUS" => "opus",
        "A_VORBIS" => "vorbis",
        "A_MPEG/L3" => "mp3",
        "A_MPEG/L2" => "mp2",
        "A_ALAC" => "alac",
        "A_MS/ACM" => acm(private),
        other => other,
    };
    let mut codec_string = codec::audio_string(codec).map(str::to_owned);
    if codec == "aac"
        && let Some(object) = codec::aac_object(private).filter(|object| *object > 0)
    {
        codec_string = Some(format!("mp4a.40.{object}"));
    }
    AudioTrack { codec: codec.to_owned(), codec_string, ..AudioTrack::default() }
}

/// The format tag of a WAVEFORMATEX, little-endian.
fn acm(private: &[u8]) -> &'static str {
    match private.u16_at(0).map(u16::swap_bytes) {
        Some(0x0055) => "mp3",
        Some(0x2000) => "ac3",
        Some(0x2001) => "dts",
        Some(0x00ff) => "aac",
        Some(0x0161) => "wmav2",
        _ => "pcm",
    }
}

pub(super) fn subtitle(id: &str) -> &str {
    match id {
        "S_TEXT/UTF8" | "S_TEXT/ASCII" => "subrip",
        "S_TEXT/ASS" | "S_ASS" => "ass",
        "S_TEXT/SSA" | "S_SSA" => "ssa",
        "S_TEXT/WEBVTT" => "webvtt",
        "D_WEBVTT/SUBTITLES" => "webvtt",
        "S_HDMV/PGS" => "hdmv_pgs_subtitle",
        "S_VOBSUB" => "dvd_subtitle",
        "S_DVBSUB" => "dvb_subtitle",
        other => other,
    }
}
