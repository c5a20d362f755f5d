//! The arguments of ffmpeg for converting video. Pure functions.

use media::probe::{Hdr, SubtitleTrack, VideoTrack};
use media::tone_mapping::to_sdr;

use super::segments::ENCODED_MS;

/// With at least this many cores, ffmpeg uses a slower preset with better quality.
const CORES_FOR_SLOWER_PRESET: usize = 6;

/// A conversion of video.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conversion<'a> {
    pub(super) video: Option<&'a VideoTrack>,
    /// Height in lines if it is scaled down.
    pub(super) height: Option<u32>,
    /// The kind of HDR, if it is mapped to SDR.
    pub(super) hdr: Option<Hdr>,
    /// The subtitles to burn in.
    pub(super) subtitle: Option<&'a SubtitleTrack>,
    /// Seconds at the start that are decoded only for their subtitles and then dropped.
    pub(super) lead: u64,
    /// Number of processor cores of this machine.
    pub(super) cores: usize,
}

impl Conversion<'_> {
    /// The arguments that select and convert the video. `input` is the stream specifier, such as `0:1`.
    pub(super) fn arguments(self, input: &str) -> Vec<String> {
        let mut arguments = match self.subtitle {
            Some(track) => {
                let graph = self.with_subtitles(input, track);
                vec!["-filter_complex".to_owned(), graph, "-map".to_owned(), "[out]".to_owned()]
            }
            None => vec!["-map".to_owned(), input.to_owned(), "-vf".to_owned(), self.filters().join(",")],
        };
        arguments.extend(self.encoder());
        arguments
    }

    /// A filter graph that burns in subtitles at the output size. Their canvas may be higher than a video
    /// whose black bars were cropped, so it is scaled to fit, so that subtitles in the bars remain visible.
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
            // Frames that are not marked as interlaced are not changed.
            filters.push("yadif=deint=interlaced".to_owned());
        }
        filters.push(match self.height {
            Some(height) => format!("scale=-2:{height}"),
            // H.264 needs even dimensions.
            None => "scale=trunc(iw/2)*2:trunc(ih/2)*2".to_owned(),
        });
        if let Some(hdr) = self.hdr {
            filters.push(to_sdr(hdr));
        }
        filters.push("format=yuv420p".to_owned());
        filters
    }

    /// The arguments of the encoder. It is tuned for zero latency, so that a segment is complete as soon as
    /// its last frame is decoded. With few cores, the fastest preset that still looks good is used.
    fn encoder(self) -> Vec<String> {
        let (rate, buffer) = match self.size().1 {
            ..=480 => ("2M", "4M"),
            481..=720 => ("4M", "8M"),
            _ => ("8M", "16M"),
        };
        let preset = if self.cores >= CORES_FOR_SLOWER_PRESET { "veryfast" } else { "superfast" };
        let keyframes = format!("expr:gte(t,n_forced*{})", ENCODED_MS / 1000);
        let arguments = [
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
        arguments.concat().into_iter().map(str::to_owned).collect()
    }
}

/// Whether the codec is used for interlaced video, as in TV broadcasts, DVDs and cameras.
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

    fn arguments(conversion: Conversion<'_>) -> String {
        conversion.arguments("0:0").join(" ")
    }

    fn track(codec: &str) -> VideoTrack {
        VideoTrack { codec: codec.to_owned(), width: 3840, height: 1600, ..VideoTrack::default() }
    }

    #[test]
    fn hdr_is_tone_mapped_after_scaling() {
        let video = track("hevc");
        let arguments =
            arguments(Conversion { hdr: Some(Hdr::Hlg), height: Some(720), ..conversion(&video) });
        assert!(
            arguments.contains("scale=-2:720,setparams") && arguments.contains("color_trc=arib-std-b67"),
            "{arguments}"
        );
        assert!(arguments.contains("tonemap") && arguments.contains("-maxrate 4M"), "{arguments}");
    }

    #[test]
    fn only_codecs_with_interlaced_video_are_deinterlaced() {
        assert!(arguments(conversion(&track("mpeg2video"))).contains("yadif=deint=interlaced"));
        assert!(!arguments(conversion(&track("hevc"))).contains("yadif"));
    }

    #[test]
    fn machines_with_few_cores_use_the_fastest_preset() {
        let video = track("hevc");
        assert!(arguments(conversion(&video)).contains("superfast"));
        assert!(arguments(Conversion { cores: 8, ..conversion(&video) }).contains("veryfast"));
    }

    #[test]
    fn subtitles_are_scaled_to_the_output_size() {
        let video = track("hevc");
        let subtitle = SubtitleTrack { index: 4, ..SubtitleTrack::default() };
        let selection =
            Conversion { subtitle: Some(&subtitle), height: Some(720), lead: 5, ..conversion(&video) };
        let arguments = arguments(selection);
        assert!(arguments.contains("[0:0]trim=start=5,scale=-2:720"), "{arguments}");
        assert!(
            arguments.contains("[0:4]scale=1728:720:force_original_aspect_ratio=decrease"),
            "{arguments}"
        );
        assert!(arguments.contains("-map [out]"), "{arguments}");
    }
}
