//! Decides how a file is sent to a browser. Pure functions.

use media::probe::{AudioTrack, VideoTrack};

use super::plan::{AudioPlan, StreamPlan, VideoPlan};

/// Maximum height of converted video in lines. More is expensive and hardly visible on most screens.
const MAX_HEIGHT: u32 = 1080;

/// The contents of a file.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// ffmpeg's name of the container; `None` if the file was not probed.
    pub container: Option<String>,
    /// The video track.
    pub video: Option<VideoTrack>,
    /// Audio tracks in the order of the file.
    pub audio: Vec<AudioTrack>,
    /// Whether the keyframes are known, so that the video can be copied into segments.
    pub has_keyframe_index: bool,
    /// Whether its timestamps start late, so that browsers would show nothing at first.
    pub begins_late: bool,
    /// Whether it is one of several parts of a movie.
    pub is_part: bool,
}

/// What a browser can play.
#[derive(Debug, Clone, Default)]
pub struct Browser {
    /// Containers: `mp4`, `webm`, `mkv`, `mov`, `ogg`.
    pub containers: Vec<String>,
    /// Video codecs: `h264`, `hevc`, `vp8`, `vp9`, `av1`; `vp9-10` and `av1-10` with 10 bits.
    pub video: Vec<String>,
    /// Audio codecs: `aac`, `mp3`, `opus`, `vorbis`, `flac`, `ac3`, `eac3`.
    pub audio: Vec<String>,
    /// Whether it can play HLS.
    pub hls: bool,
    /// Maximum height in lines, if the player limits it.
    pub max_height: Option<u32>,
}

/// Why a file is not played directly. Codecs and containers have ffmpeg's names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The file's content is unknown.
    ContentUnknown,
    /// Dolby Vision profile 5, whose colours neither browsers nor software decoding in ffmpeg can show.
    DolbyVisionProfile5,
    /// The browser does not decode this video codec.
    Video {
        /// The codec.
        codec: String,
    },
    /// H.264 with 10 bits or full colour, which no browser decodes.
    StudioH264,
    /// VP9 or AV1 with a higher bit depth than the browser decodes.
    BitDepth {
        /// The codec.
        codec: String,
        /// Bits per sample.
        bits: u8,
    },
    /// The player requested a lower resolution.
    FewerLines {
        /// Requested height in lines.
        lines: u32,
    },
    /// Image subtitles are selected, which have to be burned into the video.
    PictureSubtitles,
    /// The browser decodes this codec, but it cannot be sent in a stream.
    NotStreamable {
        /// The codec.
        codec: String,
    },
    /// The keyframes are unknown, so the video cannot be cut into segments.
    NoKeyframeIndex,
    /// The browser does not open this container.
    Container {
        /// The container.
        container: String,
    },
    /// The browser does not decode this audio codec.
    Audio {
        /// The codec.
        codec: String,
    },
    /// An audio track other than the first is selected, and browsers play only the first.
    OtherAudioTrack,
    /// The file's timestamps begin late. Those of a stream begin at 0.
    BeginsLate,
    /// The movie is in several files.
    SeveralFiles,
}

/// How a file is sent to a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Unchanged.
    Direct,
    /// As a stream with copied video.
    Remux {
        /// What ffmpeg does.
        plan: StreamPlan,
        /// Why the file is not played directly.
        reason: Reason,
    },
    /// As a stream with converted video.
    Transcode {
        /// What ffmpeg does.
        plan: StreamPlan,
        /// Why the video is converted.
        reason: Reason,
    },
}

/// The selected tracks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrackSelection {
    /// Index of the audio track; the file's default if `None` or invalid.
    pub audio: Option<usize>,
    /// Index of the subtitles to burn into the video.
    pub subtitle: Option<usize>,
}

/// Decides how a file is sent to a browser.
pub fn decide(facts: &Facts, browser: &Browser, selection: TrackSelection) -> Decision {
    let chosen = choose_audio(&facts.audio, selection.audio);
    let audio_track = chosen.and_then(|index| facts.audio.get(index));
    let obstacles = Obstacles {
        video: video_obstacle(facts, browser)
            .or_else(|| selection.subtitle.map(|_| Reason::PictureSubtitles)),
        container: container_obstacle(facts, browser),
        audio: audio_track.and_then(|track| audio_obstacle(track, browser)),
        // Browsers play the first track, whatever the file's flags say.
        track: chosen.filter(|index| *index != 0).map(|_| Reason::OtherAudioTrack),
        file: file_obstacle(facts),
    };
    let (video, others) = (obstacles.video.clone(), obstacles.other_than_video());
    let Some(reason) = video.clone().or(others).filter(|_| browser.hls) else { return Decision::Direct };
    let audio = chosen
        .map(|index| AudioPlan { index, copy: audio_track.is_some_and(|track| can_copy(facts, track)) });
    if video.is_none() && facts.has_keyframe_index && is_streamable(facts) {
        return Decision::Remux { plan: StreamPlan { video: VideoPlan::Copy, audio }, reason };
    }
    let reason = video.unwrap_or_else(|| obstacle_to_copying(facts));
    Decision::Transcode {
        plan: StreamPlan { video: encode(facts, browser, selection.subtitle), audio },
        reason,
    }
}

/// Whether the video codec can be sent in fragmented MP4.
fn is_streamable(facts: &Facts) -> bool {
    let codecs = ["h264", "hevc", "vp9", "av1"];
    facts.video.as_ref().is_none_or(|video| codecs.contains(&video.codec.as_str()))
}

/// Why video that the browser can play cannot be copied into a stream.
fn obstacle_to_copying(facts: &Facts) -> Reason {
    match &facts.video {
        Some(video) if !is_streamable(facts) => Reason::NotStreamable { codec: video.codec.clone() },
        _ => Reason::NoKeyframeIndex,
    }
}

/// The audio track to play: the selected one, else the default, else the first.
pub fn choose_audio(tracks: &[AudioTrack], wanted: Option<usize>) -> Option<usize> {
    let wanted = wanted.filter(|index| *index < tracks.len());
    let default = tracks.iter().position(|track| track.default);
    wanted.or(default).or((!tracks.is_empty()).then_some(0))
}

/// Reasons against direct play.
#[derive(Debug, Default)]
struct Obstacles {
    video: Option<Reason>,
    container: Option<Reason>,
    audio: Option<Reason>,
    track: Option<Reason>,
    file: Option<Reason>,
}

impl Obstacles {
    /// The reason to report if the video itself can be played.
    fn other_than_video(self) -> Option<Reason> {
        self.audio.or(self.container).or(self.track).or(self.file)
    }
}

fn video_obstacle(facts: &Facts, browser: &Browser) -> Option<Reason> {
    let Some(video) = &facts.video else {
        return facts.container.is_none().then_some(Reason::ContentUnknown);
    };
    if video.dolby_vision_profile == Some(5) {
        return Some(Reason::DolbyVisionProfile5);
    }
    if !has(&browser.video, &video.codec) {
        return Some(Reason::Video { codec: video.codec.clone() });
    }
    if is_studio_h264(video) {
        return Some(Reason::StudioH264);
    }
    if let Some(bits) = excess_bits(video, browser) {
        return Some(Reason::BitDepth { codec: video.codec.clone(), bits });
    }
    let lines = browser.max_height.filter(|most| *most < video.height)?;
    Some(Reason::FewerLines { lines })
}

/// Whether this is H.264 in the profile High 10, High 4:2:2 or High 4:4:4, which no browser decodes.
fn is_studio_h264(video: &VideoTrack) -> bool {
    let profiles = ["avc1.6E", "avc1.7A", "avc1.F4"];
    let profile = video.codec_string.as_deref().and_then(|string| string.get(..7));
    video.codec == "h264"
        && (video.bit_depth.is_some_and(|bits| bits > 8)
            || profile.is_some_and(|found| profiles.iter().any(|studio| found.eq_ignore_ascii_case(studio))))
}

/// The bit depth of VP9 or AV1, if it is higher than the browser decodes. Browsers list 10 bits separately;
/// none decodes 12.
fn excess_bits(video: &VideoTrack, browser: &Browser) -> Option<u8> {
    let deep = ["vp9", "av1"].contains(&video.codec.as_str());
    let bits = video.bit_depth.filter(|bits| deep && *bits > 8)?;
    let plays = bits <= 10 && has(&browser.video, &format!("{}-10", video.codec));
    (!plays).then_some(bits)
}

/// Why the file as such cannot be played directly.
fn file_obstacle(facts: &Facts) -> Option<Reason> {
    if facts.is_part {
        return Some(Reason::SeveralFiles);
    }
    facts.begins_late.then_some(Reason::BeginsLate)
}

fn container_obstacle(facts: &Facts, browser: &Browser) -> Option<Reason> {
    let container = facts.container.as_deref()?;
    let wanted = match container {
        "matroska" => "mkv",
        other => other,
    };
    let dolby_vision = facts.video.as_ref().is_some_and(|video| video.dolby_vision_profile.is_some());
    let opens = has(&browser.containers, wanted) && (!dolby_vision || container == "matroska");
    (!opens).then(|| Reason::Container { container: container.to_owned() })
}

fn audio_obstacle(track: &AudioTrack, browser: &Browser) -> Option<Reason> {
    (!has(&browser.audio, &track.codec)).then(|| Reason::Audio { codec: track.codec.clone() })
}

/// Whether audio can be copied: AAC from common containers.
fn can_copy(facts: &Facts, track: &AudioTrack) -> bool {
    let common = ["mp4", "mov", "matroska"];
    track.codec == "aac"
        && track.channels <= 6
        && facts.container.as_deref().is_some_and(|found| common.contains(&found))
}

fn encode(facts: &Facts, browser: &Browser, subtitle: Option<usize>) -> VideoPlan {
    let most = browser.max_height.unwrap_or(MAX_HEIGHT).clamp(144, MAX_HEIGHT);
    let height = facts.video.as_ref().map(|video| video.height).filter(|height| *height > most);
    let tone_map = facts.video.as_ref().is_some_and(|video| video.hdr.is_some());
    VideoPlan::Encode { height: height.map(|_| most), tone_map, subtitle }
}

fn has(list: &[String], name: &str) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests;
