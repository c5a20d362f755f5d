//! The quality of a file in Trakt's notation. Pure.

use db::{Json, trakt_collection::HeldFile};
use serde::Deserialize;
use trakt::models::CollectedMetadata;

/// Returns the quality of a file.
pub(super) fn of(file: &HeldFile) -> CollectedMetadata {
    let track = main_track(&file.audio);
    CollectedMetadata {
        media_type: Some("digital".to_owned()),
        resolution: resolution(file.width, file.height).map(str::to_owned),
        hdr: file.hdr.clone().filter(|hdr| HDR.contains(&hdr.as_str())),
        audio: track.as_ref().and_then(audio).map(str::to_owned),
        audio_channels: track.as_ref().and_then(|track| channels(track.channels)).map(str::to_owned),
        ..CollectedMetadata::default()
    }
}

/// HDR formats in Trakt's notation.
const HDR: [&str; 4] = ["dolby_vision", "hdr10", "hdr10_plus", "hlg"];

/// Returns the resolution. The height of wide films is less than their format's, so either side can determine it.
fn resolution(width: Option<i32>, height: Option<i32>) -> Option<&'static str> {
    let (width, height) = (width.unwrap_or(0), height.unwrap_or(0));
    match (width, height) {
        (..=0, ..=0) => None,
        (3_200.., _) | (_, 1_800..) => Some("uhd_4k"),
        (1_800.., _) | (_, 1_000..) => Some("hd_1080p"),
        (1_200.., _) | (_, 700..) => Some("hd_720p"),
        (_, 560..) => Some("sd_576p"),
        _ => Some("sd_480p"),
    }
}

/// A track as stored in the database.
#[derive(Debug, Deserialize)]
struct Track {
    codec: String,
    #[serde(default)]
    channels: u32,
    #[serde(default)]
    title: Option<String>,
}

/// Returns the track with the most channels; the first one if there are several.
fn main_track(audio: &Json) -> Option<Track> {
    let tracks: Vec<Track> =
        audio.as_array()?.iter().filter_map(|track| Track::deserialize(track).ok()).collect();
    tracks.into_iter().rev().max_by_key(|track| track.channels)
}

fn audio(track: &Track) -> Option<&'static str> {
    let title = track.title.as_deref().unwrap_or_default().to_lowercase();
    let mentions = |words: &[&str]| words.iter().any(|word| title.contains(word));
    Some(match track.codec.as_str() {
        "truehd" if mentions(&["atmos"]) => "dolby_atmos",
        "truehd" | "mlp" => "dolby_truehd",
        "eac3" if mentions(&["atmos"]) => "dolby_digital_plus_atmos",
        "eac3" => "dolby_digital_plus",
        "ac3" => "dolby_digital",
        "dts" if mentions(&["dts:x", "dts-x", "dts x"]) => "dts_x",
        "dts" if mentions(&["dts-hd ma", "dts-hd master", "dts hd ma"]) => "dts_ma",
        "dts" if mentions(&["dts-hd", "dts hd"]) => "dts_hr",
        "dts" => "dts",
        "aac" => "aac",
        "flac" => "flac",
        "mp3" => "mp3",
        "mp2" => "mp2",
        "opus" => "ogg_opus",
        "vorbis" => "ogg",
        codec if codec.starts_with("pcm_") => "lpcm",
        codec if codec.starts_with("wma") => "wma",
        _ => return None,
    })
}

fn channels(channels: u32) -> Option<&'static str> {
    Some(match channels {
        1 => "1.0",
        2 => "2.0",
        3 => "2.1",
        4 => "4.0",
        5 => "5.0",
        6 => "5.1",
        7 => "6.1",
        8 => "7.1",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use db::{Millis, ids::TitleId};
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::unknown(None, None, None)]
    #[case::uhd(Some(3840), Some(2160), Some("uhd_4k"))]
    #[case::wide_uhd(Some(3840), Some(1600), Some("uhd_4k"))]
    #[case::wide_full_hd(Some(1920), Some(800), Some("hd_1080p"))]
    #[case::old_full_hd(Some(1440), Some(1080), Some("hd_1080p"))]
    #[case::hd(Some(1280), Some(720), Some("hd_720p"))]
    #[case::pal(Some(720), Some(576), Some("sd_576p"))]
    #[case::ntsc(Some(720), Some(480), Some("sd_480p"))]
    fn resolutions_are_given_in_trakts_notation(
        #[case] width: Option<i32>,
        #[case] height: Option<i32>,
        #[case] name: Option<&str>,
    ) {
        assert_eq!(resolution(width, height), name);
    }

    #[rstest]
    #[case::none(json!([]), None, None)]
    #[case::surround(json!([{"codec": "aac", "channels": 2}, {"codec": "eac3", "channels": 6}]), Some("dolby_digital_plus"), Some("5.1"))]
    #[case::atmos(json!([{"codec": "truehd", "channels": 8, "title": "English Atmos"}]), Some("dolby_atmos"), Some("7.1"))]
    #[case::master(json!([{"codec": "dts", "channels": 6, "title": "DTS-HD MA 5.1"}]), Some("dts_ma"), Some("5.1"))]
    #[case::the_first_of_equals(json!([{"codec": "ac3", "channels": 6}, {"codec": "dts", "channels": 6}]), Some("dolby_digital"), Some("5.1"))]
    #[case::raw(json!([{"codec": "pcm_s16le", "channels": 2}]), Some("lpcm"), Some("2.0"))]
    #[case::odd(json!([{"codec": "unheard", "channels": 99}, 7]), None, None)]
    #[case::no_list(json!(null), None, None)]
    fn audio_is_given_in_trakts_notation(
        #[case] tracks: Json,
        #[case] codec: Option<&str>,
        #[case] count: Option<&str>,
    ) {
        let file = HeldFile {
            title_id: TitleId(1),
            is_readable: true,
            width: None,
            height: None,
            hdr: Some("hdr10".into()),
            audio: tracks,
            added_at: Millis::from(chrono::DateTime::UNIX_EPOCH),
        };
        let quality = of(&file);
        assert_eq!((quality.audio.as_deref(), quality.audio_channels.as_deref()), (codec, count));
        assert_eq!(quality.hdr.as_deref(), Some("hdr10"));
    }
}
