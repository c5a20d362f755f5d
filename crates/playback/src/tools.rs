//! Finds ffmpeg and ffprobe on this machine.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;

/// The programs and their capabilities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tools {
    /// Path or name of ffmpeg.
    pub ffmpeg: PathBuf,
    /// Path or name of ffprobe, if it is installed.
    pub ffprobe: Option<PathBuf>,
    /// Version as ffmpeg reports it: `5.1.9-0+deb12u1`.
    pub version: String,
    /// Whether it can encode H.264.
    pub encodes_h264: bool,
    /// Whether it has `zscale`, which mapping HDR to SDR needs.
    pub can_tone_map: bool,
}

impl Tools {
    /// Looks for ffmpeg at `path` or in `PATH`. `None` if it is not installed or does not run.
    pub async fn find(path: Option<&Path>) -> Option<Self> {
        let ffmpeg = path.map_or_else(|| PathBuf::from("ffmpeg"), Path::to_owned);
        let output = run(&ffmpeg, "-version").await?;
        let version = output.split_whitespace().nth(2).unwrap_or("unknown").to_owned();
        let ffprobe = ffprobe_next_to(&ffmpeg);
        let ffprobe = run(&ffprobe, "-version").await.map(|_| ffprobe);
        let encoders = run(&ffmpeg, "-encoders").await.unwrap_or_default();
        let filters = run(&ffmpeg, "-filters").await.unwrap_or_default();
        Some(Self {
            ffmpeg,
            ffprobe,
            version,
            encodes_h264: encoders.contains(" libx264 "),
            can_tone_map: filters.contains(" zscale "),
        })
    }
}

/// Number of processor cores that this process may use.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The path of ffprobe in the folder of ffmpeg.
fn ffprobe_next_to(ffmpeg: &Path) -> PathBuf {
    match ffmpeg.parent() {
        Some(folder) if folder != Path::new("") => folder.join("ffprobe"),
        _ => PathBuf::from("ffprobe"),
    }
}

/// Runs a program with one argument and returns its output; `None` if it fails.
async fn run(program: &Path, argument: &str) -> Option<String> {
    let output = Command::new(program)
        .args(["-hide_banner", argument])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
