//! Display names of codecs, containers and resolutions. Every page, filter and message uses these.

/// The name of a video codec, such as `H.264` for `h264`.
pub(crate) fn video_name(codec: &str) -> String {
    known(
        codec,
        &[
            ("h264", "H.264"),
            ("hevc", "HEVC"),
            ("av1", "AV1"),
            ("vp8", "VP8"),
            ("vp9", "VP9"),
            ("mpeg4", "MPEG-4"),
            ("msmpeg4v3", "DivX 3"),
            ("mpeg2video", "MPEG-2"),
            ("mpeg1video", "MPEG-1"),
            ("vc1", "VC-1"),
            ("prores", "ProRes"),
            ("theora", "Theora"),
        ],
    )
}

/// The name of an audio codec, such as `Dolby Digital` for `ac3`.
pub(crate) fn audio_name(codec: &str) -> String {
    known(
        codec,
        &[
            ("aac", "AAC"),
            ("ac3", "Dolby Digital"),
            ("eac3", "Dolby Digital Plus"),
            ("truehd", "Dolby TrueHD"),
            ("dts", "DTS"),
            ("flac", "FLAC"),
            ("opus", "Opus"),
            ("vorbis", "Vorbis"),
            ("mp3", "MP3"),
            ("mp2", "MP2"),
            ("alac", "Apple Lossless"),
            ("pcm", "PCM"),
        ],
    )
}

/// The name of a container, such as `Matroska`.
pub(crate) fn container_name(container: &str) -> String {
    known(
        container,
        &[
            ("mp4", "MP4"),
            ("mov", "QuickTime"),
            ("matroska", "Matroska"),
            ("webm", "WebM"),
            ("avi", "AVI"),
            ("mpegts", "MPEG-TS"),
            ("mpeg", "MPEG"),
            ("asf", "Windows Media"),
            ("ogg", "Ogg"),
        ],
    )
}

fn known(name: &str, table: &[(&str, &str)]) -> String {
    table
        .iter()
        .find(|(key, _)| *key == name)
        .map_or_else(|| name.to_uppercase(), |(_, shown)| (*shown).to_owned())
}
