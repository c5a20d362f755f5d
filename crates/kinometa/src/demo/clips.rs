//! The few clips that all sample files are made of, and the trailer that makes each file its own.

/// A clip of `assets/sample`, made by its `make.sh`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clip {
    /// Matroska, 1080p, H.264, AAC in two languages, subtitles in two languages.
    Sunrise,
    /// MP4, 480p, H.264, AAC.
    Sea,
    /// WebM, VP9, Opus.
    Night,
    /// Matroska, MPEG-2, AC-3: no browser plays it, so that it is transcoded.
    Dunes,
}

impl Clip {
    /// The clips that every browser plays.
    pub(super) const PLAYABLE: [Self; 3] = [Self::Sea, Self::Sunrise, Self::Night];

    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Sunrise | Self::Dunes => "mkv",
            Self::Sea => "mp4",
            Self::Night => "webm",
        }
    }

    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Sunrise => include_bytes!("../../assets/sample/sunrise.mkv"),
            Self::Sea => include_bytes!("../../assets/sample/sea.mp4"),
            Self::Night => include_bytes!("../../assets/sample/night.webm"),
            Self::Dunes => include_bytes!("../../assets/sample/dunes.mkv"),
        }
    }

    /// The clip as a file of its own: an element that players skip, holding `key`, is put behind it. Two files with the
    /// same content would be one file to the library.
    pub(super) fn file(self, key: &str) -> Vec<u8> {
        let mut file = self.bytes().to_vec();
        let padding = key.as_bytes();
        match self {
            Self::Sea => {
                file.extend_from_slice(&(padding.len() as u32 + 8).to_be_bytes());
                file.extend_from_slice(b"free");
            }
            // EBML: the id of Void, then the length as an eight-byte number.
            Self::Sunrise | Self::Night | Self::Dunes => {
                file.push(0xEC);
                file.push(0x01);
                file.extend_from_slice(&(padding.len() as u64).to_be_bytes()[1..]);
            }
        }
        file.extend_from_slice(padding);
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_clip_under_two_keys_is_two_files_of_the_same_film() {
        for clip in [Clip::Sunrise, Clip::Sea, Clip::Night, Clip::Dunes] {
            let (one, other) = (clip.file("one.mkv"), clip.file("two.mkv"));
            assert_ne!(one, other);
            assert!(one.starts_with(clip.bytes()) && other.starts_with(clip.bytes()));
        }
    }

    #[test]
    fn the_clips_are_small() {
        let total: usize =
            [Clip::Sunrise, Clip::Sea, Clip::Night, Clip::Dunes].map(|clip| clip.bytes().len()).iter().sum();
        assert!(total <= 500 * 1024, "{total} bytes");
    }
}
