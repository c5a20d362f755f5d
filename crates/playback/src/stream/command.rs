//! The arguments of ffmpeg; pure functions.

use std::ffi::OsString;
use std::path::Path;

use media::probe::{AudioTrack, SubtitleTrack, VideoTrack, input};

use super::fragments::OFFSET_MS;
use super::picture::Conversion;
use crate::plan::{StreamPlan, VideoPlan};

/// Seconds read before a seek's target, because subtitles that appeared in them may still be visible.
const LEAD: u64 = 5;

/// Mixes down to stereo at the same loudness.
const MIXED_DOWN: &str = "aformat=sample_fmts=fltp:channel_layouts=stereo,alimiter=limit=0.97:level=false";

/// The input of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job<'a> {
    pub(super) file: &'a Path,
    pub(super) video: Option<&'a VideoTrack>,
    pub(super) audio: Option<&'a AudioTrack>,
    /// The subtitles of the plan.
    pub(super) subtitle: Option<&'a SubtitleTrack>,
    pub(super) plan: StreamPlan,
    /// Where to start, in milliseconds behind the first frame: the start of a segment.
    pub(super) start: u64,
    /// Timestamp of the file's first frame, in milliseconds.
    pub(super) origin: u64,
    /// Where the file begins in its film, in milliseconds.
    pub(super) begin: u64,
    /// ffmpeg has `zscale`, which tone mapping needs.
    pub(super) can_tone_map: bool,
    /// Processor cores of this machine.
    pub(super) cores: usize,
}

/// The arguments for a run that writes a fragmented MP4 to its standard output, one fragment per keyframe.
pub(super) fn arguments(job: Job<'_>) -> Vec<OsString> {
    let mut args: Vec<OsString> = Vec::new();
    let mut add = |words: &[&str]| args.extend(words.iter().map(OsString::from));
    add(&["-hide_banner", "-nostdin", "-v", "error"]);
    let lead = job.subtitle.map_or(0, |_| LEAD.min(job.start / 1000));
    let offset = if job.plan.video == VideoPlan::Copy {
        // Keep the file's timestamps, because segment boundaries are computed from them. ffmpeg starts at the keyframe
        // before the requested time; asking slightly early finds the right one, and frames before the segment are dropped.
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
    let picture = job.video.map_or_else(|| "0:v:0".to_owned(), |video| format!("0:{}", video.index));
    args.extend(picture_arguments(job, &picture, lead).into_iter().map(OsString::from));
    args.extend(sound_arguments(job).into_iter().map(OsString::from));
    let mut add = |words: &[&str]| args.extend(words.iter().map(OsString::from));
    if lead > 0 {
        add(&["-ss", &seconds(lead * 1000)]);
    }
    add(&["-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-max_muxing_queue_size", "4096"]);
    add(&["-avoid_negative_ts", "disabled", "-output_ts_offset", &signed_seconds(offset)]);
    add(&["-movflags", "+frag_keyframe+empty_moov+default_base_moof+frag_discont+negative_cts_offsets"]);
    // Flush each fragment when it is complete, instead of its last bytes with the next one.
    add(&["-flush_packets", "1", "-f", "mp4", "pipe:1"]);
    args
}

fn picture_arguments(job: Job<'_>, input: &str, lead: u64) -> Vec<String> {
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

fn sound_arguments(job: Job<'_>) -> Vec<String> {
    let Some(audio) = job.plan.audio else { return Vec::new() };
    let input =
        job.audio.map_or_else(|| format!("0:a:{}", audio.index), |track| format!("0:{}", track.index));
    let how: &[&str] = match job.audio.map_or(0, |track| track.channels) {
        _ if audio.copy => &["-c:a", "copy"],
        1..=2 => &["-c:a", "aac", "-b:a", "192k", "-ac", "2"],
        // Dialogue keeps its loudness in the mix, so that all channels together may clip: limit them.
        _ => &["-c:a", "aac", "-b:a", "192k", "-af", MIXED_DOWN],
    };
    [&["-map", &input], how].concat().into_iter().map(str::to_owned).collect()
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
        let drawn = matches!(plan.video, VideoPlan::Encode { subtitle: Some(_), .. });
        let job = Job {
            file: Path::new("/a b.mkv"),
            video: Some(&video),
            audio: Some(&audio),
            subtitle: drawn.then_some(&subtitle),
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
    fn a_copy_seeks_by_the_files_own_times() {
        let said = command_line("copy.1.aac", 6006);
        assert!(
            said.contains(
                "-copyts -seek_timestamp 1 -ss 5.996 -protocol_whitelist file,pipe -format_whitelist mov,"
            ),
            "{said}"
        );
        assert!(said.contains("-i file:/a b.mkv -map 0:0 -c:v copy -tag:v hvc1"), "{said}");
        assert!(said.contains("-map 0:2 -c:a aac") && said.contains("alimiter"), "{said}");
        assert!(said.contains("-output_ts_offset 10.000"), "{said}");
    }

    #[test]
    fn a_conversion_moves_its_times_to_the_segments_start() {
        let said = command_line("h264-720-sdr.1.copy", 8000);
        assert!(
            said.contains("-ss 8.000 -protocol_whitelist") && said.contains("-output_ts_offset 18.000"),
            "{said}"
        );
        assert!(said.contains("scale=-2:720") && said.contains("color_trc=arib-std-b67"), "{said}");
        assert!(said.contains("tonemap"), "{said}");
        assert!(!said.contains("-copyts") && said.contains("-c:a copy"), "{said}");
    }

    #[test]
    fn subtitles_that_came_up_before_a_seek_are_read_too() {
        let words = command_line("h264-sub1.1.aac", 8000);
        assert!(
            words.contains("-ss 3.000 -protocol_whitelist") && words.contains("-ss 5.000 -sn"),
            "{words}"
        );
        assert!(words.contains("-output_ts_offset 18.000") && words.contains("[0:5]scale"), "{words}");
        assert!(command_line("h264-sub1.1.aac", 2000).contains("-ss 0.000 -protocol_whitelist"));
    }

    #[test]
    fn a_file_that_begins_late_or_in_the_middle_of_its_film_is_moved_there() {
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
    fn a_silent_film_has_no_sound_mapped() {
        let plan = StreamPlan { video: VideoPlan::Copy, audio: None::<AudioPlan> };
        assert!(!command_line(&plan.to_string(), 0).contains("-c:a"));
    }
}
