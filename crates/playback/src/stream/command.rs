//! The arguments of ffmpeg. Pure functions.

use std::ffi::OsString;
use std::path::Path;

use media::probe::{AudioTrack, SubtitleTrack, VideoTrack, input};

use super::conversion::Conversion;
use super::fragments::OFFSET_MS;
use crate::plan::{StreamPlan, VideoPlan};

/// Seconds that are read before the target of a seek, because subtitles that appear there may still be
/// visible at the target.
const LEAD: u64 = 5;

/// Filters that mix audio down to stereo without clipping.
const STEREO_MIX: &str = "aformat=sample_fmts=fltp:channel_layouts=stereo,alimiter=limit=0.97:level=false";

/// The input of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job<'a> {
    pub(super) file: &'a Path,
    pub(super) video: Option<&'a VideoTrack>,
    pub(super) audio: Option<&'a AudioTrack>,
    /// The subtitles to burn into the video.
    pub(super) subtitle: Option<&'a SubtitleTrack>,
    pub(super) plan: StreamPlan,
    /// Start of the first segment, in milliseconds from the first frame.
    pub(super) start: u64,
    /// Timestamp of the file's first frame, in milliseconds.
    pub(super) origin: u64,
    /// Start of the file in its movie, in milliseconds.
    pub(super) begin: u64,
    /// Whether ffmpeg has `zscale`, which tone mapping needs.
    pub(super) can_tone_map: bool,
    /// Number of processor cores of this machine.
    pub(super) cores: usize,
}

/// The arguments for a run that writes a fragmented MP4 to its standard output, one fragment per keyframe.
pub(super) fn arguments(job: Job<'_>) -> Vec<OsString> {
    let mut args: Vec<OsString> = Vec::new();
    let mut add = |words: &[&str]| args.extend(words.iter().map(OsString::from));
    add(&["-hide_banner", "-nostdin", "-v", "error"]);
    let lead = job.subtitle.map_or(0, |_| LEAD.min(job.start / 1000));
    let offset = if job.plan.video == VideoPlan::Copy {
        // Keep the file's timestamps, because segment boundaries are computed from them. ffmpeg starts at the
        // last keyframe before the requested time. Requesting a slightly earlier time finds the right
        // keyframe or the one before, and frames before the segment are dropped.
        add(&["-copyts", "-seek_timestamp", "1"]);
        if job.start > 0 {
            add(&["-ss", &seconds((job.origin + job.start).saturating_sub(10))]);
        }
        signed(OFFSET_MS + job.begin) - signed(job.origin)
    } else {
        if job.start > 0 {
            add(&["-ss", &seconds(job.start - lead * 1000)]);
        }
        signed(OFFSET_MS + job.begin + job.start)
    };
    args.extend(input(job.file));
    let video = job.video.map_or_else(|| "0:v:0".to_owned(), |video| format!("0:{}", video.index));
    args.extend(video_arguments(job, &video, lead).into_iter().map(OsString::from));
    args.extend(audio_arguments(job).into_iter().map(OsString::from));
    let mut add = |words: &[&str]| args.extend(words.iter().map(OsString::from));
    if lead > 0 {
        add(&["-ss", &seconds(lead * 1000)]);
    }
    add(&["-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-max_muxing_queue_size", "4096"]);
    add(&["-avoid_negative_ts", "disabled", "-output_ts_offset", &signed_seconds(offset)]);
    add(&["-movflags", "+frag_keyframe+empty_moov+default_base_moof+frag_discont+negative_cts_offsets"]);
    // Flush each fragment as soon as it is complete. Otherwise its last bytes would come with the next
    // fragment.
    add(&["-flush_packets", "1", "-f", "mp4", "pipe:1"]);
    args
}

fn video_arguments(job: Job<'_>, input: &str, lead: u64) -> Vec<String> {
    match job.plan.video {
        VideoPlan::Copy => {
            let is_hevc = job.video.is_some_and(|video| video.codec == "hevc");
            let tag: &[&str] = if is_hevc { &["-tag:v", "hvc1"] } else { &[] };
            [&["-map", input, "-c:v", "copy"], tag].concat().into_iter().map(str::to_owned).collect()
        }
        VideoPlan::Encode { height, tone_map, .. } => {
            let hdr = job.video.and_then(|video| video.hdr).filter(|_| tone_map && job.can_tone_map);
            let (video, subtitle, cores) = (job.video, job.subtitle, job.cores);
            Conversion { video, height, hdr, subtitle, lead, cores }.arguments(input)
        }
    }
}

fn audio_arguments(job: Job<'_>) -> Vec<String> {
    let Some(audio) = job.plan.audio else { return Vec::new() };
    let input =
        job.audio.map_or_else(|| format!("0:a:{}", audio.index), |track| format!("0:{}", track.index));
    let codec: &[&str] = match job.audio.map_or(0, |track| track.channels) {
        _ if audio.copy => &["-c:a", "copy"],
        1..=2 => &["-c:a", "aac", "-b:a", "192k", "-ac", "2"],
        // The mix keeps the loudness of dialogue, so the sum of all channels has to be limited to avoid
        // clipping.
        _ => &["-c:a", "aac", "-b:a", "192k", "-af", STEREO_MIX],
    };
    [&["-map", &input], codec].concat().into_iter().map(str::to_owned).collect()
}

fn signed(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

fn signed_seconds(ms: i64) -> String {
    let sign = if ms < 0 { "-" } else { "" };
    format!("{sign}{}", seconds(ms.unsigned_abs()))
}

fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

#[cfg(test)]
mod tests {
    use media::probe::Hdr;

    use super::*;
    use crate::plan::AudioPlan;

    fn command_line(plan: &str, start: u64) -> String {
        command_line_of(plan, start, 0, 0)
    }

    fn command_line_of(plan: &str, start: u64, origin: u64, begin: u64) -> String {
        let plan: StreamPlan = plan.parse().unwrap();
        let video = VideoTrack { codec: "hevc".to_owned(), hdr: Some(Hdr::Hlg), ..VideoTrack::default() };
        let audio = AudioTrack { index: 2, channels: 6, ..AudioTrack::default() };
        let subtitle = SubtitleTrack { index: 5, ..SubtitleTrack::default() };
        let burned_in = matches!(plan.video, VideoPlan::Encode { subtitle: Some(_), .. });
        let job = Job {
            file: Path::new("/a b.mkv"),
            video: Some(&video),
            audio: Some(&audio),
            subtitle: burned_in.then_some(&subtitle),
            plan,
            start,
            origin,
            begin,
            can_tone_map: true,
            cores: 4,
        };
        arguments(job).iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn copying_seeks_by_the_files_own_timestamps() {
        let arguments = command_line("copy.1.aac", 6006);
        assert!(
            arguments.contains(
                "-copyts -seek_timestamp 1 -ss 5.996 -protocol_whitelist file,pipe -format_whitelist mov,"
            ),
            "{arguments}"
        );
        assert!(arguments.contains("-i file:/a b.mkv -map 0:0 -c:v copy -tag:v hvc1"), "{arguments}");
        assert!(arguments.contains("-map 0:2 -c:a aac") && arguments.contains("alimiter"), "{arguments}");
        assert!(arguments.contains("-output_ts_offset 10.000"), "{arguments}");
    }

    #[test]
    fn converting_shifts_timestamps_to_the_segments_start() {
        let arguments = command_line("h264-720-sdr.1.copy", 8000);
        assert!(
            arguments.contains("-ss 8.000 -protocol_whitelist")
                && arguments.contains("-output_ts_offset 18.000"),
            "{arguments}"
        );
        assert!(
            arguments.contains("scale=-2:720") && arguments.contains("color_trc=arib-std-b67"),
            "{arguments}"
        );
        assert!(arguments.contains("tonemap"), "{arguments}");
        assert!(!arguments.contains("-copyts") && arguments.contains("-c:a copy"), "{arguments}");
    }

    #[test]
    fn subtitles_that_appear_before_a_seek_target_are_read() {
        let arguments = command_line("h264-sub1.1.aac", 8000);
        assert!(
            arguments.contains("-ss 3.000 -protocol_whitelist") && arguments.contains("-ss 5.000 -sn"),
            "{arguments}"
        );
        assert!(
            arguments.contains("-output_ts_offset 18.000") && arguments.contains("[0:5]scale"),
            "{arguments}"
        );
        assert!(command_line("h264-sub1.1.aac", 2000).contains("-ss 0.000 -protocol_whitelist"));
    }

    #[test]
    fn timestamps_are_shifted_for_late_starts_and_later_parts() {
        let late = command_line_of("copy.1.aac", 6000, 25_000, 0);
        assert!(late.contains("-ss 30.990") && late.contains("-output_ts_offset -15.000"), "{late}");
        let second = command_line_of("copy.1.aac", 0, 0, 60_000);
        assert!(!second.contains("-ss") && second.contains("-output_ts_offset 70.000"), "{second}");
        let converted = command_line_of("h264.1.aac", 6000, 25_000, 60_000);
        assert!(
            converted.contains("-ss 6.000") && converted.contains("-output_ts_offset 76.000"),
            "{converted}"
        );
    }

    #[test]
    fn a_plan_without_audio_maps_no_audio() {
        let plan = StreamPlan { video: VideoPlan::Copy, audio: None::<AudioPlan> };
        assert!(!command_line(&plan.to_string(), 0).contains("-c:a"));
    }
}
