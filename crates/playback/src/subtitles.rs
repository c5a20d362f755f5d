//! Subtitles as WebVTT: files beside a video are converted here, text tracks are extracted by ffmpeg and cached.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use media::probe::{SubtitleTrack, local_file};
use media::sidecars::SubtitleFile;
use media::subtitles;
use tokio::process::Command;

use super::decision::Browser;
use super::error::{Invalid, PlaybackError};
use super::tools::Tools;
use catalogue::tracks::Subtitle;

/// Extracting a track reads the whole file, which takes long on a slow disk.
const PATIENCE: Duration = Duration::from_secs(300);
/// Larger files are refused.
const LARGEST_FILE: u64 = 16 * 1024 * 1024;

/// How a subtitle can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Showing {
    /// By the browser, as WebVTT.
    Text,
    /// Drawn into the picture by ffmpeg.
    Drawn,
}

/// How a subtitle can be shown in this browser; `None` when it cannot.
pub(super) fn showing(subtitle: &Subtitle, tools: Option<&Tools>, browser: &Browser) -> Option<Showing> {
    let Subtitle::Inside(track) = subtitle else { return Some(Showing::Text) };
    let tools = tools?;
    if track.is_text() {
        return Some(Showing::Text);
    }
    (is_picture(track) && tools.encodes_h264 && browser.hls).then_some(Showing::Drawn)
}

/// Whether a track holds picture subtitles, as on discs and in broadcasts.
pub(super) fn is_picture(track: &SubtitleTrack) -> bool {
    matches!(track.codec.as_str(), "hdmv_pgs_subtitle" | "dvd_subtitle" | "dvb_subtitle" | "xsub")
}

/// Converts a file beside a video. `root` is the library's folder.
pub(super) async fn beside(root: &Path, file: &SubtitleFile) -> Result<String, PlaybackError> {
    let path = root.join(&file.path);
    let missing = |_| PlaybackError::FileMissing(file.path.display().to_string());
    if tokio::fs::metadata(&path).await.map_err(missing)?.len() > LARGEST_FILE {
        return Err(Invalid::SubtitleTooLarge.into());
    }
    let bytes = tokio::fs::read(&path).await.map_err(missing)?;
    let (format, code) = (file.format, file.language.clone());
    let convert = move || subtitles::to_vtt(&bytes, format, code.as_deref());
    tokio::task::spawn_blocking(convert).await.map_err(std::io::Error::other).map_err(PlaybackError::Io)
}

/// Extracts a text track from a video. The result is cached in `cache` under a name that identifies the content.
pub(super) async fn inside(
    tools: &Tools,
    video: &Path,
    track: &SubtitleTrack,
    cache: &Path,
    fingerprint: &str,
) -> Result<String, PlaybackError> {
    let kept = cache.join(format!("{fingerprint}-{}.vtt", track.index));
    if let Ok(text) = tokio::fs::read_to_string(&kept).await {
        return Ok(text);
    }
    let text = extract(tools, video, track.index).await?;
    keep(&kept, &text).await?;
    Ok(text)
}

async fn extract(tools: &Tools, video: &Path, index: u32) -> Result<String, PlaybackError> {
    let output = Command::new(&tools.ffmpeg)
        .args(["-hide_banner", "-nostdin", "-v", "error", "-copyts", "-i"])
        .arg(local_file(video))
        .args(["-map", &format!("0:{index}"), "-c:s", "webvtt", "-f", "webvtt", "pipe:1"])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let late = |_| PlaybackError::Ffmpeg("the subtitles did not come in time".to_owned());
    let output = tokio::time::timeout(PATIENCE, output).await.map_err(late)??;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(PlaybackError::Ffmpeg(
            said.lines().next_back().unwrap_or("it gave no reason").to_owned(),
        ));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Writes to a temporary file and renames it, so that nobody reads a partial file.
async fn keep(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_owned);
    tokio::fs::create_dir_all(&folder).await?;
    let name = path.file_name().unwrap_or_default().to_owned();
    let (text, path) = (text.to_owned(), path.to_owned());
    let write = move || {
        let file = tempfile::Builder::new().prefix(&name).tempfile_in(folder)?;
        std::fs::write(file.path(), text)?;
        file.persist(path).map_err(|error| error.error).map(|_| ())
    };
    tokio::task::spawn_blocking(write).await.map_err(std::io::Error::other)?
}
