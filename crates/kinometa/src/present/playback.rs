//! Playback sessions, and why a file has to be converted.

use api_types::error::ErrorReason;
use api_types::playback as wire;
use catalogue::tracks::Subtitle;
use media::formats::{audio_codec_name, container_name, video_codec_name};
use media::language;
use playback::decision::{Decision, Reason};
use playback::{Chapter, Description, NeededFor, SubtitleChoice, Timeline};

use super::title::cards;
use super::{Folders, addresses, card, media_file, scrobble_status};

/// A playback session.
pub(crate) fn playback(description: Description) -> wire::Playback {
    let id = description.id;
    let (mode, reason, url) = match &description.decision {
        Decision::Direct => (wire::PlaybackMode::Direct, None, addresses::stream(&id)),
        Decision::Remux { plan, reason } => {
            (wire::PlaybackMode::Remux, Some(self::reason(reason)), addresses::playlist(&id, *plan))
        }
        Decision::Transcode { plan, reason } => {
            (wire::PlaybackMode::Transcode, Some(self::reason(reason)), addresses::playlist(&id, *plan))
        }
    };
    wire::Playback {
        title: card(description.title),
        titles: cards(description.titles),
        file: media_file(description.file, Folders::Hidden),
        mode,
        reason,
        url,
        duration_ms: description.duration_ms,
        position_ms: description.position_ms,
        resume_ms: description.resume_ms,
        audio_index: description.audio_index.and_then(index),
        subtitle_index: description.subtitle_index.and_then(index),
        subtitles: description.subtitles.into_iter().map(|choice| subtitle(&id, choice)).collect(),
        next: description.next.map(card),
        scrobble: scrobble_status(description.scrobble),
        id,
    }
}

/// Chapters and previews for the seek bar of a playback session.
pub(crate) fn playback_timeline(id: &str, timeline: Timeline) -> wire::PlaybackTimeline {
    let chapter = |chapter: Chapter| wire::PlaybackChapter {
        start_ms: chapter.start_ms,
        end_ms: chapter.end_ms,
        title: chapter.title,
    };
    let previews = timeline.previews.map(|sheets| wire::PreviewSheets {
        url: addresses::preview_sheets(id),
        interval_ms: sheets.interval_ms,
        columns: sheets.columns,
        rows: sheets.rows,
        width: sheets.width,
        height: sheets.height,
    });
    wire::PlaybackTimeline { chapters: timeline.chapters.into_iter().map(chapter).collect(), previews }
}

fn index(place: usize) -> Option<i32> {
    i32::try_from(place).ok()
}

fn subtitle(id: &str, choice: SubtitleChoice) -> wire::PlaybackSubtitle {
    let label = label(&choice.subtitle);
    let (language, default, forced) = match choice.subtitle {
        Subtitle::Inside(track) => (track.language, track.default, track.forced),
        Subtitle::Beside(file) => (file.language, file.default, file.forced),
    };
    wire::PlaybackSubtitle {
        index: index(choice.index).unwrap_or_default(),
        label,
        language,
        url: choice.is_text.then(|| addresses::subtitle(id, choice.index)),
        default,
        forced,
    }
}

/// The label in the player's menu: `English`, `English (forced)`, `German, Commentary`.
fn label(subtitle: &Subtitle) -> String {
    let (code, title, forced, hearing_impaired) = match subtitle {
        Subtitle::Inside(track) => (&track.language, &track.title, track.forced, track.hearing_impaired),
        Subtitle::Beside(file) => (&file.language, &file.title, file.forced, file.hearing_impaired),
    };
    let name = code.as_deref().map(|code| language::name(code).unwrap_or_else(|| code.to_owned()));
    let mut label = match (name, title) {
        (Some(name), Some(title)) if !title.to_lowercase().contains(&name.to_lowercase()) => {
            format!("{name}, {title}")
        }
        (_, Some(title)) => title.clone(),
        (Some(name), None) => name,
        (None, None) => "Unknown language".to_owned(),
    };
    let lower = label.to_lowercase();
    if forced && !lower.contains("forced") {
        label.push_str(" (forced)");
    }
    if hearing_impaired && !lower.contains("sdh") {
        label.push_str(" (SDH)");
    }
    label
}

/// The sentence that explains why a file cannot be played directly.
fn reason(reason: &Reason) -> String {
    match reason {
        Reason::ContentUnknown => "The content of this file is unknown, so it is converted.".to_owned(),
        Reason::DolbyVisionProfile5 => {
            "This is Dolby Vision profile 5. It can only be played in false colours, mostly green and purple. Play \
             another version of the title if you have one."
                .to_owned()
        }
        Reason::Video { codec } => {
            format!("This browser cannot play {} video, so it is converted to H.264.", video_codec_name(codec))
        }
        Reason::StudioH264 => {
            "Browsers cannot play H.264 with 10 bits or full colour, so it is converted.".to_owned()
        }
        Reason::BitDepth { codec, bits } => format!(
            "This browser cannot play {} with {bits} bits, so it is converted to H.264.",
            video_codec_name(codec)
        ),
        Reason::BeginsLate => {
            "The file's time stamps do not begin at zero, so it is sent in a stream whose time stamps do.".to_owned()
        }
        Reason::SeveralFiles => {
            "The film is in several files, which are sent in one stream from end to end.".to_owned()
        }
        Reason::FewerLines { lines } => {
            format!("The picture is scaled down to {lines} lines, as this player asked.")
        }
        Reason::PictureSubtitles => {
            "The chosen subtitles are pictures. They are drawn into the video, which is converted to H.264.".to_owned()
        }
        Reason::NotStreamable { codec } => {
            format!("{} video cannot be streamed as it is, so it is converted to H.264.", video_codec_name(codec))
        }
        Reason::NoKeyframeIndex => {
            "The file has no keyframe index, so its video is converted to H.264.".to_owned()
        }
        Reason::Container { container } => format!(
            "This browser cannot open {} files, so the video is repacked without converting it.",
            container_name(container)
        ),
        Reason::Audio { codec } => format!(
            "This browser cannot play {} audio, so it is converted to AAC. The video stays as it is.",
            audio_codec_name(codec)
        ),
        Reason::OtherAudioTrack => {
            "Browsers play only the first audio track, so the chosen one is sent in a stream of its own.".to_owned()
        }
    }
}

/// The sentence that explains why ffmpeg is needed.
pub(crate) fn needed_for(need: &NeededFor) -> String {
    match need {
        NeededFor::Decision { file, reason } => format!("{} {}", description(file), self::reason(reason)),
        NeededFor::Encoder { file } => {
            format!("{} This ffmpeg has no H.264 encoder (libx264).", description(file))
        }
        NeededFor::Stream => "This file has to be converted for the browser.".to_owned(),
        NeededFor::Subtitles => "These subtitles are inside the video and have to be extracted.".to_owned(),
    }
}

/// Why ffmpeg is needed, as a code with facts.
pub(crate) fn reason_for(need: &NeededFor) -> ErrorReason {
    let facts = |file: &playback::Contents| {
        (
            file.container.as_deref().map(container_name),
            file.video.as_deref().map(video_codec_name),
            file.audio.as_deref().map(audio_codec_name),
        )
    };
    match need {
        NeededFor::Decision { file, .. } => {
            let (container, video, audio) = facts(file);
            ErrorReason::FfmpegToPlay { container, video, audio }
        }
        NeededFor::Encoder { file } => {
            let (container, video, audio) = facts(file);
            ErrorReason::NoEncoder { container, video, audio }
        }
        NeededFor::Stream => ErrorReason::FfmpegToStream,
        NeededFor::Subtitles => ErrorReason::FfmpegForSubtitles,
    }
}

fn description(file: &playback::Contents) -> String {
    let name = |codec: &Option<String>, name: fn(&str) -> String, none: &str| {
        codec.as_deref().map_or_else(|| none.to_owned(), name)
    };
    format!(
        "This is a {} file with {} video and {} audio.",
        name(&file.container, container_name, "unknown"),
        name(&file.video, video_codec_name, "unknown"),
        name(&file.audio, audio_codec_name, "no")
    )
}

#[cfg(test)]
mod tests {
    use media::probe::SubtitleTrack;
    use rstest::rstest;

    use super::*;

    fn track(code: Option<&str>, title: Option<&str>, forced: bool, hearing_impaired: bool) -> Subtitle {
        Subtitle::Inside(SubtitleTrack {
            codec: "subrip".to_owned(),
            language: code.map(str::to_owned),
            title: title.map(str::to_owned),
            forced,
            hearing_impaired,
            ..SubtitleTrack::default()
        })
    }

    #[rstest]
    #[case(track(Some("en"), None, false, false), "English")]
    #[case(track(Some("pt-BR"), None, false, false), "Portuguese (BR)")]
    #[case(track(Some("en"), None, true, false), "English (forced)")]
    #[case(track(Some("en"), Some("SDH"), false, true), "English, SDH")]
    #[case(track(Some("de"), Some("Commentary"), false, false), "German, Commentary")]
    #[case(track(Some("en"), Some("English for the deaf"), false, true), "English for the deaf (SDH)")]
    #[case(track(Some("xx"), None, false, false), "xx")]
    #[case(track(None, None, false, false), "Unknown language")]
    fn labels_contain_language_and_purpose(#[case] subtitle: Subtitle, #[case] expected: &str) {
        assert_eq!(label(&subtitle), expected);
    }

    #[rstest]
    #[case(Reason::Audio { codec: "dts".into() }, "This browser cannot play DTS audio, so it is converted to AAC. The video stays as it is.")]
    #[case(Reason::Container { container: "matroska".into() }, "This browser cannot open Matroska files, so the video is repacked without converting it.")]
    #[case(Reason::Video { codec: "hevc".into() }, "This browser cannot play HEVC video, so it is converted to H.264.")]
    fn reasons_name_what_the_browser_cannot_play(#[case] why: Reason, #[case] text: &str) {
        assert_eq!(reason(&why), text);
    }
}
