//! Extracts a representative frame from a video without artwork.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::probe::{ProbeError, VideoTrack, failure_reason, input, run_with_timeout};
use crate::tone_mapping::{can_be_shown, to_sdr};

/// Positions of the examined frames, in thousandths of the duration: after the opening titles and before the
/// credits.
const POSITIONS: [u64; 7] = [180, 270, 340, 430, 510, 600, 690];
/// Width and height in pixels at which a frame is scored.
const SCORED_SIZE: (usize, usize) = (64, 36);
/// Largest width of the extracted frame in pixels.
const MAX_WIDTH: u32 = 1920;
/// Time limit for one run of ffmpeg. Only slow disks come near it.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The mean and standard deviation of an image's brightness, each from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Brightness {
    mean: f64,
    deviation: f64,
}

/// A video to extract a frame from.
#[derive(Debug, Clone, Copy)]
pub struct FrameSource<'a> {
    /// Path of the ffmpeg executable.
    pub ffmpeg: &'a Path,
    /// Whether this ffmpeg has `zscale`, which mapping HDR to SDR needs.
    pub can_tone_map: bool,
    /// The file.
    pub file: &'a Path,
    /// Duration in milliseconds.
    pub duration_ms: u64,
    /// The video track.
    pub track: &'a VideoTrack,
}

/// A frame of the video as a JPEG: the one with the most contrast that is neither too dark nor too bright,
/// from several positions. `None` if all are dark or empty, or if the colours cannot be shown. Runs with the
/// lowest priority and one thread; blocks until it is done.
///
/// # Errors
/// When ffmpeg cannot be run or cannot read the file.
pub fn frame(source: FrameSource<'_>) -> Result<Option<Vec<u8>>, ProbeError> {
    if !can_be_shown(source.track, source.can_tone_map) {
        return Ok(None);
    }
    let mut best: Option<(f64, u64)> = None;
    let mut failure = None;
    for position in POSITIONS {
        let at_ms = source.duration_ms * position / 1000;
        match source.brightness(at_ms).map(|brightness| brightness.and_then(score)) {
            Ok(Some(score)) if best.is_none_or(|(most, _)| score > most) => best = Some((score, at_ms)),
            Ok(_) => {}
            Err(error @ ProbeError::NeedsFfprobe) => return Err(error),
            // A position that cannot be read does not invalidate the others.
            Err(error) => failure = Some(error),
        }
    }
    match (best, failure) {
        (Some((_, at_ms)), _) => source.jpeg(at_ms).map(Some),
        (None, Some(error)) => Err(error),
        (None, None) => Ok(None),
    }
}

impl FrameSource<'_> {
    /// The brightness of the frame at a position; `None` if there is no frame.
    fn brightness(self, at_ms: u64) -> Result<Option<Brightness>, ProbeError> {
        let (width, height) = SCORED_SIZE;
        let filters = self.filters(&format!("scale={width}:{height}"), "format=gray");
        let pixels = self.run(at_ms, &filters, &["-f", "rawvideo"])?;
        Ok((pixels.len() == width * height).then(|| brightness(&pixels)))
    }

    fn jpeg(self, at_ms: u64) -> Result<Vec<u8>, ProbeError> {
        let filters = self.filters(&format!("scale='min({MAX_WIDTH},iw)':-2"), "format=yuvj420p");
        self.run(at_ms, &filters, &["-c:v", "mjpeg", "-q:v", "3", "-f", "image2pipe"])
    }

    fn filters(self, scale: &str, format: &str) -> String {
        match self.track.hdr {
            Some(hdr) => format!("{scale},{},{format}", to_sdr(hdr)),
            None => format!("{scale},{format}"),
        }
    }

    /// Runs ffmpeg on one frame. `format` contains the arguments for the output format.
    fn run(self, at_ms: u64, filters: &str, format: &[&str]) -> Result<Vec<u8>, ProbeError> {
        let output = match run_with_timeout(
            self.arguments(Command::new("nice").args(["-n", "19"]).arg(self.ffmpeg), at_ms, filters, format),
            TIMEOUT,
        ) {
            // Not every system has `nice`.
            Err(ProbeError::NeedsFfprobe) => run_with_timeout(
                self.arguments(&mut Command::new(self.ffmpeg), at_ms, filters, format),
                TIMEOUT,
            )?,
            result => result?,
        };
        match output.success {
            true => Ok(output.stdout),
            false => Err(failure_reason(&output.stderr)),
        }
    }

    fn arguments<'c>(
        self,
        command: &'c mut Command,
        at_ms: u64,
        filters: &str,
        format: &[&str],
    ) -> &'c mut Command {
        command
            .args(["-hide_banner", "-nostdin", "-v", "error", "-threads", "1"])
            .args(["-ss", &format!("{}.{:03}", at_ms / 1000, at_ms % 1000)])
            .args(input(self.file))
            .args(["-map", &format!("0:{}", self.track.index), "-frames:v", "1", "-vf", filters])
            .args(["-threads", "1"])
            .args(format)
            .arg("pipe:1")
    }
}

fn brightness(grey: &[u8]) -> Brightness {
    let count = grey.len().max(1) as f64;
    let mean = grey.iter().map(|&pixel| f64::from(pixel)).sum::<f64>() / count;
    let variance = grey.iter().map(|&pixel| (f64::from(pixel) - mean).powi(2)).sum::<f64>() / count;
    Brightness { mean, deviation: variance.sqrt() }
}

/// The score of a frame: more contrast is better, unless it is too dark or too bright. `None` for black
/// frames, fades and empty screens.
fn score(brightness: Brightness) -> Option<f64> {
    if brightness.mean < 24.0 || brightness.mean > 232.0 || brightness.deviation < 10.0 {
        return None;
    }
    // Frames outside the middle range score less: white text on black has high contrast although it is dark.
    let factor = match brightness.mean {
        dark if dark < 60.0 => (dark - 16.0) / 44.0,
        bright if bright > 180.0 => (245.0 - bright) / 65.0,
        _ => 1.0,
    };
    Some(brightness.deviation.min(70.0) * factor.clamp(0.0, 1.0))
}

/// Whether this ffmpeg has `zscale`. Blocks.
pub fn can_tone_map(ffmpeg: &Path) -> bool {
    let filters = run_with_timeout(Command::new(ffmpeg).args(["-hide_banner", "-filters"]), TIMEOUT);
    filters.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(" zscale "))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn score_of(pixels: impl Fn(usize) -> u8) -> Option<f64> {
        score(brightness(&(0..2304).map(pixels).collect::<Vec<_>>()))
    }

    #[rstest]
    #[case::black(|_| 16)]
    #[case::white(|_| 235)]
    #[case::one_colour(|_| 110)]
    #[case::a_fade(|at: usize| 18 + (at % 5) as u8)]
    #[case::credits(|at: usize| if at.is_multiple_of(60) { 230 } else { 16 })]
    fn empty_frames_have_no_score(#[case] pixels: fn(usize) -> u8) {
        assert_eq!(score_of(pixels), None);
    }

    #[test]
    fn a_daylight_scene_scores_higher_than_night_and_fog() {
        let day = score_of(|at| 40 + (at % 64 * 3) as u8);
        let night = score_of(|at| if at.is_multiple_of(6) { 120 } else { 20 });
        let fog = score_of(|at| 120 + (at % 64 / 2) as u8);
        assert!(day > night && day > fog, "{day:?} {night:?} {fog:?}");
        assert!(night.is_some());
    }

    #[test]
    fn dark_and_overexposed_frames_score_lower_than_well_lit_ones() {
        let at = |mean| score(Brightness { mean, deviation: 50.0 }).unwrap();
        assert!(at(40.0) < at(61.0) && at(210.0) < at(179.0));
        assert!((at(61.0) - at(179.0)).abs() < 1e-9, "both are well lit");
    }
}
