//! What is read out of real files, made by ffmpeg.

use std::path::Path;

use media::keyframes::keyframes;
use media::probe::{Hdr, MediaInfo, ProbeError, examine};
use rstest::rstest;

use crate::clips::{Clip, clip, mkv, mp4};

fn info(clip: &Clip) -> MediaInfo {
    examine(&clip.path, None).unwrap().info.unwrap()
}

#[test]
fn an_mp4_tells_its_picture_and_sound() {
    let Some(clip) = mp4() else { return };
    let info = info(&clip);
    assert_eq!(info.container, "mp4");
    assert!((1990..=2050).contains(&info.duration_ms.unwrap()), "{info:?}");
    let video = info.video.unwrap();
    assert_eq!(
        (video.codec.as_str(), video.width, video.height, video.bit_depth),
        ("h264", 320, 180, Some(8))
    );
    assert!(video.codec_string.unwrap().starts_with("avc1.42c0"));
    assert!((video.frame_rate.unwrap() - 25.0).abs() < 0.1);
    assert_eq!(video.hdr, None);
    let [audio] = info.audio.as_slice() else { panic!("one audio track, not {:?}", info.audio) };
    assert_eq!(
        (audio.codec.as_str(), audio.codec_string.as_deref(), audio.channels),
        ("aac", Some("mp4a.40.2"), 1)
    );
    assert_eq!((audio.index, audio.language.as_deref(), audio.title.as_deref()), (1, None, None));
    assert!(!info.truncated);
}

#[test]
fn headers_are_found_at_the_front_of_an_mp4_too() {
    let Some(clip) = clip("front.mp4", &["-c:v", "libx264", "-c:a", "aac", "-movflags", "+faststart"]) else {
        return;
    };
    assert_eq!(info(&clip).video.unwrap().codec, "h264");
}

#[test]
fn a_fragmented_mp4_has_a_duration() {
    let flags = [
        "-c:v",
        "libx264",
        "-c:a",
        "aac",
        "-movflags",
        "+frag_keyframe+empty_moov+default_base_moof",
        "-g",
        "10",
    ];
    let Some(clip) = clip("fragments.mp4", &flags) else { return };
    let duration = info(&clip).duration_ms.unwrap();
    assert!((1500..=2100).contains(&duration), "{duration}");
}

#[test]
fn a_matroska_file_tells_its_tracks_languages_and_flags() {
    let Some(clip) = mkv() else { return };
    let info = info(&clip);
    assert_eq!(info.container, "matroska");
    assert!((1990..=2050).contains(&info.duration_ms.unwrap()));
    let video = info.video.unwrap();
    assert_eq!((video.codec.as_str(), video.width, video.height), ("h264", 320, 180));
    assert!(video.codec_string.unwrap().starts_with("avc1."));
    let audio: Vec<_> =
        info.audio.iter().map(|a| (a.index, a.language.as_deref(), a.title.as_deref(), a.channels)).collect();
    assert_eq!(audio, [(1, Some("en"), Some("Original"), 6), (2, Some("de"), None, 1)]);
    let [subtitle] = info.subtitles.as_slice() else {
        panic!("one subtitle track, not {:?}", info.subtitles)
    };
    assert_eq!(
        (subtitle.index, subtitle.codec.as_str(), subtitle.language.as_deref()),
        (3, "subrip", Some("nl"))
    );
    assert!(subtitle.forced && subtitle.is_text());
}

#[rstest]
#[case::vp9("a.webm", &["-c:v", "libvpx-vp9", "-cpu-used", "8", "-c:a", "libopus"], "webm", "vp9", "vp09.", "opus", "opus")]
#[case::vp8("a.webm", &["-c:v", "libvpx", "-cpu-used", "8", "-c:a", "libvorbis"], "webm", "vp8", "vp8", "vorbis", "vorbis")]
#[case::av1("a.mp4", &["-c:v", "libsvtav1", "-preset", "12", "-c:a", "libopus"], "mp4", "av1", "av01.0.", "opus", "opus")]
#[case::av1_mkv("a.mkv", &["-c:v", "libsvtav1", "-preset", "12", "-c:a", "flac"], "matroska", "av1", "av01.0.", "flac", "flac")]
#[case::hevc("a.mp4", &["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1", "-c:a", "ac3"], "mp4", "hevc", "hvc1.", "ac3", "ac-3")]
#[case::hevc_mkv("a.mkv", &["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-c:a", "eac3"], "matroska", "hevc", "hvc1.", "eac3", "ec-3")]
#[case::quicktime("a.mov", &["-c:v", "libx264", "-c:a", "libmp3lame"], "mov", "h264", "avc1.", "mp3", "mp4a.6B")]
#[case::mpeg4("a.mkv", &["-c:v", "mpeg4", "-c:a", "libmp3lame"], "matroska", "mpeg4", "", "mp3", "mp4a.6B")]
fn codecs_are_named_as_ffmpeg_and_browsers_do(
    #[case] name: &str,
    #[case] arguments: &[&str],
    #[case] container: &str,
    #[case] video: &str,
    #[case] video_string: &str,
    #[case] audio: &str,
    #[case] audio_string: &str,
) {
    let Some(clip) = clip(name, arguments) else { return };
    let info = info(&clip);
    let track = info.video.unwrap();
    assert_eq!((info.container.as_str(), track.codec.as_str()), (container, video));
    assert_eq!((track.width, track.height), (320, 180));
    assert!(
        track.codec_string.clone().unwrap_or_default().starts_with(video_string),
        "{:?}",
        track.codec_string
    );
    assert_eq!(info.audio[0].codec, audio);
    assert_eq!(info.audio[0].codec_string.as_deref(), Some(audio_string));
}

#[rstest]
#[case::hdr10("a.mp4", "smpte2084", Some(Hdr::Hdr10))]
#[case::hlg("a.mp4", "arib-std-b67", Some(Hdr::Hlg))]
#[case::hdr10_mkv("a.mkv", "smpte2084", Some(Hdr::Hdr10))]
#[case::sdr("a.mkv", "bt709", None)]
fn high_dynamic_range_is_told_by_its_transfer(
    #[case] name: &str,
    #[case] transfer: &str,
    #[case] hdr: Option<Hdr>,
) {
    let x265 = format!("log-level=none:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc");
    let codec = ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-x265-params", &x265];
    let colour = ["-color_trc", transfer, "-color_primaries", "bt2020", "-colorspace", "bt2020nc", "-tag:v"];
    let tag = if name == "a.mp4" { "hvc1" } else { "0" };
    let Some(clip) = clip(name, &[&codec[..], &colour, &[tag]].concat()) else { return };
    let video = info(&clip).video.unwrap();
    assert_eq!((video.hdr, video.bit_depth), (hdr, Some(10)));
}

#[test]
fn other_containers_need_ffprobe() {
    let Some(clip) = clip("a.avi", &["-c:v", "mpeg4", "-vtag", "XVID", "-c:a", "libmp3lame"]) else { return };
    assert!(matches!(examine(&clip.path, None).unwrap().info, Err(ProbeError::NeedsFfprobe)));
    let info = examine(&clip.path, Some(Path::new("ffprobe"))).unwrap().info.unwrap();
    assert_eq!((info.container.as_str(), info.video.unwrap().codec.as_str()), ("avi", "mpeg4"));
    assert_eq!(info.audio[0].codec, "mp3");
}

#[test]
fn a_missing_ffprobe_is_an_error_not_a_crash() {
    let Some(clip) = clip("a.avi", &["-c:v", "mpeg4"]) else { return };
    let answer = examine(&clip.path, Some(Path::new("/nowhere/ffprobe"))).unwrap().info;
    assert!(matches!(answer, Err(ProbeError::Ffprobe(_))), "{answer:?}");
}

#[rstest]
#[case::mp4("a.mp4")]
#[case::mkv("a.mkv")]
fn keyframes_are_where_the_encoder_put_them(#[case] name: &str) {
    let codec = [
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-bf",
        "2",
        "-g",
        "10",
        "-sc_threshold",
        "0",
        "-c:a",
        "aac",
    ];
    let Some(clip) = clip(name, &codec) else { return };
    let times = keyframes(&clip.path).unwrap().unwrap();
    // Every tenth picture of 40 ms. A muxer may start a few milliseconds in, and Matroska rounds.
    let expected = [0_i64, 400, 800, 1200, 1600];
    assert_eq!(times.len(), expected.len(), "{times:?}");
    let first = times[0] as i64;
    assert!(first <= 100, "{times:?}");
    assert!(times.iter().zip(expected).all(|(time, at)| (*time as i64 - first - at).abs() <= 2), "{times:?}");
}

#[test]
fn a_file_keeps_its_fingerprint_under_another_name_and_changes_it_with_its_content() {
    let Some(clip) = mp4() else { return };
    let before = examine(&clip.path, None).unwrap().fingerprint;
    let moved = clip.path.with_file_name("Other name (1999).mp4");
    std::fs::copy(&clip.path, &moved).unwrap();
    assert_eq!(examine(&moved, None).unwrap().fingerprint, before);
    let mut bytes = std::fs::read(&clip.path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&moved, bytes).unwrap();
    assert_ne!(examine(&moved, None).unwrap().fingerprint, before);
}
