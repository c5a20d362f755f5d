//! Short clips made by ffmpeg.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A clip. Its folder is deleted when it is dropped.
pub(crate) struct Clip {
    pub(crate) path: PathBuf,
    _folder: TempDir,
}

/// Makes a clip of two seconds called `name`, with 320x180 pixels and 25 frames per second. `arguments` are
/// placed between the inputs (0: video, 1: a tone) and the output. Prints a message and returns `None` if
/// ffmpeg is not installed.
pub(crate) fn clip(name: &str, arguments: &[&str]) -> Option<Clip> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2"])
        .args(["-f", "lavfi", "-i", "sine=duration=2:sample_rate=48000"])
        .args(arguments)
        .arg(&path)
        .output();
    let Ok(made) = made else {
        eprintln!("skipped: ffmpeg is not installed, so there is no clip to read");
        return None;
    };
    assert!(made.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&made.stderr));
    Some(Clip { path, _folder: folder })
}

/// A SubRip file to mux into clips.
pub(crate) fn subtitle_file(folder: &Path) -> PathBuf {
    let path = folder.join("dialogue.srt");
    std::fs::write(&path, "1\n00:00:00,500 --> 00:00:01,500\nHello there\n").unwrap();
    path
}

/// An MP4 clip with H.264 and AAC.
pub(crate) fn mp4() -> Option<Clip> {
    clip(
        "a.mp4",
        &["-c:v", "libx264", "-preset", "ultrafast", "-g", "12", "-pix_fmt", "yuv420p", "-c:a", "aac"],
    )
}

/// A Matroska clip with H.264, AAC in two languages and a subtitle track.
pub(crate) fn mkv() -> Option<Clip> {
    let folder = tempfile::tempdir().unwrap();
    let subtitles = subtitle_file(folder.path());
    let subtitles = subtitles.to_str().unwrap();
    let maps = ["-i", subtitles, "-map", "0", "-map", "1", "-map", "1", "-map", "2"];
    let codecs = [
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-g",
        "12",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-c:s",
        "srt",
    ];
    let first = ["-metadata:s:a:0", "language=eng", "-metadata:s:a:0", "title=Original", "-ac:a:0", "6"];
    let second =
        ["-metadata:s:a:1", "language=ger", "-metadata:s:s:0", "language=dut", "-disposition:s:0", "forced"];
    clip("a.mkv", &[&maps[..], &codecs, &first, &second].concat())
}
