//! What the database keeps of a file's content: tracks inside it and subtitles beside it.

use db::rows;
use media::probe::{AudioTrack, Hdr, MediaInfo, SubtitleTrack, VideoTrack};
use media::sidecars::{SubtitleFile, SubtitleFormat};
use serde::{Deserialize, Serialize};

use super::catalogue::entry::resolution;
use super::format_names::{audio_name, container_name, video_name};
use crate::model::media_file as model;

/// A subtitle of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "place", rename_all = "snake_case")]
pub enum Subtitle {
    /// A track in the file.
    Inside(SubtitleTrack),
    /// A file beside it; its path is below the library's root.
    Beside(SubtitleFile),
}

/// The tracks of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tracks {
    /// The picture, with everything that the columns have no place for.
    pub video: Option<VideoTrack>,
    /// Sound, in the order of the file.
    pub audio: Vec<AudioTrack>,
    /// Subtitles: inside first, in the order of the file, then beside it.
    pub subtitles: Vec<Subtitle>,
}

/// What was read from a file's name and, for the player, its picture.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Parsed {
    /// What the name says.
    #[serde(default)]
    pub(super) name: Option<media::names::ParsedName>,
    /// The picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) video: Option<VideoTrack>,
}

impl Tracks {
    /// The tracks of a row. What an older version wrote in another shape counts as unknown.
    pub fn of(row: &rows::MediaFile) -> Self {
        Self {
            video: Parsed::of(row).video,
            audio: serde_json::from_value(row.audio.clone()).unwrap_or_default(),
            subtitles: serde_json::from_value(row.subtitles.clone()).unwrap_or_default(),
        }
    }
}

impl Parsed {
    pub(super) fn of(row: &rows::MediaFile) -> Self {
        serde_json::from_value(row.parsed.clone()).unwrap_or_default()
    }
}

/// Writes what was probed into the row's columns.
pub(super) fn fill(row: &mut rows::MediaFile, info: &MediaInfo) {
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

/// The subtitles column.
pub(super) fn subtitles(info: Option<&MediaInfo>, beside: &[SubtitleFile]) -> db::Json {
    let inside = info.into_iter().flat_map(|info| &info.subtitles).cloned().map(Subtitle::Inside);
    // JSON has no place for a path that is no UTF-8: such a subtitle is left out, the others stay.
    let beside = beside.iter().filter(|file| file.path.to_str().is_some()).cloned().map(Subtitle::Beside);
    let all: Vec<Subtitle> = inside.chain(beside).collect();
    serde_json::to_value(all).unwrap_or_default()
}

/// The usual name.
fn hdr_name(hdr: Hdr) -> &'static str {
    match hdr {
        Hdr::Hdr10 => "HDR10",
        Hdr::Hdr10Plus => "HDR10+",
        Hdr::Hlg => "HLG",
        Hdr::DolbyVision => "Dolby Vision",
    }
}

/// A file as the API shows it.
pub fn show(row: rows::MediaFile) -> model::MediaFile {
    let tracks = Tracks::of(&row);
    model::MediaFile {
        id: row.id,
        path: row.path,
        size: row.size,
        container_name: row.container.as_deref().map(container_name),
        container: row.container,
        duration_ms: row.duration_ms,
        video: row.video_codec.zip(row.width.zip(row.height)).map(|(codec, (width, height))| {
            model::VideoTrack {
                codec_name: video_name(&codec),
                codec,
                width,
                height,
                resolution: resolution(width, height).to_owned(),
                hdr: row.hdr,
                bit_depth: row.bit_depth,
            }
        }),
        audio: tracks.audio.into_iter().zip(0..).map(audio).collect(),
        subtitles: tracks.subtitles.into_iter().zip(0..).map(subtitle).collect(),
        edition: row.edition,
        state: match row.state {
            db::kinds::FileState::Present => model::FileState::Present,
            db::kinds::FileState::Missing => model::FileState::Missing,
        },
        probe_state: match row.probe_state {
            db::kinds::ProbeState::Probed => model::ProbeState::Probed,
            db::kinds::ProbeState::Pending | db::kinds::ProbeState::NotProbed => model::ProbeState::NotProbed,
            db::kinds::ProbeState::Failed => model::ProbeState::Failed,
        },
        problem: row.problem,
        added_at: row.added_at.0,
    }
}

fn audio((track, index): (AudioTrack, i32)) -> model::AudioTrack {
    model::AudioTrack {
        index,
        codec_name: audio_name(&track.codec),
        codec: track.codec,
        channels: i32::try_from(track.channels).unwrap_or_default(),
        language: track.language,
        title: track.title,
        default: track.default,
    }
}

fn subtitle((subtitle, index): (Subtitle, i32)) -> model::SubtitleTrack {
    match subtitle {
        Subtitle::Inside(track) => model::SubtitleTrack {
            index,
            codec: track.codec,
            language: track.language,
            title: track.title,
            forced: track.forced,
            external: false,
        },
        Subtitle::Beside(file) => model::SubtitleTrack {
            index,
            codec: codec_of(file.format).to_owned(),
            language: file.language,
            title: file.title,
            forced: file.forced,
            external: true,
        },
    }
}

/// ffmpeg's name of a format.
fn codec_of(format: SubtitleFormat) -> &'static str {
    match format {
        SubtitleFormat::Srt => "subrip",
        SubtitleFormat::Vtt => "webvtt",
        SubtitleFormat::Ass => "ass",
    }
}
