//! Picks a good frame, for a video without artwork.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::probe::{ProbeError, VideoTrack, answer, input, reason};
use crate::tones::{can_be_shown, to_standard};

/// Where frames are examined, in thousandths of the video: after the opening titles and before the credits.
const PLACES: [u64; 7] = [180, 270, 340, 430, 510, 600, 690];
/// Size at which a frame is judged.
const SMALL: (usize, usize) = (64, 36);
/// Largest width of the frame in pixels.
const WIDTH: u32 = 1920;
/// Reading one frame takes long only on a slow disk.
const PATIENCE: Duration = Duration::from_secs(20);

/// The average brightness of an image, and its variation, from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Light {
    mean: f64,
    deviation: f64,
}

/// A video to extract a frame from.
#[derive(Debug, Clone, Copy)]
pub struct Film<'a> {
    /// The program.
    pub ffmpeg: &'a Path,
    /// Whether it has `zscale`, which mapping high dynamic range needs.
    pub maps_tones: bool,
    /// The file.
    pub file: &'a Path,
    /// Its length in milliseconds.
    pub duration_ms: u64,
    /// Its picture.
    pub track: &'a VideoTrack,
}

/// A frame of the video as a JPEG: the one with the most contrast that is neither too dark nor too bright, from several
/// positions. `None` if all are dark or empty, or the colours cannot be shown. Runs with the lowest priority and one
/// thread; blocks until it is done.
///
/// # Errors
/// When ffmpeg cannot be run or cannot read the file.
pub fn frame(film: Film<'_>) -> Result<Option<Vec<u8>>, ProbeError> {
    if !can_be_shown(film.track, film.maps_tones) {
        return Ok(None);
    }
    let mut best: Option<(f64, u64)> = None;
    let mut failure = None;
    for place in PLACES {
        let at_ms = film.duration_ms * place / 1000;
        match film.light(at_ms).map(|light| light.and_then(score)) {
            Ok(Some(score)) if best.is_none_or(|(most, _)| score > most) => best = Some((score, at_ms)),
            Ok(_) => {}
            Err(error @ ProbeError::NeedsFfprobe) => return Err(error),
            // One place that cannot be read does not spoil the others.
            Err(error) => failure = Some(error),
        }
    }
    match (best, failure) {
        (Some((_, at_ms)), _) => film.jpeg(at_ms).map(Some),
        (None, Some(error)) => Err(error),
        (None, None) => Ok(None),
    }
}

impl Film<'_> {
    /// The brightness of the frame at a position; `None` if there is no frame.
    fn light(self, at_ms: u64) -> Result<Option<Light>, ProbeError> {
        let (width, height) = SMALL;
        let filters = self.filters(&format!("scale={width}:{height}"), "format=gray");
        let said = self.run(at_ms, &filters, &["-f", "rawvideo"])?;
        Ok((said.len() == width * height).then(|| light(&said)))
    }

    fn jpeg(self, at_ms: u64) -> Result<Vec<u8>, ProbeError> {
        let filters = self.filters(&format!("scale='min({WIDTH},iw)':-2"), "format=yuvj420p");
        self.run(at_ms, &filters, &["-c:v", "mjpeg", "-q:v", "3", "-f", "image2pipe"])
    }

    fn filters(self, scale: &str, format: &str) -> String {
        match self.track.hdr {
            Some(hdr) => format!("{scale},{},{format}", to_standard(hdr)),
            None => format!("{scale},{format}"),
        }
    }

    fn run(self, at_ms: u64, filters: &str, output: &[&str]) -> Result<Vec<u8>, ProbeError> {
        let answer = match answer(
            self.arguments(Command::new("nice").args(["-n", "19"]).arg(self.ffmpeg), at_ms, filters, output),
            PATIENCE,
        ) {
            // Not every system has `nice`.
            Err(ProbeError::NeedsFfprobe) => {
                answer(self.arguments(&mut Command::new(self.ffmpeg), at_ms, filters, output), PATIENCE)?
            }
            answered => answered?,
        };
        match answer.success {
            true => Ok(answer.said),
            false => Err(reason(&answer.complaints)),
        }
    }

    fn arguments<'c>(
        self,
        command: &'c mut Command,
        at_ms: u64,
        filters: &str,
        output: &[&str],
    ) -> &'c mut Command {
        command
            .args(["-hide_banner", "-nostdin", "-v", "error", "-threads", "1"])
            .args(["-ss", &format!("{}.{:03}", at_ms / 1000, at_ms % 1000)])
            .args(input(self.file))
            .args(["-map", &format!("0:{}", self.track.index), "-frames:v", "1", "-vf", filters])
            .args(["-threads", "1"])
            .args(output)
            .arg("pipe:1")
    }
}

fn light(grey: &[u8]) -> Light {
    let count = grey.len().max(1) as f64;
    let mean = grey.iter().map(|&one| f64::from(one)).sum::<f64>() / count;
    let square = grey.iter().map(|&one| (f64::from(one) - mean).powi(2)).sum::<f64>() / count;
    Light { mean, deviation: square.sqrt() }
}

/// The score of a frame: more contrast is better, unless it is too dark or too bright. `None` for black frames, fades
/// and empty screens.
fn score(light: Light) -> Option<f64> {
    if light.mean < 24.0 || light.mean > 232.0 || light.deviation < 10.0 {
        return None;
    }
    // Full marks from here to there; lettering on black has much contrast and little light.
    let in_light = match light.mean {
        dark if dark < 60.0 => (dark - 16.0) / 44.0,
        bright if bright > 180.0 => (245.0 - bright) / 65.0,
        _ => 1.0,
    };
    Some(light.deviation.min(70.0) * in_light.clamp(0.0, 1.0))
}

/// Whether this ffmpeg has `zscale`. Blocks.
pub fn maps_tones(ffmpeg: &Path) -> bool {
    let asked = answer(Command::new(ffmpeg).args(["-hide_banner", "-filters"]), PATIENCE);
    asked.is_ok_and(|answer| String::from_utf8_lossy(&answer.said).contains(" zscale "))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn of(pixels: impl Fn(usize) -> u8) -> Option<f64> {
        score(light(&(0..2304).map(pixels).collect::<Vec<_>>()))
    }

    #[rstest]
    #[case::black(|_| 16)]
    #[case::white(|_| 235)]
    #[case::one_colour(|_| 110)]
    #[case::a_fade(|at: usize| 18 + (at % 5) as u8)]
    #[case::credits(|at: usize| if at.is_multiple_of(60) { 230 } else { 16 })]
    fn an_empty_frame_is_no_picture(#[case] pixels: fn(usize) -> u8) {
        assert_eq!(of(pixels), None);
    }

    #[test]
    fn a_scene_in_daylight_beats_one_at_night_and_one_in_fog() {
        let day = of(|at| 40 + (at % 64 * 3) as u8);
        let night = of(|at| if at.is_multiple_of(6) { 120 } else { 20 });
        let fog = of(|at| 120 + (at % 64 / 2) as u8);
        assert!(day > night && day > fog, "{day:?} {night:?} {fog:?}");
        assert!(night.is_some());
    }

    #[test]
    fn dark_and_glaring_frames_count_less_than_one_in_good_light() {
        let at = |mean| score(Light { mean, deviation: 50.0 }).unwrap();
        assert!(at(40.0) < at(61.0) && at(210.0) < at(179.0));
        assert!((at(61.0) - at(179.0)).abs() < 1e-9, "both are in good light");
    }
}
