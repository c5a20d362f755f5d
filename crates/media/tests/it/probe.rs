//! Probes real files, made by ffmpeg.

use std::path::Path;

use media::keyframes::keyframes;
use media::probe::{Content, Hdr, MediaInfo, ProbeError, examine};
use rstest::rstest;

use crate::clips::{Clip, clip, mkv, mp4};

pub(crate) fn info(clip: &Clip) -> MediaInfo {
    examine(&clip.path, None).unwrap().info.unwrap()
}

#[test]
fn video_and_audio_of_an_mp4_are_read() {
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
    let [audio] = info.audio.as_slice() else { panic!("expected one audio track, not {:?}", info.audio) };
    assert_eq!(
        (audio.codec.as_str(), audio.codec_string.as_deref(), audio.channels),
        ("aac", Some("mp4a.40.2"), 1)
    );
    assert_eq!((audio.index, audio.language.as_deref(), audio.title.as_deref()), (1, None, None));
    assert!(!info.truncated);
}

#[test]
fn headers_at_the_beginning_of_an_mp4_are_found() {
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
fn tracks_languages_and_flags_of_a_matroska_file_are_read() {
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
        panic!("expected one subtitle track, not {:?}", info.subtitles)
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
fn codecs_have_the_names_of_ffmpeg_and_browsers(
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
fn hdr_is_detected_by_the_transfer_characteristic(
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
    let info = examine(&clip.path, Some(Path::new("/nowhere/ffprobe"))).unwrap().info;
    assert!(matches!(info, Err(ProbeError::NeedsFfprobe)), "{info:?}");
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
    // Every tenth frame of 40 ms. A muxer may start a few milliseconds late, and Matroska rounds times.
    let expected = [0_i64, 400, 800, 1200, 1600];
    assert_eq!(times.len(), expected.len(), "{times:?}");
    let first = times[0] as i64;
    assert!(first <= 100, "{times:?}");
    assert!(times.iter().zip(expected).all(|(time, at)| (*time as i64 - first - at).abs() <= 2), "{times:?}");
}

#[test]
fn the_fingerprint_depends_on_the_content_and_not_on_the_name() {
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

#[rstest]
#[case::vp9_webm("a.webm", "libvpx-vp9", "yuv420p10le", 10)]
#[case::vp9_matroska("a.mkv", "libvpx-vp9", "yuv420p10le", 10)]
#[case::vp9_mp4("a.mp4", "libvpx-vp9", "yuv420p10le", 10)]
#[case::vp9_of_8_bits("a.webm", "libvpx-vp9", "yuv420p", 8)]
#[case::vp9_of_12_bits("a.mkv", "libvpx-vp9", "yuv420p12le", 12)]
#[case::av1_matroska("a.mkv", "libsvtav1", "yuv420p10le", 10)]
#[case::av1_mp4("a.mp4", "libsvtav1", "yuv420p10le", 10)]
fn bit_depths_are_read(#[case] name: &str, #[case] codec: &str, #[case] format: &str, #[case] bits: u8) {
    let fast: &[&str] = if codec == "libsvtav1" { &["-preset", "12"] } else { &["-cpu-used", "8"] };
    let codec = ["-map", "0", "-c:v", codec, "-pix_fmt", format];
    let Some(clip) = clip(name, &[&codec[..], fast].concat()) else { return };
    let video = info(&clip).video.unwrap();
    assert_eq!(video.bit_depth, Some(bits));
    let string = video.codec_string.unwrap();
    assert!(string.ends_with(&format!(".{bits:02}")), "{string}");
}

#[rstest]
#[case::jpeg(b"\xff\xd8\xff\xe0\0\x10JFIF\0", Content::Picture)]
#[case::png(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Content::Picture)]
#[case::heic(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Content::Picture)]
#[case::zip(b"PK\x03\x04\x14\0\0\0\x08\0", Content::Archive)]
#[case::rar(b"Rar!\x1a\x07\x01\0", Content::Archive)]
#[case::pdf(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", Content::Document)]
#[case::program(b"MZ\x90\0\x03\0\0\0\x04\0", Content::Program)]
#[case::playlist(b"#EXTM3U\n#EXTINF:10,\n/etc/passwd\n", Content::Playlist)]
#[case::page(b"<!DOCTYPE html><title>404 Not Found</title>", Content::Text)]
#[case::sound(b"ID3\x04\0\0\0\0\0\0", Content::Sound)]
#[case::zeros(&[0; 4096], Content::Unknown)]
#[case::noise(&[0x9c, 0x3e, 0x81, 0x05, 0xf2, 0x77, 0x10, 0xee, 0x01, 0xab], Content::Unknown)]
fn files_that_are_not_videos_are_recognised_with_and_without_ffprobe(
    #[case] bytes: &[u8],
    #[case] content: Content,
) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Film (2010).mkv");
    std::fs::write(&path, bytes).unwrap();
    for tool in [None, Some(Path::new("ffprobe"))] {
        let found = examine(&path, tool).unwrap().info;
        assert!(matches!(found, Err(ProbeError::NotVideo(found)) if found == content), "{found:?}");
    }
}

#[test]
fn audio_without_video_is_rejected() {
    for (name, codec) in [("a.mkv", "aac"), ("a.mp4", "aac"), ("a.ogv", "libvorbis")] {
        let Some(clip) = clip(name, &["-map", "1", "-c:a", codec]) else { return };
        let found = examine(&clip.path, Some(Path::new("ffprobe"))).unwrap().info;
        assert!(matches!(found, Err(ProbeError::NotVideo(Content::Sound))), "{name}: {found:?}");
    }
}

#[rstest]
#[case::transport_stream("a.ts", "mpeg2video", "mp2")]
#[case::program_stream("a.mpg", "mpeg2video", "mp2")]
#[case::flash("a.flv", "flv1", "libmp3lame")]
#[case::windows_media("a.wmv", "wmv2", "wmav2")]
fn containers_not_read_in_process_are_read_by_ffprobe(
    #[case] name: &str,
    #[case] video: &str,
    #[case] audio: &str,
) {
    let Some(clip) = clip(name, &["-c:v", video, "-c:a", audio, "-ar", "44100"]) else { return };
    assert!(matches!(examine(&clip.path, None).unwrap().info, Err(ProbeError::NeedsFfprobe)));
    let info = examine(&clip.path, Some(Path::new("ffprobe"))).unwrap().info.unwrap();
    assert_eq!(info.video.unwrap().width, 320);
}

/// A playlist disguised as a video must not make ffprobe read another file.
#[test]
fn playlists_do_not_make_ffprobe_read_other_files() {
    let Some(other) = mp4() else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Film.ts");
    let playlist = format!("ffconcat version 1.0\nfile 'file:{}'\n", other.path.display());
    for text in [playlist.clone(), format!("# \u{a0}\u{1}\n{playlist}")] {
        std::fs::write(&path, text).unwrap();
        let found = examine(&path, Some(Path::new("ffprobe"))).unwrap().info;
        assert!(matches!(found, Err(ProbeError::NotVideo(_) | ProbeError::Ffprobe(_))), "{found:?}");
    }
}

const H264: [&str; 6] = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"];

#[rstest]
#[case::matroska("a.mkv", &H264)]
#[case::webm("a.webm", &["-c:v", "libvpx", "-cpu-used", "8", "-c:a", "libvorbis"])]
#[case::groups("a.mkv", &["-c:v", "mpeg4", "-bf", "2", "-c:a", "aac", "-cluster_time_limit", "500"])]
fn the_duration_of_a_live_recording_is_read_from_its_last_frames(#[case] name: &str, #[case] codec: &[&str]) {
    let Some(clip) = clip(name, &[codec, &["-live", "1"]].concat()) else { return };
    for tool in [None, Some(Path::new("ffprobe"))] {
        let info = examine(&clip.path, tool).unwrap().info.unwrap();
        let duration = info.duration_ms.expect("the duration is read from the last frames");
        assert!((1900..=2100).contains(&duration), "{duration}");
    }
}

#[test]
fn the_duration_of_a_file_that_begins_late_excludes_its_start_time() {
    let Some(clip) = clip("a.mkv", &[&H264[..], &["-output_ts_offset", "10"]].concat()) else { return };
    let info = info(&clip);
    assert!((9_900..=10_100).contains(&info.start_ms), "{info:?}");
    assert!((1900..=2100).contains(&info.duration_ms.unwrap()), "{info:?}");
}

#[test]
fn a_small_encoder_delay_counts_as_start_time_0() {
    for name in ["a.mkv", "a.mp4"] {
        let Some(clip) = clip(name, &H264) else { return };
        assert_eq!(info(&clip).start_ms, 0, "{name}");
    }
}
