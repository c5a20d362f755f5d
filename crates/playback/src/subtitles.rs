//! Decides which subtitles can be shown and how, and converts external files to WebVTT.

use std::path::Path;

use media::probe::SubtitleTrack;
use media::sidecars::SubtitleFile;
use media::subtitles;

use super::decision::Browser;
use super::error::{Invalid, PlaybackError};
use super::tools::Tools;
use catalogue::tracks::Subtitle;

/// Maximum size in bytes of an external file. Larger files are rejected.
const MAX_FILE: u64 = 16 * 1024 * 1024;

/// How a subtitle can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    /// By the browser, as WebVTT.
    Text,
    /// Burned into the video by ffmpeg.
    BurnedIn,
}

/// How a subtitle can be shown in this browser; `None` if it cannot be shown.
pub(super) fn display_of(subtitle: &Subtitle, tools: Option<&Tools>, browser: &Browser) -> Option<Display> {
    let Subtitle::Inside(track) = subtitle else { return Some(Display::Text) };
    let tools = tools?;
    if track.is_text() {
        return Some(Display::Text);
    }
    (is_picture(track) && tools.encodes_h264 && browser.hls).then_some(Display::BurnedIn)
}

/// Whether a track contains image subtitles, as on discs and in broadcasts.
pub(super) fn is_picture(track: &SubtitleTrack) -> bool {
    matches!(track.codec.as_str(), "hdmv_pgs_subtitle" | "dvd_subtitle" | "dvb_subtitle" | "xsub")
}

/// Converts an external file. `root` is the library's folder.
pub(super) async fn external(root: &Path, file: &SubtitleFile) -> Result<String, PlaybackError> {
    let (path, shown) = (root.join(&file.path), file.path.display().to_string());
    let (format, code) = (file.format, file.language.clone());
    let convert = move || {
        let bytes = media::read_at_most(&path, MAX_FILE).map_err(|error| match error.kind() {
            std::io::ErrorKind::FileTooLarge => Invalid::SubtitleTooLarge.into(),
            _ => PlaybackError::FileMissing(shown),
        })?;
        Ok(subtitles::to_vtt(&bytes, format, code.as_deref()))
    };
    tokio::task::spawn_blocking(convert).await.map_err(std::io::Error::other)?
}

/// The subtitles in another part's list (`others`) that match those of the first part in language, flags and
/// type: preferably at the same index.
pub(super) fn same_in<'a>(first: &Subtitle, index: usize, others: &'a [Subtitle]) -> Option<&'a Subtitle> {
    let kind = |subtitle: &Subtitle| match subtitle {
        Subtitle::Inside(track) => {
            (true, track.language.clone(), track.forced, track.hearing_impaired, track.is_text())
        }
        Subtitle::Beside(file) => (false, file.language.clone(), file.forced, file.hearing_impaired, true),
    };
    let fits = |other: &&Subtitle| kind(other) == kind(first);
    others.get(index).filter(fits).or_else(|| others.iter().find(fits))
}
