//! How video is converted; pure functions.

use media::probe::{Hdr, SubtitleTrack, VideoTrack};
use media::tone_mapping::to_sdr;

use super::segments::ENCODED;

/// With at least this many cores, ffmpeg uses a slower preset with better quality.
const CORES_TO_SPARE: usize = 6;

/// A conversion of video.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conversion<'a> {
    pub(super) video: Option<&'a VideoTrack>,
    /// Height in lines when it is scaled down.
    pub(super) height: Option<u32>,
    /// The kind of HDR, when it is mapped to SDR.
    pub(super) hdr: Option<Hdr>,
    /// Subtitles to draw into it.
    pub(super) subtitle: Option<&'a SubtitleTrack>,
    /// Seconds at the start that are decoded only for their subtitles and then dropped.
    pub(super) lead: u64,
    /// Processor cores of this machine.
    pub(super) cores: usize,
}

impl Conversion<'_> {
    /// The arguments that select and convert the video. `input` is the stream specifier, such as `0:1`.
    pub(super) fn arguments(self, input: &str) -> Vec<String> {
        let mut words = match self.subtitle {
            Some(track) => {
                let graph = self.with_subtitles(input, track);
                vec!["-filter_complex".to_owned(), graph, "-map".to_owned(), "[out]".to_owned()]
            }
            None => vec!["-map".to_owned(), input.to_owned(), "-vf".to_owned(), self.filters().join(",")],
        };
        words.extend(self.encoder());
        words
    }

    /// Fits subtitles into the picture at its final size. Their canvas may be higher than a picture without black bars, and
    /// subtitles in the bars must stay visible.
    fn with_subtitles(self, input: &str, track: &SubtitleTrack) -> String {
        let (width, height) = self.size();
        let lead = if self.lead > 0 { format!("trim=start={},", self.lead) } else { String::new() };
        format!(
            "[{input}]{lead}{}[picture];\
             [0:{}]scale={width}:{height}:force_original_aspect_ratio=decrease[text];\
             [picture][text]overlay=(W-w)/2:H-h:eof_action=pass,format=yuv420p[out]",
            self.filters().join(","),
            track.index,
        )
    }

    /// Width and height of the output.
    fn size(self) -> (u32, u32) {
        let (width, height) = self.video.map_or((0, 0), |video| (video.width, video.height));
        let (width, height) = if width == 0 || height == 0 { (1920, 1080) } else { (width, height) };
        let lines = self.height.unwrap_or(height);
        (even(u64::from(width) * u64::from(lines) / u64::from(height)), even(u64::from(lines)))
    }

    fn filters(self) -> Vec<String> {
        let mut filters = Vec::new();
        if self.video.is_none_or(|video| may_be_interlaced(&video.codec)) {
            // Frames that are not marked as interlaced are left unchanged.
            filters.push("yadif=deint=interlaced".to_owned());
        }
        filters.push(match self.height {
            Some(height) => format!("scale=-2:{height}"),
            // H.264 needs even sizes.
            None => "scale=trunc(iw/2)*2:trunc(ih/2)*2".to_owned(),
        });
        if let Some(hdr) = self.hdr {
            filters.push(to_sdr(hdr));
        }
        filters.push("format=yuv420p".to_owned());
        filters
    }

    /// Tuned for zero latency, so that a segment is complete as soon as its last frame is decoded. With few cores it uses
    /// the fastest preset that still looks good.
    fn encoder(self) -> Vec<String> {
        let (rate, buffer) = match self.size().1 {
            ..=480 => ("2M", "4M"),
            481..=720 => ("4M", "8M"),
            _ => ("8M", "16M"),
        };
        let preset = if self.cores >= CORES_TO_SPARE { "veryfast" } else { "superfast" };
        let keyframes = format!("expr:gte(t,n_forced*{})", ENCODED / 1000);
        let words = [
            ["-c:v", "libx264"],
            ["-preset", preset],
            ["-tune", "zerolatency"],
            ["-crf", "21"],
            ["-maxrate", rate],
            ["-bufsize", buffer],
            ["-profile:v", "high"],
            ["-sc_threshold", "0"],
            ["-g", "600"],
            ["-force_key_frames", &keyframes],
            ["-threads", "0"],
        ];
        words.concat().into_iter().map(str::to_owned).collect()
    }
}

/// Whether the codec is used with interlaced video, as on television, DVDs and cameras.
fn may_be_interlaced(codec: &str) -> bool {
    ["h264", "mpeg2video", "mpeg1video", "mpeg4", "vc1", "dvvideo"].contains(&codec)
}

fn even(number: u64) -> u32 {
    u32::try_from(number / 2 * 2).unwrap_or_default().max(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conversion(video: &VideoTrack) -> Conversion<'_> {
        Conversion { video: Some(video), height: None, hdr: None, subtitle: None, lead: 0, cores: 2 }
    }

    fn said(conversion: Conversion<'_>) -> String {
        conversion.arguments("0:0").join(" ")
    }

    fn track(codec: &str) -> VideoTrack {
        VideoTrack { codec: codec.to_owned(), width: 3840, height: 1600, ..VideoTrack::default() }
    }

    #[test]
    fn high_dynamic_range_is_mapped_after_scaling_which_saves_work() {
        let video = track("hevc");
        let said = said(Conversion { hdr: Some(Hdr::Hlg), height: Some(720), ..conversion(&video) });
        assert!(said.contains("scale=-2:720,setparams") && said.contains("color_trc=arib-std-b67"), "{said}");
        assert!(said.contains("tonemap") && said.contains("-maxrate 4M"), "{said}");
    }

    #[test]
    fn only_codecs_with_interlaced_video_are_deinterlaced() {
        assert!(said(conversion(&track("mpeg2video"))).contains("yadif=deint=interlaced"));
        assert!(!said(conversion(&track("hevc"))).contains("yadif"));
    }

    #[test]
    fn machines_with_few_cores_use_the_fastest_preset() {
        let video = track("hevc");
        assert!(said(conversion(&video)).contains("superfast"));
        assert!(said(Conversion { cores: 8, ..conversion(&video) }).contains("veryfast"));
    }

    #[test]
    fn subtitles_are_fitted_into_the_final_picture() {
        let video = track("hevc");
        let subtitle = SubtitleTrack { index: 4, ..SubtitleTrack::default() };
        let selection =
            Conversion { subtitle: Some(&subtitle), height: Some(720), lead: 5, ..conversion(&video) };
        let said = said(selection);
        assert!(said.contains("[0:0]trim=start=5,scale=-2:720"), "{said}");
        assert!(said.contains("[0:4]scale=1728:720:force_original_aspect_ratio=decrease"), "{said}");
        assert!(said.contains("-map [out]"), "{said}");
    }
}
