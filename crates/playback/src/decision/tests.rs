use media::probe::Hdr;
use rstest::rstest;

use super::*;

fn chrome() -> Browser {
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Browser {
        containers: list(&["mp4", "webm"]),
        video: list(&["h264", "vp8", "vp9", "av1"]),
        audio: list(&["aac", "mp3", "opus", "vorbis", "flac"]),
        hls: true,
        max_height: None,
    }
}

fn safari() -> Browser {
    let mut browser = chrome();
    browser.video.push("hevc".to_owned());
    browser.audio.extend(["ac3".to_owned(), "eac3".to_owned()]);
    browser.containers.push("mov".to_owned());
    browser
}

fn film(container: &str, video: &str, audio: &[&str]) -> Facts {
    let track =
        |codec: &&str| AudioTrack { codec: (*codec).to_owned(), channels: 2, ..AudioTrack::default() };
    Facts {
        container: Some(container.to_owned()),
        video: Some(VideoTrack {
            codec: video.to_owned(),
            width: 1920,
            height: 1080,
            bit_depth: Some(8),
            ..VideoTrack::default()
        }),
        audio: audio.iter().map(track).collect(),
        has_keyframe_index: true,
        ..Facts::default()
    }
}

fn short(decision: &Decision) -> String {
    match decision {
        Decision::Direct => "direct".to_owned(),
        Decision::Remux { plan, .. } => format!("remux {plan}"),
        Decision::Transcode { plan, .. } => format!("transcode {plan}"),
    }
}

#[rstest]
#[case::plain_mp4(film("mp4", "h264", &["aac"]), chrome(), None, "direct")]
#[case::webm(film("webm", "vp9", &["opus"]), chrome(), None, "direct")]
#[case::silent(film("mp4", "h264", &[]), chrome(), None, "direct")]
#[case::mkv(film("matroska", "h264", &["aac"]), chrome(), None, "remux copy.0.copy")]
#[case::mkv_silent(film("matroska", "h264", &[]), chrome(), None, "remux copy")]
#[case::mkv_dts(film("matroska", "h264", &["dts"]), chrome(), None, "remux copy.0.aac")]
#[case::mp4_with_ac3(film("mp4", "h264", &["ac3"]), chrome(), None, "remux copy.0.aac")]
#[case::mp4_with_ac3_in_safari(film("mp4", "h264", &["ac3"]), safari(), None, "direct")]
#[case::second_track(film("mp4", "h264", &["aac", "aac"]), chrome(), Some(1), "remux copy.1.copy")]
#[case::first_track_chosen(film("mp4", "h264", &["aac", "aac"]), chrome(), Some(0), "direct")]
#[case::no_such_track(film("mp4", "h264", &["aac"]), chrome(), Some(7), "direct")]
#[case::quicktime(film("mov", "h264", &["aac"]), chrome(), None, "remux copy.0.copy")]
#[case::hevc(film("mp4", "hevc", &["aac"]), chrome(), None, "transcode h264.0.copy")]
#[case::hevc_in_safari(film("mp4", "hevc", &["aac"]), safari(), None, "direct")]
#[case::hevc_mkv_in_safari(film("matroska", "hevc", &["truehd"]), safari(), None, "remux copy.0.aac")]
#[case::old_avi(film("avi", "mpeg4", &["mp3"]), chrome(), None, "transcode h264.0.aac")]
#[case::vp8_in_mkv(film("matroska", "vp8", &["vorbis"]), chrome(), None, "transcode h264.0.aac")]
fn the_cheapest_way_is_chosen(
    #[case] facts: Facts,
    #[case] browser: Browser,
    #[case] audio: Option<usize>,
    #[case] expected: &str,
) {
    assert_eq!(short(&decide(&facts, &browser, TrackSelection { audio, subtitle: None })), expected);
}

#[test]
fn ten_bit_h264_is_converted() {
    let mut facts = film("mp4", "h264", &["aac"]);
    facts.video.as_mut().unwrap().bit_depth = Some(10);
    assert_eq!(short(&decide(&facts, &chrome(), TrackSelection::default())), "transcode h264.0.copy");
}

#[test]
fn h264_with_full_colour_is_converted() {
    let mut facts = film("mp4", "h264", &["aac"]);
    facts.video.as_mut().unwrap().codec_string = Some("avc1.7a0028".to_owned());
    assert_eq!(short(&decide(&facts, &chrome(), TrackSelection::default())), "transcode h264.0.copy");
    facts.video.as_mut().unwrap().codec_string = Some("avc1.640028".to_owned());
    assert_eq!(short(&decide(&facts, &chrome(), TrackSelection::default())), "direct");
}

#[test]
fn large_hdr_video_is_scaled_down_and_tone_mapped() {
    let mut facts = film("matroska", "hevc", &["eac3"]);
    let video = facts.video.as_mut().unwrap();
    (video.height, video.hdr) = (2160, Some(Hdr::Hdr10));
    assert_eq!(short(&decide(&facts, &chrome(), TrackSelection::default())), "transcode h264-1080-sdr.0.aac");
}

#[test]
fn a_player_can_request_a_lower_resolution() {
    let browser = Browser { max_height: Some(480), ..chrome() };
    let decision = decide(&film("mp4", "h264", &["aac"]), &browser, TrackSelection::default());
    assert_eq!(short(&decision), "transcode h264-480.0.copy");
}

#[test]
fn dolby_vision_profile_5_is_converted_even_if_the_browser_plays_hevc() {
    let mut facts = film("mp4", "hevc", &["aac"]);
    let video = facts.video.as_mut().unwrap();
    (video.hdr, video.dolby_vision_profile) = (Some(Hdr::DolbyVision), Some(5));
    assert!(matches!(decide(&facts, &safari(), TrackSelection::default()), Decision::Transcode { .. }));
    facts.video.as_mut().unwrap().dolby_vision_profile = Some(8);
    assert!(matches!(decide(&facts, &safari(), TrackSelection::default()), Decision::Remux { .. }));
}

#[test]
fn dolby_vision_profile_5_is_the_reported_reason() {
    let mut facts = film("matroska", "hevc", &["eac3"]);
    facts.video.as_mut().unwrap().dolby_vision_profile = Some(5);
    let Decision::Transcode { reason, .. } = decide(&facts, &chrome(), TrackSelection::default()) else {
        panic!("the video is not converted")
    };
    assert_eq!(reason, Reason::DolbyVisionProfile5);
}

#[test]
fn image_subtitles_are_burned_into_video_that_could_be_played_directly() {
    let selection = TrackSelection { audio: None, subtitle: Some(2) };
    let decision = decide(&film("mp4", "h264", &["aac"]), &chrome(), selection);
    assert_eq!(short(&decision), "transcode h264-sub2.0.copy");
    let Decision::Transcode { reason, .. } = decision else { panic!("the video is not converted") };
    assert_eq!(reason, Reason::PictureSubtitles);
}

#[test]
fn video_without_known_keyframes_is_converted() {
    let facts = Facts { has_keyframe_index: false, ..film("matroska", "h264", &["aac"]) };
    let Decision::Transcode { reason, .. } = decide(&facts, &chrome(), TrackSelection::default()) else {
        panic!("the video is not converted")
    };
    assert_eq!(reason, Reason::NoKeyframeIndex);
}

#[rstest]
#[case::mp4("mp4", "mp4")]
#[case::matroska("matroska", "mkv")]
fn a_default_audio_track_that_is_not_the_first_is_remuxed(#[case] container: &str, #[case] opens: &str) {
    let mut facts = film(container, "h264", &["aac", "aac"]);
    facts.audio[1].default = true;
    let mut browser = chrome();
    browser.containers.push(opens.to_owned());
    assert_eq!(short(&decide(&facts, &browser, TrackSelection::default())), "remux copy.1.copy");
    let first = TrackSelection { audio: Some(0), subtitle: None };
    assert_eq!(short(&decide(&facts, &browser, first)), "direct");
}

#[rstest]
#[case::vp9("vp9", 8, &[], "direct")]
#[case::vp9_10("vp9", 10, &[], "transcode h264.0.aac")]
#[case::vp9_10_decoded("vp9", 10, &["vp9-10"], "direct")]
#[case::vp9_12("vp9", 12, &["vp9-10"], "transcode h264.0.aac")]
#[case::av1_10("av1", 10, &["vp9-10"], "transcode h264.0.aac")]
#[case::av1_10_decoded("av1", 10, &["av1-10"], "direct")]
fn bit_depths_that_the_browser_does_not_decode_are_converted(
    #[case] codec: &str,
    #[case] bits: u8,
    #[case] more: &[&str],
    #[case] expected: &str,
) {
    let mut facts = film("webm", codec, &["opus"]);
    facts.video.as_mut().unwrap().bit_depth = Some(bits);
    let mut browser = chrome();
    browser.video.extend(more.iter().map(|name| (*name).to_owned()));
    assert_eq!(short(&decide(&facts, &browser, TrackSelection::default())), expected);
}

#[test]
fn parts_and_files_that_begin_late_are_streamed() {
    let part = Facts { is_part: true, ..film("mp4", "h264", &["aac"]) };
    assert_eq!(short(&decide(&part, &chrome(), TrackSelection::default())), "remux copy.0.copy");
    let late = Facts { begins_late: true, ..film("webm", "vp9", &["opus"]) };
    assert_eq!(short(&decide(&late, &chrome(), TrackSelection::default())), "remux copy.0.aac");
}

#[test]
fn reasons_contain_the_codec() {
    let Decision::Remux { reason, .. } =
        decide(&film("matroska", "h264", &["dts"]), &chrome(), TrackSelection::default())
    else {
        panic!("the file is not remuxed")
    };
    assert_eq!(reason, Reason::Audio { codec: "dts".to_owned() });
}

#[test]
fn without_hls_the_file_is_played_directly() {
    let browser = Browser { hls: false, ..chrome() };
    assert_eq!(
        decide(&film("matroska", "hevc", &["dts"]), &browser, TrackSelection::default()),
        Decision::Direct
    );
}
