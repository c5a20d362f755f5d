//! The tracks of a file as the database stores them, including subtitle files next to it.

use db::rows;
use media::formats::resolution_name;
use media::probe::{AudioTrack, Hdr, MediaInfo, SubtitleTrack, VideoTrack};
use media::sidecars::SubtitleFile;
use serde::{Deserialize, Serialize};

/// A subtitle of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "place", rename_all = "snake_case")]
pub enum Subtitle {
    /// A track in the file.
    Inside(SubtitleTrack),
    /// A file next to it; its path is relative to the library's root.
    Beside(SubtitleFile),
}

/// The tracks of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tracks {
    /// The video track, including facts that have no column.
    pub video: Option<VideoTrack>,
    /// Audio tracks, in the order of the file.
    pub audio: Vec<AudioTrack>,
    /// Subtitles: first those in the file, in its order, then the files next to it.
    pub subtitles: Vec<Subtitle>,
}

/// The parsed name of a file, and its video track for the player.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Parsed {
    /// The parsed name.
    #[serde(default)]
    pub name: Option<media::names::ParsedName>,
    /// The video track.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video: Option<VideoTrack>,
    /// Timestamp of the first frame, in milliseconds.
    #[serde(default)]
    pub start_ms: u64,
}

impl Tracks {
    /// The tracks of a row. JSON that an older version wrote in another form counts as unknown.
    pub fn of(row: &rows::MediaFile) -> Self {
        Self {
            video: Parsed::of(row).video,
            audio: serde_json::from_value(row.audio.clone()).unwrap_or_default(),
            subtitles: serde_json::from_value(row.subtitles.clone()).unwrap_or_default(),
        }
    }
}

impl Parsed {
    /// The value of a row; empty if an older version wrote it in another form.
    pub fn of(row: &rows::MediaFile) -> Self {
        serde_json::from_value(row.parsed.clone()).unwrap_or_default()
    }
}

/// Writes the probed facts into the row's columns.
pub fn fill(row: &mut rows::MediaFile, info: &MediaInfo) {
    let video = info.video.as_ref();
    row.duration_ms = info.duration_ms.and_then(|duration| i64::try_from(duration).ok());
    row.container = Some(info.container.clone());
    row.video_codec = video.map(|video| video.codec.clone());
    row.width = video.and_then(|video| i32::try_from(video.width).ok());
    row.height = video.and_then(|video| i32::try_from(video.height).ok());
    row.hdr = video.and_then(|video| video.hdr).map(|hdr| hdr_name(hdr).to_owned());
    row.bit_depth = video.and_then(|video| video.bit_depth).map(i32::from);
    row.audio = serde_json::to_value(&info.audio).unwrap_or_default();
}

/// The name of a resolution, such as `1080p`; `None` for a negative size.
pub fn resolution(width: i32, height: i32) -> Option<&'static str> {
    Some(resolution_name(u32::try_from(width).ok()?, u32::try_from(height).ok()?))
}

/// The value of the subtitles column.
pub fn subtitles(info: Option<&MediaInfo>, beside: &[SubtitleFile]) -> db::Json {
    let inside = info.into_iter().flat_map(|info| &info.subtitles).cloned().map(Subtitle::Inside);
    // JSON cannot contain a path that is not UTF-8, so such a subtitle is omitted.
    let beside = beside.iter().filter(|file| file.path.to_str().is_some()).cloned().map(Subtitle::Beside);
    let all: Vec<Subtitle> = inside.chain(beside).collect();
    serde_json::to_value(all).unwrap_or_default()
}

/// The name to display.
fn hdr_name(hdr: Hdr) -> &'static str {
    match hdr {
        Hdr::Hdr10 => "HDR10",
        Hdr::Hdr10Plus => "HDR10+",
        Hdr::Hlg => "HLG",
        Hdr::DolbyVision => "Dolby Vision",
    }
}
