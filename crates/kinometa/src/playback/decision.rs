//! How a file reaches a browser. Pure: facts in, decision out.

use media::probe::{AudioTrack, VideoTrack};

use super::names::{audio_name, container_name, video_name};
use super::plan::{AudioPlan, StreamPlan, VideoPlan};

/// Pictures are not converted to more lines than this: more is work without gain on most screens.
const MOST_LINES: u32 = 1080;

/// What a file is made of.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// ffmpeg's name of the container; `None` when the file was not probed.
    pub container: Option<String>,
    /// The picture.
    pub video: Option<VideoTrack>,
    /// Sound tracks in the order of the file.
    pub audio: Vec<AudioTrack>,
    /// The places where the picture can be cut are known, so that it can be copied into segments.
    pub can_be_cut: bool,
}

/// What a browser plays.
#[derive(Debug, Clone, Default)]
pub struct Browser {
    /// Containers: `mp4`, `webm`, `mkv`, `mov`, `ogg`.
    pub containers: Vec<String>,
    /// Video codecs: `h264`, `hevc`, `vp8`, `vp9`, `av1`.
    pub video: Vec<String>,
    /// Audio codecs: `aac`, `mp3`, `opus`, `vorbis`, `flac`, `ac3`, `eac3`.
    pub audio: Vec<String>,
    /// HLS.
    pub hls: bool,
    /// Most lines that are wanted.
    pub max_height: Option<u32>,
}

/// How a file reaches a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// As it is.
    Direct,
    /// The picture is copied and everything else made to fit.
    Remux {
        /// What ffmpeg does.
        plan: StreamPlan,
        /// Why, for people.
        reason: String,
    },
    /// The picture is converted.
    Transcode {
        /// What ffmpeg does.
        plan: StreamPlan,
        /// Why, for people.
        reason: String,
    },
}

/// Decides for sound track `audio` (its place among the sound tracks); the file's own choice when left out or unknown.
pub fn decide(facts: &Facts, browser: &Browser, audio: Option<usize>) -> Decision {
    let chosen = choose_audio(&facts.audio, audio);
    let sound = chosen.and_then(|index| facts.audio.get(index));
    let obstacles = Obstacles {
        picture: picture_obstacle(facts, browser),
        container: container_obstacle(facts, browser),
        sound: sound.and_then(|track| sound_obstacle(track, browser)),
        track: chosen.filter(|index| *index != first_played(&facts.audio)).map(|_| {
            "Browsers play the first sound track only: the chosen one is packed into a stream of its own."
                .to_owned()
        }),
    };
    if obstacles.none() || !browser.hls {
        return Decision::Direct;
    }
    let audio =
        chosen.map(|index| AudioPlan { index, copy: sound.is_some_and(|track| can_copy(facts, track)) });
    match &obstacles.picture {
        None if facts.can_be_cut && is_streamable(facts) => {
            Decision::Remux { plan: StreamPlan { video: VideoPlan::Copy, audio }, reason: obstacles.reason() }
        }
        picture => {
            let reason = picture.clone().unwrap_or_else(|| uncopyable(facts));
            Decision::Transcode { plan: StreamPlan { video: encode(facts, browser), audio }, reason }
        }
    }
}

/// Codecs that fit into the fragments of a stream.
fn is_streamable(facts: &Facts) -> bool {
    let codecs = ["h264", "hevc", "vp9", "av1"];
    facts.video.as_ref().is_none_or(|video| codecs.contains(&video.codec.as_str()))
}

/// Why a picture that the browser can play cannot be copied.
fn uncopyable(facts: &Facts) -> String {
    match &facts.video {
        Some(video) if !is_streamable(facts) => {
            let name = video_name(&video.codec);
            format!("{name} video cannot be streamed as it is, so it is converted to H.264.")
        }
        _ => "The file has no index of its key pictures, so its picture is converted to H.264.".to_owned(),
    }
}

/// The sound track to play: the wanted one, else the file's default, else the first.
pub fn choose_audio(tracks: &[AudioTrack], wanted: Option<usize>) -> Option<usize> {
    let wanted = wanted.filter(|index| *index < tracks.len());
    let default = tracks.iter().position(|track| track.default);
    wanted.or(default).or((!tracks.is_empty()).then_some(0))
}

/// The track that a browser plays of its own accord.
fn first_played(tracks: &[AudioTrack]) -> usize {
    tracks.iter().position(|track| track.default).unwrap_or(0)
}

#[derive(Debug, Default)]
struct Obstacles {
    picture: Option<String>,
    container: Option<String>,
    sound: Option<String>,
    track: Option<String>,
}

impl Obstacles {
    fn none(&self) -> bool {
        self.picture.is_none() && self.container.is_none() && self.sound.is_none() && self.track.is_none()
    }

    fn reason(self) -> String {
        self.sound.or(self.container).or(self.track).unwrap_or_default()
    }
}

fn picture_obstacle(facts: &Facts, browser: &Browser) -> Option<String> {
    let Some(video) = &facts.video else {
        return facts
            .container
            .is_none()
            .then(|| "What this file holds is not known, so it is converted.".to_owned());
    };
    let name = video_name(&video.codec);
    if !has(&browser.video, &video.codec) {
        return Some(format!("This browser cannot play {name} video, so it is converted to H.264."));
    }
    if video.codec == "h264" && video.bit_depth.is_some_and(|bits| bits > 8) {
        return Some("Browsers cannot play H.264 with 10 bits a colour, so it is converted.".to_owned());
    }
    if video.dolby_vision_profile == Some(5) {
        return Some(
            "Dolby Vision profile 5 shows false colours in browsers, so it is converted.".to_owned(),
        );
    }
    let most = browser.max_height.filter(|most| *most < video.height)?;
    Some(format!("The picture is made smaller, to {most} lines, as this player asked for."))
}

fn container_obstacle(facts: &Facts, browser: &Browser) -> Option<String> {
    let container = facts.container.as_deref()?;
    let wanted = match container {
        "matroska" => "mkv",
        other => other,
    };
    let name = container_name(container);
    let dolby_vision = facts.video.as_ref().is_some_and(|video| video.dolby_vision_profile.is_some());
    if !has(&browser.containers, wanted) || (dolby_vision && container != "matroska") {
        return Some(format!("This browser cannot open {name} files, so the picture is repacked as it is."));
    }
    None
}

fn sound_obstacle(track: &AudioTrack, browser: &Browser) -> Option<String> {
    let name = audio_name(&track.codec);
    (!has(&browser.audio, &track.codec)).then(|| {
        format!(
            "This browser cannot play {name} sound, so it is converted to AAC. The picture stays as it is."
        )
    })
}

/// AAC from the usual containers goes into a stream as it is.
fn can_copy(facts: &Facts, track: &AudioTrack) -> bool {
    let usual = ["mp4", "mov", "matroska"];
    track.codec == "aac"
        && track.channels <= 6
        && facts.container.as_deref().is_some_and(|found| usual.contains(&found))
}

fn encode(facts: &Facts, browser: &Browser) -> VideoPlan {
    let most = browser.max_height.unwrap_or(MOST_LINES).clamp(144, MOST_LINES);
    let height = facts.video.as_ref().map(|video| video.height).filter(|height| *height > most);
    let tone_map = facts.video.as_ref().is_some_and(|video| video.hdr.is_some());
    VideoPlan::Encode { height: height.map(|_| most), tone_map }
}

fn has(list: &[String], name: &str) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
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
            can_be_cut: true,
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
    fn the_least_work_is_chosen(
        #[case] facts: Facts,
        #[case] browser: Browser,
        #[case] audio: Option<usize>,
        #[case] expected: &str,
    ) {
        assert_eq!(short(&decide(&facts, &browser, audio)), expected);
    }

    #[test]
    fn ten_bit_h264_is_converted() {
        let mut facts = film("mp4", "h264", &["aac"]);
        facts.video.as_mut().unwrap().bit_depth = Some(10);
        assert_eq!(short(&decide(&facts, &chrome(), None)), "transcode h264.0.copy");
    }

    #[test]
    fn large_and_hdr_pictures_are_made_small_and_mapped() {
        let mut facts = film("matroska", "hevc", &["eac3"]);
        let video = facts.video.as_mut().unwrap();
        (video.height, video.hdr) = (2160, Some(Hdr::Hdr10));
        assert_eq!(short(&decide(&facts, &chrome(), None)), "transcode h264-1080-sdr.0.aac");
    }

    #[test]
    fn a_player_can_ask_for_less() {
        let browser = Browser { max_height: Some(480), ..chrome() };
        let decision = decide(&film("mp4", "h264", &["aac"]), &browser, None);
        assert_eq!(short(&decision), "transcode h264-480.0.copy");
    }

    #[test]
    fn dolby_vision_without_a_common_picture_is_converted_even_for_hevc() {
        let mut facts = film("mp4", "hevc", &["aac"]);
        let video = facts.video.as_mut().unwrap();
        (video.hdr, video.dolby_vision_profile) = (Some(Hdr::DolbyVision), Some(5));
        assert!(matches!(decide(&facts, &safari(), None), Decision::Transcode { .. }));
        facts.video.as_mut().unwrap().dolby_vision_profile = Some(8);
        assert!(matches!(decide(&facts, &safari(), None), Decision::Remux { .. }));
    }

    #[test]
    fn a_picture_that_cannot_be_cut_is_converted() {
        let facts = Facts { can_be_cut: false, ..film("matroska", "h264", &["aac"]) };
        let Decision::Transcode { reason, .. } = decide(&facts, &chrome(), None) else {
            panic!("not converted")
        };
        assert!(reason.contains("key pictures"), "{reason}");
    }

    #[test]
    fn the_default_track_is_the_one_that_browsers_play() {
        let mut facts = film("mp4", "h264", &["aac", "aac"]);
        facts.audio[1].default = true;
        assert_eq!(short(&decide(&facts, &chrome(), None)), "direct");
        assert_eq!(short(&decide(&facts, &chrome(), Some(0))), "remux copy.0.copy");
    }

    #[test]
    fn reasons_name_what_is_in_the_way() {
        let Decision::Remux { reason, .. } = decide(&film("matroska", "h264", &["dts"]), &chrome(), None)
        else {
            panic!("not remuxed")
        };
        assert_eq!(
            reason,
            "This browser cannot play DTS sound, so it is converted to AAC. The picture stays as it is."
        );
    }

    #[test]
    fn without_hls_the_file_is_all_there_is() {
        let browser = Browser { hls: false, ..chrome() };
        assert_eq!(decide(&film("matroska", "hevc", &["dts"]), &browser, None), Decision::Direct);
    }
}
