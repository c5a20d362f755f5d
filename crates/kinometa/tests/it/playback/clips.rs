//! Clips made by ffmpeg once and kept in the target folder.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Kinds of clips. Unless stated otherwise: twenty seconds, 320x180, 25 pictures a second, a keyframe every two seconds.
#[derive(Debug, Clone, Copy)]
pub enum Clip {
    /// MP4 with H.264 and AAC: every browser plays it.
    Mp4,
    /// Matroska with H.264, two sound tracks (English AAC, German AC-3) and an English subtitle track.
    Mkv,
    /// Matroska with MPEG-4 video and MP3: no browser plays it.
    Old,
    /// The same for three minutes, at a small size and 10 pictures a second: longer than what is converted ahead.
    Long,
    /// Like `Mkv`, with the second sound track as the default.
    SecondTrack,
    /// Like `Mkv`, with time stamps that begin at ten seconds.
    Late,
    /// WebM with VP8 and Vorbis as it is recorded live: without a duration.
    Live,
    /// Matroska with H.264, AAC and English picture subtitles: a white box from second 4 to 9.
    Disc,
    /// MP4 with H.264: black but for seconds 8 to 11.
    Dark,
    /// MP4 with H.264, black from the beginning to the end.
    Black,
}

/// Length of a clip in milliseconds.
pub const LENGTH: i64 = 20_000;

impl Clip {
    /// The extension of its container.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Mp4 | Self::Dark | Self::Black => "mp4",
            Self::Live => "webm",
            Self::Mkv | Self::SecondTrack | Self::Late | Self::Old | Self::Long | Self::Disc => "mkv",
        }
    }

    /// Its path; made on first use. `None` when ffmpeg is not installed: the test returns early, and the line printed here
    /// counts it as skipped.
    pub fn path(self) -> Option<PathBuf> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let path = folder.join(format!("clip-{self:?}.{}", self.extension()));
        if path.exists() {
            return Some(path);
        }
        // Tests run in parallel: each makes its own, and the last rename wins.
        let own = tempfile::Builder::new().prefix("clip").tempdir_in(folder).unwrap();
        let made = own.path().join("clip").with_extension(self.extension());
        let subtitles = own.path().join(if let Self::Disc = self { "pictures.sup" } else { "dialogue.srt" });
        std::fs::write(&subtitles, self.subtitles()).unwrap();
        let output = Command::new("ffmpeg")
            .args(["-v", "error", "-f", "lavfi", "-i", self.source()])
            .args(["-f", "lavfi", "-i", "sine=duration=20:sample_rate=48000", "-i"])
            .arg(&subtitles)
            .args(["-g", "50", "-sc_threshold", "0", "-pix_fmt", "yuv420p"])
            .args(self.arguments())
            .args(self.differences())
            .arg(&made)
            .output();
        let Ok(output) = output else {
            eprintln!("skipped: ffmpeg is not installed, so there is no clip to play");
            return None;
        };
        assert!(output.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&output.stderr));
        std::fs::rename(made, &path).unwrap();
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

    fn differences(self) -> &'static [&'static str] {
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
            // Else the first subtitle would be moved to the beginning.
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
