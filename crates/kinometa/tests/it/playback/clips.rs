//! Clips that are generated once by ffmpeg and kept in the target folder.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A generated clip. Unless stated otherwise: twenty seconds, 320x180, 25 frames per second, a keyframe every
/// two seconds.
#[derive(Debug, Clone, Copy)]
pub enum Clip {
    /// MP4 with H.264 and AAC, which every browser plays.
    Mp4,
    /// Matroska with H.264, two audio tracks (English AAC, German AC-3) and an English subtitle track.
    Mkv,
    /// Matroska with MPEG-4 video and MP3, which no browser plays.
    Old,
    /// Like `Old`, but three minutes long, smaller and with 10 frames per second: longer than what is converted ahead.
    Long,
    /// Like `Mkv`, with the second audio track as the default.
    SecondTrack,
    /// Like `Mkv`, with timestamps that start at ten seconds.
    Late,
    /// WebM with VP8 and Vorbis without a duration, as recorded live.
    Live,
    /// Matroska with H.264, AAC and English image subtitles: a white box from second 4 to 9.
    Disc,
    /// MP4 with H.264, black except for seconds 8 to 11.
    Dark,
    /// MP4 with H.264, completely black.
    Black,
}

/// The length of most clips in milliseconds.
pub const LENGTH: i64 = 20_000;

impl Clip {
    /// Returns the file extension of the container.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Mp4 | Self::Dark | Self::Black => "mp4",
            Self::Live => "webm",
            Self::Mkv | Self::SecondTrack | Self::Late | Self::Old | Self::Long | Self::Disc => "mkv",
        }
    }

    /// Returns the path of the clip, generating it on first use. Returns `None` if ffmpeg is not installed:
    /// the test then returns early, and the line printed here counts it as skipped.
    pub fn path(self) -> Option<PathBuf> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let path = folder.join(format!("clip-{self:?}.{}", self.extension()));
        if path.exists() {
            return Some(path);
        }
        // Tests run in parallel: each generates its own file, and the last rename wins.
        let own = tempfile::Builder::new().prefix("clip").tempdir_in(folder).unwrap();
        let generated = own.path().join("clip").with_extension(self.extension());
        let subtitles = own.path().join(if let Self::Disc = self { "pictures.sup" } else { "dialogue.srt" });
        std::fs::write(&subtitles, self.subtitles()).unwrap();
        let output = Command::new("ffmpeg")
            .args(["-v", "error", "-f", "lavfi", "-i", self.source()])
            .args(["-f", "lavfi", "-i", "sine=duration=20:sample_rate=48000", "-i"])
            .arg(&subtitles)
            .args(["-g", "50", "-sc_threshold", "0", "-pix_fmt", "yuv420p"])
            .args(self.arguments())
            .args(self.extra_arguments())
            .arg(&generated)
            .output();
        let Ok(output) = output else {
            eprintln!("skipped: ffmpeg is not installed, so there is no clip to play");
            return None;
        };
        assert!(output.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&output.stderr));
        std::fs::rename(generated, &path).unwrap();
        Some(path)
    }

    fn subtitles(self) -> Vec<u8> {
        match self {
            Self::Disc => super::pgs::sup(4, 9),
            _ => b"1\n00:00:01,000 --> 00:00:03,000\nInside the film\n".to_vec(),
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Long => "testsrc2=size=160x90:rate=10:duration=180",
            Self::Dark => {
                "testsrc2=size=320x180:rate=25:duration=20,drawbox=t=fill:color=black:enable='not(between(t,8,11))'"
            }
            Self::Black => "color=black:size=320x180:rate=25:duration=20",
            _ => "testsrc2=size=320x180:rate=25:duration=20",
        }
    }

    fn extra_arguments(self) -> &'static [&'static str] {
        match self {
            Self::SecondTrack => &["-disposition:a:0", "0", "-disposition:a:1", "default"],
            Self::Late => &["-output_ts_offset", "10"],
            Self::Live => &["-live", "1"],
            Self::Mp4 | Self::Mkv | Self::Old | Self::Long | Self::Disc | Self::Dark | Self::Black => &[],
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Mp4 | Self::Dark | Self::Black => {
                &["-map", "0", "-map", "1", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"]
            }
            Self::Mkv | Self::SecondTrack | Self::Late => &[
                "-map",
                "0",
                "-map",
                "1",
                "-map",
                "1",
                "-map",
                "2",
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-bf",
                "2",
                "-c:a:0",
                "aac",
                "-c:a:1",
                "ac3",
                "-c:s",
                "srt",
                "-metadata:s:a:0",
                "language=eng",
                "-metadata:s:a:1",
                "language=ger",
                "-metadata:s:s:0",
                "language=eng",
            ],
            Self::Live => {
                &["-map", "0", "-map", "1", "-c:v", "libvpx", "-cpu-used", "8", "-c:a", "libvorbis"]
            }
            Self::Old | Self::Long => &["-map", "0", "-map", "1", "-c:v", "mpeg4", "-c:a", "libmp3lame"],
            // Without `-copyts`, the first subtitle would be moved to the beginning.
            Self::Disc => &[
                "-copyts",
                "-map",
                "0",
                "-map",
                "1",
                "-map",
                "2",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-c:a",
                "aac",
                "-c:s",
                "copy",
                "-metadata:s:s:0",
                "language=eng",
            ],
        }
    }
}
