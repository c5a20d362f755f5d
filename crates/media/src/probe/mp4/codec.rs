//! Sample descriptions of MP4: codecs and their configuration.

use crate::mp4_boxes::in_slice;
use crate::probe::codec::{self, Config};
use crate::probe::info::{AudioTrack, Hdr, VideoTrack};
use crate::reader::Numbers as _;

/// Bytes of a visual sample entry's fields, between the box header and the child boxes.
const VISUAL_FIELDS: usize = 78;
/// Bytes of an audio sample entry's fields.
const AUDIO_FIELDS: usize = 28;

/// A sample entry: its format and body.
#[derive(Debug)]
pub(super) struct SampleEntry<'a> {
    pub(super) kind: [u8; 4],
    body: &'a [u8],
}

/// The first entry of an `stsd` body.
pub(super) fn first_entry(stsd: &[u8]) -> Option<SampleEntry<'_>> {
    let (kind, body) = in_slice(stsd.get(8..)?).next()?;
    Some(SampleEntry { kind, body })
}

/// Whether a video track contains images, such as cover art or chapter images, or a timecode.
pub(super) fn is_picture(kind: [u8; 4]) -> bool {
    matches!(&kind, b"jpeg" | b"png " | b"mjpa" | b"mjpb" | b"tiff" | b"tmcd")
}

pub(super) fn video(entry: &SampleEntry<'_>) -> VideoTrack {
    let kind = name(entry.kind);
    let mut config = Config::default();
    let mut hdr = None;
    let mut dolby_vision_profile = None;
    for (found, body) in in_slice(entry.body.get(VISUAL_FIELDS..).unwrap_or_default()) {
        match &found {
            b"avcC" => config = codec::avc(body, string_entry(&kind, "avc1")),
            b"hvcC" => config = codec::hevc(body, string_entry(&kind, "hvc1")),
            b"av1C" => config = codec::av1(body),
            b"vpcC" => config = codec::vp9(body.get(4..).unwrap_or_default()),
            b"colr" => hdr = body.u16_at(6).and_then(|transfer| codec::hdr(u64::from(transfer))),
            b"dvcC" | b"dvvC" | b"dvwC" => dolby_vision_profile = codec::dolby_vision(body),
            _ => {}
        }
    }
    VideoTrack {
        codec: video_codec(&kind).to_owned(),
        codec_string: config.codec_string,
        width: entry.body.u16_at(24).map_or(0, u32::from),
        height: entry.body.u16_at(26).map_or(0, u32::from),
        bit_depth: config.bit_depth,
        hdr: dolby_vision_profile.map(|_| Hdr::DolbyVision).or(hdr).or(config.hdr),
        dolby_vision_profile,
        ..VideoTrack::default()
    }
}

/// Browsers recognise the common sample entry name instead of Dolby Vision's.
fn string_entry<'a>(kind: &'a str, common: &'a str) -> &'a str {
    if kind.starts_with("dv") { common } else { kind }
}

fn video_codec(kind: &str) -> &str {
    match kind {
        "avc1" | "avc2" | "avc3" | "avc4" | "dva1" | "dvav" => "h264",
        "hvc1" | "hev1" | "dvh1" | "dvhe" => "hevc",
        "av01" | "dav1" => "av1",
        "vp09" => "vp9",
        "vp08" => "vp8",
        "mp4v" => "mpeg4",
        "s263" | "h263" => "h263",
        "apch" | "apcn" | "apcs" | "apco" | "ap4h" | "ap4x" => "prores",
        "mpg2" | "m2v1" | "xdvb" | "hdv2" | "hdv3" => "mpeg2video",
        "vc-1" => "vc1",
        "SVQ3" => "svq3",
        "SVQ1" => "svq1",
        other => other,
    }
}

pub(super) fn audio(entry: &SampleEntry<'_>) -> AudioTrack {
    let body = entry.body;
    let version = body.u16_at(8).unwrap_or_default();
    let children = match version {
        1 => AUDIO_FIELDS + 16,
        2 => AUDIO_FIELDS + 36,
        _ => AUDIO_FIELDS,
    };
    let mut track = AudioTrack {
        codec: audio_codec(&name(entry.kind)).to_owned(),
        channels: body.u16_at(16).map_or(0, u32::from),
        sample_rate: body.u16_at(24).map(u32::from).filter(|rate| *rate > 0),
        ..AudioTrack::default()
    };
    if version == 2 {
        track.channels = body.u32_at(40).filter(|channels| *channels < 256).unwrap_or(track.channels);
    }
    configure(&mut track, body.get(children..).unwrap_or_default(), 0);
    if track.codec_string.is_none() {
        track.codec_string = codec::audio_string(&track.codec).map(str::to_owned);
    }
    track
}

/// Reads the child boxes of a sample entry. QuickTime nests them one level deeper, in `wave`.
fn configure(track: &mut AudioTrack, bytes: &[u8], depth: u8) {
    for (kind, body) in in_slice(bytes) {
        match &kind {
            b"wave" if depth == 0 => configure(track, body, 1),
            b"esds" => elementary_stream(track, body.get(4..).unwrap_or_default()),
            b"dac3" => track.channels = ac3_channels(body).unwrap_or(track.channels),
            b"dec3" => track.channels = eac3_channels(body).unwrap_or(track.channels),
            b"dOps" => track.channels = body.u8_at(1).map_or(track.channels, u32::from),
            _ => {}
        }
    }
}

/// Reads the descriptors of ISO/IEC 14496-1. The object type determines the codec, the configuration the kind
/// of AAC.
fn elementary_stream(track: &mut AudioTrack, bytes: &[u8]) {
    let Some(decoder) = descriptor(bytes, 0x03).and_then(|body| {
        let flags = body.u8_at(2)?;
        let skip = 3 + usize::from(flags & 0x80 != 0) * 2 + usize::from(flags & 0x20 != 0) * 2;
        descriptor(body.get(skip..)?, 0x04)
    }) else {
        return;
    };
    let Some(object) = decoder.u8_at(0) else { return };
    match object {
        0x40 | 0x66..=0x68 => {
            let config = decoder.get(13..).and_then(|rest| descriptor(rest, 0x05)).unwrap_or_default();
            let aac = codec::aac_object(config).filter(|object| *object > 0).unwrap_or(2);
            track.codec_string = Some(format!("mp4a.40.{aac}"));
            track.channels = codec::aac_channels(config).unwrap_or(track.channels);
        }
        0x69 | 0x6b => {
            track.codec = "mp3".to_owned();
            track.codec_string = Some(format!("mp4a.{object:02X}"));
        }
        0xa5 => track.codec = "ac3".to_owned(),
        0xa6 => track.codec = "eac3".to_owned(),
        0xa9..=0xac => track.codec = "dts".to_owned(),
        0xdd => track.codec = "vorbis".to_owned(),
        _ => {}
    }
}

/// The body of a descriptor with this tag at the start of `bytes`.
fn descriptor(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    if bytes.u8_at(0)? != tag {
        return None;
    }
    let mut size = 0_usize;
    let mut at = 1;
    for _ in 0..4 {
        let byte = bytes.u8_at(at)?;
        at += 1;
        size = size << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    bytes.get(at..(at + size).min(bytes.len()))
}

/// The number of channels from `acmod` and the LFE bit.
fn ac3_channels(body: &[u8]) -> Option<u32> {
    let bits = body.u16_at(0)?;
    let (mode, lfe) = ((bits >> 3) & 0x07, (bits >> 2) & 1);
    Some([2, 1, 2, 3, 3, 4, 4, 5][usize::from(mode)] + u32::from(lfe))
}

fn eac3_channels(body: &[u8]) -> Option<u32> {
    let bits = body.u16_at(3)?;
    let (mode, lfe) = ((bits >> 9) & 0x07, (bits >> 8) & 1);
    let base = [2, 1, 2, 3, 3, 4, 4, 5][usize::from(mode)] + u32::from(lfe);
    // Dependent substreams contain the back channels of 7.1.
    let dependent = (bits >> 1) & 0x0f;
    Some(if dependent > 0 && base == 6 { 8 } else { base })
}

fn audio_codec(kind: &str) -> &str {
    match kind {
        "mp4a" => "aac",
        "ac-3" | "sac3" => "ac3",
        "ec-3" => "eac3",
        "dtsc" | "dtsh" | "dtsl" | "dtse" | "dtsx" => "dts",
        "mlpa" => "truehd",
        "fLaC" => "flac",
        "Opus" => "opus",
        "alac" => "alac",
        ".mp3" => "mp3",
        "sowt" | "twos" | "lpcm" | "raw" | "in24" | "in32" | "fl32" | "ipcm" => "pcm",
        "samr" => "amr_nb",
        "sawb" => "amr_wb",
        other => other,
    }
}

pub(super) fn subtitle(kind: [u8; 4]) -> String {
    match &kind {
        b"tx3g" | b"text" => "mov_text".to_owned(),
        b"wvtt" => "webvtt".to_owned(),
        b"stpp" => "ttml".to_owned(),
        b"mp4s" => "dvd_subtitle".to_owned(),
        b"c608" => "eia_608".to_owned(),
        other => name(*other),
    }
}

/// 3GPP timed text marks forced subtitles in its display flags.
pub(super) fn is_forced(entry: &SampleEntry<'_>) -> bool {
    &entry.kind == b"tx3g" && entry.body.u32_at(8).is_some_and(|flags| flags & 0x8000_0000 != 0)
}

fn name(kind: [u8; 4]) -> String {
    String::from_utf8_lossy(&kind).trim().to_owned()
}
