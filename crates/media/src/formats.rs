//! Display names of codecs, containers and resolutions.
//!
//! Codecs and containers are looked up by ffmpeg's names, which [`crate::probe::MediaInfo`] contains.

/// The names of resolutions, lowest first.
pub const RESOLUTIONS: [&str; 6] = ["480p", "576p", "720p", "1080p", "1440p", "2160p"];

const VIDEO_CODECS: [(&str, &str); 16] = [
    ("av1", "AV1"),
    ("h263", "H.263"),
    ("h264", "H.264"),
    ("hevc", "HEVC"),
    ("mpeg1video", "MPEG-1"),
    ("mpeg2video", "MPEG-2"),
    ("mpeg4", "MPEG-4"),
    ("msmpeg4v3", "DivX 3"),
    ("prores", "ProRes"),
    ("rv40", "RealVideo"),
    ("theora", "Theora"),
    ("vc1", "VC-1"),
    ("vp8", "VP8"),
    ("vp9", "VP9"),
    ("wmv2", "WMV 8"),
    ("wmv3", "WMV 9"),
];
const AUDIO_CODECS: [(&str, &str); 13] = [
    ("aac", "AAC"),
    ("ac3", "Dolby Digital"),
    ("alac", "Apple Lossless"),
    ("dts", "DTS"),
    ("eac3", "Dolby Digital Plus"),
    ("flac", "FLAC"),
    ("mp2", "MP2"),
    ("mp3", "MP3"),
    ("opus", "Opus"),
    ("pcm", "PCM"),
    ("truehd", "Dolby TrueHD"),
    ("vorbis", "Vorbis"),
    ("wmav2", "Windows Media Audio"),
];
const SUBTITLE_CODECS: [(&str, &str); 8] = [
    ("ass", "SubStation Alpha"),
    ("dvb_subtitle", "DVB"),
    ("dvd_subtitle", "VobSub"),
    ("hdmv_pgs_subtitle", "PGS"),
    ("mov_text", "Timed Text"),
    ("ssa", "SubStation Alpha"),
    ("subrip", "SubRip"),
    ("webvtt", "WebVTT"),
];
const CONTAINERS: [(&str, &str); 11] = [
    ("asf", "Windows Media"),
    ("avi", "AVI"),
    ("flv", "Flash Video"),
    ("matroska", "Matroska"),
    ("mov", "QuickTime"),
    ("mp4", "MP4"),
    ("mpeg", "MPEG"),
    ("mpegts", "MPEG-TS"),
    ("ogg", "Ogg"),
    ("rm", "RealMedia"),
    ("webm", "WebM"),
];

/// A video codec's display name, or `codec` in capitals if it is unknown.
pub fn video_codec_name(codec: &str) -> String {
    known(codec, &VIDEO_CODECS)
}

/// An audio codec's display name, or `codec` in capitals if it is unknown.
pub fn audio_codec_name(codec: &str) -> String {
    known(codec, &AUDIO_CODECS)
}

/// A subtitle codec's display name, or `codec` in capitals if it is unknown.
pub fn subtitle_codec_name(codec: &str) -> String {
    known(codec, &SUBTITLE_CODECS)
}

/// A container's display name, or `container` in capitals if it is unknown.
pub fn container_name(container: &str) -> String {
    known(container, &CONTAINERS)
}

fn known(key: &str, table: &[(&str, &str)]) -> String {
    let found = table.iter().find(|(known, _)| *known == key);
    found.map_or_else(|| key.to_uppercase(), |(_, name)| (*name).to_owned())
}

/// The MIME type that browsers accept for a container. They play QuickTime files, which resemble MP4, only as
/// `video/mp4`.
pub fn content_type(container: &str) -> &'static str {
    match container {
        "mp4" | "mov" => "video/mp4",
        "webm" => "video/webm",
        "matroska" => "video/x-matroska",
        "ogg" => "video/ogg",
        "mpegts" => "video/mp2t",
        _ => "application/octet-stream",
    }
}

/// The usual name of a video resolution in pixels, one of [`RESOLUTIONS`].
///
/// Either dimension suffices: 1920x800 and 1440x1080 are both 1080p. The limits are below the nominal sizes,
/// because black bars are often cropped. Orientation does not matter: 1080x1920 is 1080p.
pub fn resolution_name(width: u32, height: u32) -> &'static str {
    match (width.max(height), width.min(height)) {
        (3200.., _) | (_, 1700..) => "2160p",
        (2300.., _) | (_, 1200..) => "1440p",
        (1500.., _) | (_, 800..) => "1080p",
        (1100.., _) | (_, 620..) => "720p",
        (_, 540..) => "576p",
        _ => "480p",
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(3840, 2160, "2160p")]
    #[case(3840, 1600, "2160p")]
    #[case(4096, 1716, "2160p")]
    #[case(2560, 1440, "1440p")]
    #[case(2560, 1080, "1440p")]
    #[case(1920, 1080, "1080p")]
    #[case(1920, 800, "1080p")]
    #[case(1440, 1080, "1080p")]
    #[case(1080, 1920, "1080p")]
    #[case(1280, 720, "720p")]
    #[case(1280, 534, "720p")]
    #[case(960, 720, "720p")]
    #[case(720, 576, "576p")]
    #[case(1024, 576, "576p")]
    #[case(720, 480, "480p")]
    #[case(640, 360, "480p")]
    fn resolutions_are_named_by_either_dimension(
        #[case] width: u32,
        #[case] height: u32,
        #[case] name: &str,
    ) {
        assert_eq!(resolution_name(width, height), name);
        assert!(RESOLUTIONS.contains(&name));
    }

    #[rstest]
    #[case("hevc", "HEVC")]
    #[case("cinepak", "CINEPAK")]
    fn codecs_are_named_and_unknown_ones_capitalised(#[case] codec: &str, #[case] name: &str) {
        assert_eq!(video_codec_name(codec), name);
    }
}
