//! What ffmpeg is told. Pure.

use std::ffi::OsString;
use std::path::Path;

use media::probe::{AudioTrack, Hdr, VideoTrack, local_file};

use super::fragments::OFFSET_MS;
use super::segments::ENCODED;
use crate::playback::plan::{StreamPlan, VideoPlan};

/// What a run works on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job<'a> {
    pub(super) file: &'a Path,
    pub(super) video: Option<&'a VideoTrack>,
    pub(super) audio: Option<&'a AudioTrack>,
    pub(super) plan: StreamPlan,
    /// Where to begin, in milliseconds: the start of a segment.
    pub(super) start: u64,
    /// ffmpeg has `zscale`, which tone mapping needs.
    pub(super) can_tone_map: bool,
}

/// The arguments for a run that writes a fragmented MP4 to its standard output, one fragment per keyframe.
pub(super) fn arguments(job: Job<'_>) -> Vec<OsString> {
    let mut args: Vec<OsString> = Vec::new();
    let mut add = |words: &[&str]| args.extend(words.iter().map(OsString::from));
    add(&["-hide_banner", "-nostdin", "-v", "error"]);
    let copied = job.plan.video == VideoPlan::Copy;
    let offset = if copied {
        // Times stay as the file has them, since the cuts are planned by them. ffmpeg begins at the keyframe before
        // the wanted time: a moment too early is the right one, and what lies before the segment is dropped.
        add(&["-copyts", "-seek_timestamp", "1"]);
        if job.start > 0 {
            add(&["-ss", &seconds(job.start.saturating_sub(10))]);
        }
        OFFSET_MS
    } else {
        if job.start > 0 {
            add(&["-ss", &seconds(job.start)]);
        }
        OFFSET_MS + job.start
    };
    add(&["-i"]);
    args.push(local_file(job.file));
    let mut add = |words: &[&str]| args.extend(words.iter().map(OsString::from));
    add(&["-map", &job.video.map_or_else(|| "0:v:0".to_owned(), |video| format!("0:{}", video.index))]);
    if let Some(audio) = job.plan.audio {
        add(&[
            "-map",
            &job.audio.map_or_else(|| format!("0:a:{}", audio.index), |track| format!("0:{}", track.index)),
        ]);
        add(if audio.copy { &["-c:a", "copy"] } else { &["-c:a", "aac", "-b:a", "192k", "-ac", "2"] });
    }
    add(&["-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"]);
    match job.plan.video {
        VideoPlan::Copy => {
            add(&["-c:v", "copy"]);
            if job.video.is_some_and(|video| video.codec == "hevc") {
                add(&["-tag:v", "hvc1"]);
            }
        }
        VideoPlan::Encode { height, tone_map } => {
            let hdr = job.video.and_then(|video| video.hdr).filter(|_| tone_map && job.can_tone_map);
            encode(&mut args, height, hdr);
        }
    }
    let mut add = |words: &[&str]| args.extend(words.iter().map(OsString::from));
    add(&[
        "-max_muxing_queue_size",
        "4096",
        "-avoid_negative_ts",
        "disabled",
        "-output_ts_offset",
        &seconds(offset),
    ]);
    add(&["-movflags", "+frag_keyframe+empty_moov+default_base_moof+frag_discont+negative_cts_offsets"]);
    add(&["-f", "mp4", "pipe:1"]);
    args
}

fn encode(args: &mut Vec<OsString>, height: Option<u32>, hdr: Option<Hdr>) {
    let mut filters = Vec::new();
    if let Some(height) = height {
        filters.push(format!("scale=-2:{height}"));
    } else {
        // H.264 wants even numbers.
        filters.push("scale=trunc(iw/2)*2:trunc(ih/2)*2".to_owned());
    }
    if let Some(hdr) = hdr {
        // Said here because the picture itself often does not say it, and without it there is no way to map.
        let transfer = if hdr == Hdr::Hlg { "arib-std-b67" } else { "smpte2084" };
        filters.push(format!("setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc"));
        filters
            .push("zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0".to_owned());
        filters.push("zscale=t=bt709:m=bt709:r=tv".to_owned());
    }
    filters.push("format=yuv420p".to_owned());
    let (rate, buffer) = match height.unwrap_or(1080) {
        ..=480 => ("2M", "4M"),
        481..=720 => ("4M", "8M"),
        _ => ("8M", "16M"),
    };
    let keyframes = format!("expr:gte(t,n_forced*{})", ENCODED / 1000);
    let words: [&str; 22] = [
        "-vf",
        &filters.join(","),
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        "21",
        "-maxrate",
        rate,
        "-bufsize",
        buffer,
        "-profile:v",
        "high",
        "-sc_threshold",
        "0",
        "-g",
        "600",
        "-force_key_frames",
        &keyframes,
        "-threads",
        "0",
    ];
    args.extend(words.iter().map(OsString::from));
}

fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playback::plan::AudioPlan;

    fn said(plan: &str, start: u64) -> String {
        let plan: StreamPlan = plan.parse().unwrap();
        let video = VideoTrack { codec: "hevc".to_owned(), hdr: Some(Hdr::Hlg), ..VideoTrack::default() };
        let audio = AudioTrack { index: 2, ..AudioTrack::default() };
        let job = Job {
            file: Path::new("/a b.mkv"),
            video: Some(&video),
            audio: Some(&audio),
            plan,
            start,
            can_tone_map: true,
        };
        arguments(job).iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_copy_seeks_by_the_files_own_times() {
        let said = said("copy.1.aac", 6006);
        assert!(
            said.contains("-copyts -seek_timestamp 1 -ss 5.996 -i file:/a b.mkv -map 0:0 -map 0:2"),
            "{said}"
        );
        assert!(said.contains("-c:a aac") && said.contains("-c:v copy -tag:v hvc1"), "{said}");
        assert!(said.contains("-output_ts_offset 10.000"), "{said}");
    }

    #[test]
    fn a_conversion_moves_its_times_to_the_segments_start() {
        let said = said("h264-720-sdr.1.copy", 8000);
        assert!(said.contains("-ss 8.000 -i") && said.contains("-output_ts_offset 18.000"), "{said}");
        assert!(said.contains("scale=-2:720") && said.contains("color_trc=arib-std-b67"), "{said}");
        assert!(said.contains("tonemap"), "{said}");
        assert!(!said.contains("-copyts") && said.contains("-c:a copy"), "{said}");
    }

    #[test]
    fn a_silent_film_has_no_sound_mapped() {
        let plan = StreamPlan { video: VideoPlan::Copy, audio: None::<AudioPlan> };
        assert!(!said(&plan.to_string(), 0).contains("-c:a"));
    }
}
