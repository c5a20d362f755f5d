//! Plans for converting a file with ffmpeg. They are part of a stream's URLs, so that a stream can continue
//! after a restart of the server.

use std::fmt;
use std::str::FromStr;

/// How the tracks of a stream are converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StreamPlan {
    /// The video.
    pub video: VideoPlan,
    /// The audio; `None` if the file has none.
    pub audio: Option<AudioPlan>,
}

/// How the video is converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VideoPlan {
    /// Copied without converting.
    Copy,
    /// Converted to H.264.
    Encode {
        /// Height in lines if it is scaled down.
        height: Option<u32>,
        /// Whether HDR is mapped to SDR.
        tone_map: bool,
        /// Index of the subtitles to burn into the video.
        subtitle: Option<usize>,
    },
}

/// How the audio is converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AudioPlan {
    /// Index among the audio tracks of the file.
    pub index: usize,
    /// Whether it is copied; otherwise it is converted to AAC.
    pub copy: bool,
}

/// The text is not a valid plan.
#[derive(Debug, PartialEq, Eq)]
pub struct NotAPlan;

impl fmt::Display for StreamPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.video {
            VideoPlan::Copy => write!(f, "copy")?,
            VideoPlan::Encode { height, tone_map, subtitle } => {
                write!(f, "h264")?;
                if let Some(height) = height {
                    write!(f, "-{height}")?;
                }
                if tone_map {
                    write!(f, "-sdr")?;
                }
                if let Some(subtitle) = subtitle {
                    write!(f, "-sub{subtitle}")?;
                }
            }
        }
        match self.audio {
            Some(AudioPlan { index, copy: true }) => write!(f, ".{index}.copy"),
            Some(AudioPlan { index, copy: false }) => write!(f, ".{index}.aac"),
            None => Ok(()),
        }
    }
}

impl FromStr for StreamPlan {
    type Err = NotAPlan;

    fn from_str(text: &str) -> Result<Self, NotAPlan> {
        let mut parts = text.split('.');
        let video = video(parts.next().unwrap_or_default()).ok_or(NotAPlan)?;
        let audio = match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => None,
            (Some(index), Some(kind @ ("copy" | "aac")), None) => {
                Some(AudioPlan { index: index.parse().map_err(|_| NotAPlan)?, copy: kind == "copy" })
            }
            _ => return Err(NotAPlan),
        };
        Ok(Self { video, audio })
    }
}

fn video(text: &str) -> Option<VideoPlan> {
    if text == "copy" {
        return Some(VideoPlan::Copy);
    }
    let rest = text.strip_prefix("h264")?;
    let (rest, subtitle) = match rest.split_once("-sub") {
        Some((rest, index)) => (rest, Some(index.parse().ok()?)),
        None => (rest, None),
    };
    let (rest, tone_map) = rest.strip_suffix("-sdr").map_or((rest, false), |rest| (rest, true));
    let height = match rest.strip_prefix('-') {
        Some(height) => Some(height.parse().ok().filter(|height| (100..=4320).contains(height))?),
        None if rest.is_empty() => None,
        None => return None,
    };
    Some(VideoPlan::Encode { height, tone_map, subtitle })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("copy")]
    #[case("copy.0.copy")]
    #[case("copy.12.aac")]
    #[case("h264")]
    #[case("h264-720.1.aac")]
    #[case("h264-sdr.0.copy")]
    #[case("h264-1080-sdr.0.aac")]
    #[case("h264-sub3.0.aac")]
    #[case("h264-1080-sdr-sub0")]
    fn plans_are_parsed_from_their_text_form(#[case] text: &str) {
        assert_eq!(text.parse::<StreamPlan>().unwrap().to_string(), text);
    }

    #[rstest]
    #[case("")]
    #[case("vp9")]
    #[case("h264-7")]
    #[case("h264-720;rm -rf")]
    #[case("h264-sub")]
    #[case("h264-sub1-sdr")]
    #[case("copy-sub1")]
    #[case("copy.0")]
    #[case("copy.x.aac")]
    #[case("copy.0.aac.1")]
    fn invalid_texts_are_rejected(#[case] text: &str) {
        assert_eq!(text.parse::<StreamPlan>(), Err(NotAPlan));
    }
}
