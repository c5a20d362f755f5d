//! Files and their tracks.

use api_types::media_file as wire;
use catalogue::problem::FileProblem;
use catalogue::tracks::{Subtitle, Tracks};
use db::kinds::ProbeState;
use db::rows::MediaFile;
use media::formats::{audio_codec_name, container_name, resolution_name, video_codec_name};
use media::probe::AudioTrack;

use super::problem::file_problem_text;

/// Whether paths include the folders. Only administrators may see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folders {
    /// The complete path.
    Shown,
    /// Only the file name.
    Hidden,
}

impl Folders {
    /// The folders that a user may see.
    pub(crate) fn for_user(is_admin: bool) -> Self {
        if is_admin { Self::Shown } else { Self::Hidden }
    }

    fn of(self, path: String) -> String {
        match self {
            Self::Shown => path,
            Self::Hidden => path.rsplit('/').next().unwrap_or_default().to_owned(),
        }
    }
}

/// A file with its tracks.
pub(crate) fn media_file(row: MediaFile, folders: Folders) -> wire::MediaFile {
    let tracks = Tracks::of(&row);
    let problem = FileProblem::of(&row);
    let size = row.width.zip(row.height);
    wire::MediaFile {
        id: row.id,
        path: folders.of(row.path),
        size: row.size,
        container_name: row.container.as_deref().map(container_name),
        container: row.container,
        duration_ms: row.duration_ms,
        video: row.video_codec.zip(size).map(|(codec, (width, height))| wire::VideoTrack {
            codec_name: video_codec_name(&codec),
            codec,
            width,
            height,
            resolution: resolution_name(width.unsigned_abs(), height.unsigned_abs()).to_owned(),
            hdr: row.hdr,
            bit_depth: row.bit_depth,
        }),
        audio: tracks.audio.into_iter().zip(0..).map(audio_track).collect(),
        subtitles: tracks.subtitles.into_iter().zip(0..).map(subtitle_track).collect(),
        edition: row.edition,
        state: row.state,
        probe_state: match row.probe_state {
            ProbeState::Probed => wire::ProbeState::Probed,
            ProbeState::Pending | ProbeState::NotProbed => wire::ProbeState::NotProbed,
            ProbeState::Failed => wire::ProbeState::Failed,
        },
        problem_code: problem.as_ref().map(|problem| problem.code),
        problem: problem.map(file_problem_text),
        added_at: row.added_at.0,
    }
}

fn audio_track((track, index): (AudioTrack, i32)) -> wire::AudioTrack {
    wire::AudioTrack {
        index,
        codec_name: audio_codec_name(&track.codec),
        codec: track.codec,
        channels: i32::try_from(track.channels).unwrap_or_default(),
        language: track.language,
        title: track.title,
        default: track.default,
    }
}

fn subtitle_track((subtitle, index): (Subtitle, i32)) -> wire::SubtitleTrack {
    match subtitle {
        Subtitle::Inside(track) => wire::SubtitleTrack {
            index,
            codec: track.codec,
            language: track.language,
            title: track.title,
            forced: track.forced,
            external: false,
        },
        Subtitle::Beside(file) => wire::SubtitleTrack {
            index,
            codec: file.format.codec().to_owned(),
            language: file.language,
            title: file.title,
            forced: file.forced,
            external: true,
        },
    }
}
