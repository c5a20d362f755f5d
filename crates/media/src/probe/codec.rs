//! Decoder configurations that MP4 and Matroska share: RFC 6381 strings, bit depths, colour.

use std::fmt::Write as _;

use super::info::Hdr;
use crate::reader::Numbers as _;

/// The contents of a decoder configuration.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Config {
    pub(super) codec_string: Option<String>,
    pub(super) bit_depth: Option<u8>,
    pub(super) hdr: Option<Hdr>,
}

/// Reads `avcC`, the configuration of H.264. `entry`: the first part of the codec string.
pub(super) fn avc(record: &[u8], entry: &str) -> Config {
    let (Some(profile), Some(flags), Some(level)) = (record.u8_at(1), record.u8_at(2), record.u8_at(3))
    else {
        return Config::default();
    };
    let bit_depth = match profile {
        // High 10, High 4:2:2 and High 4:4:4 may be deeper; the depth is stored after the parameter sets.
        110 | 122 | 244 => avc_depth(record).or(Some(10)),
        _ => Some(8),
    };
    Config {
        codec_string: Some(format!("{entry}.{profile:02x}{flags:02x}{level:02x}")),
        bit_depth,
        hdr: None,
    }
}

fn avc_depth(record: &[u8]) -> Option<u8> {
    let mut at = 6;
    for _ in 0..record.u8_at(5)? & 0x1f {
        at += 2 + usize::from(record.u16_at(at)?);
    }
    let pictures = record.u8_at(at)?;
    at += 1;
    for _ in 0..pictures {
        at += 2 + usize::from(record.u16_at(at)?);
    }
    Some((record.u8_at(at + 1)? & 0x07) + 8)
}

/// Reads `hvcC`, the configuration of HEVC, and builds the codec string by ISO/IEC 14496-15 annex E.
pub(super) fn hevc(record: &[u8], entry: &str) -> Config {
    let (Some(general), Some(compatibility), Some(level)) =
        (record.u8_at(1), record.u32_at(2), record.u8_at(12))
    else {
        return Config::default();
    };
    let space = ["", "A", "B", "C"][usize::from(general >> 6)];
    let tier = if general & 0x20 == 0 { 'L' } else { 'H' };
    let profile = general & 0x1f;
    let mut string = format!("{entry}.{space}{profile}.{:X}.{tier}{level}", compatibility.reverse_bits());
    let constraints = &record[6..12];
    let used = constraints.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    for byte in &constraints[..used] {
        let _ = write!(string, ".{byte:X}");
    }
    let bit_depth = record.u8_at(17).map(|byte| (byte & 0x07) + 8);
    Config { codec_string: Some(string), bit_depth, hdr: None }
}

/// Reads `av1C`, the configuration of AV1.
pub(super) fn av1(record: &[u8]) -> Config {
    let (Some(first), Some(second)) = (record.u8_at(1), record.u8_at(2)) else { return Config::default() };
    let (profile, level) = (first >> 5, first & 0x1f);
    let tier = if second & 0x80 == 0 { 'M' } else { 'H' };
    let depth = match (second & 0x40 != 0, second & 0x20 != 0) {
        (true, true) => 12,
        (true, false) => 10,
        _ => 8,
    };
    Config {
        codec_string: Some(format!("av01.{profile}.{level:02}{tier}.{depth:02}")),
        bit_depth: Some(depth),
        hdr: None,
    }
}

/// Reads `vpcC`, the configuration of VP9, without its version and flags.
pub(super) fn vp9(record: &[u8]) -> Config {
    let (Some(profile), Some(level), Some(packed)) = (record.u8_at(0), record.u8_at(1), record.u8_at(2))
    else {
        return Config::default();
    };
    let depth = packed >> 4;
    Config {
        codec_string: Some(format!("vp09.{profile:02}.{level:02}.{depth:02}")),
        bit_depth: Some(depth),
        hdr: record.u8_at(4).and_then(|transfer| hdr(u64::from(transfer))),
    }
}

/// Reads the uncompressed header of a VP9 keyframe. `None` if it is not one.
pub(super) fn vp9_frame(frame: &[u8]) -> Option<Config> {
    let bits = frame.u64_at(0)?;
    let bit = |at: u32| bits >> (63 - at) & 1;
    let marker = bits >> 62;
    let profile = bit(3) << 1 | bit(2);
    // Profile 3 has a reserved bit. Then: show_existing_frame, non-key frame, show_frame, error_resilient_mode.
    let at = if profile == 3 { 5 } else { 4 };
    let sync = bits >> (64 - (at + 4) - 24) & 0x00ff_ffff;
    if marker != 0b10 || bit(at) != 0 || bit(at + 1) != 0 || sync != 0x49_8342 {
        return None;
    }
    let depth = match (profile >= 2, bit(at + 28)) {
        (true, 1) => 12,
        (true, _) => 10,
        _ => 8,
    };
    Some(Config {
        codec_string: Some(format!("vp09.{profile:02}.10.{depth:02}")),
        bit_depth: Some(depth),
        hdr: None,
    })
}

/// The dynamic range of a transfer characteristic (ITU-T H.273).
pub(super) fn hdr(transfer: u64) -> Option<Hdr> {
    match transfer {
        16 => Some(Hdr::Hdr10),
        18 => Some(Hdr::Hlg),
        _ => None,
    }
}

/// The profile in a Dolby Vision configuration record (`dvcC`, `dvvC`, `dvwC`).
pub(super) fn dolby_vision(record: &[u8]) -> Option<u8> {
    record.u8_at(2).map(|byte| byte >> 1)
}

/// The object type of an AAC configuration: 2 is LC, 5 is HE.
pub(super) fn aac_object(config: &[u8]) -> Option<u8> {
    let first = config.u8_at(0)?;
    match first >> 3 {
        31 => Some(32 + ((first & 0x07) << 3 | config.u8_at(1)? >> 5)),
        object => Some(object),
    }
}

/// Channels of an AAC configuration. It is reliable, unlike the container's own field, which is often just 2.
pub(super) fn aac_channels(config: &[u8]) -> Option<u32> {
    // 5 bits object type, 4 bits sample rate, 4 bits channels. For other layouts the container's value is used.
    let bits = config.u16_at(0)?;
    let (object, rate, channels) = (bits >> 11, (bits >> 7) & 0x0f, (bits >> 3) & 0x0f);
    match (object, rate, channels) {
        (31, _, _) | (_, 15, _) | (_, _, 0 | 8..) => None,
        (_, _, 7) => Some(8),
        (_, _, channels) => Some(u32::from(channels)),
    }
}

/// RFC 6381 strings of codecs that need no configuration.
pub(super) fn audio_string(codec: &str) -> Option<&'static str> {
    Some(match codec {
        "ac3" => "ac-3",
        "eac3" => "ec-3",
        "flac" => "flac",
        "opus" => "opus",
        "vorbis" => "vorbis",
        "mp3" => "mp4a.6B",
        "aac" => "mp4a.40.2",
        _ => return None,
    })
}
