//! Segment boundaries and playlist of a stream. Pure functions.

use std::fmt::Write as _;

/// Minimum duration of a segment of copied video, in milliseconds.
const MIN_COPIED_MS: u64 = 6000;
/// Duration of a converted segment in milliseconds. Short, because playback starts when the first one is
/// complete.
pub(crate) const ENCODED_MS: u64 = 1000;
/// A fragment that begins up to this many milliseconds before a boundary belongs to the segment after it,
/// because containers round times.
const ROUNDING: u64 = 40;

/// The segments of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segments {
    /// Start of each segment in milliseconds. The first is 0.
    starts: Vec<u64>,
    duration: u64,
}

impl Segments {
    /// Cuts copied video at its keyframes.
    pub(crate) fn at_keyframes(keyframes: &[u64], duration: u64) -> Self {
        let mut starts = vec![0];
        for time in keyframes.iter().copied() {
            let last = starts.last().copied().unwrap_or_default();
            // A very short rest is part of the previous segment.
            if time >= last + MIN_COPIED_MS && time + 500 < duration {
                starts.push(time);
            }
        }
        Self { starts, duration }
    }

    /// Cuts converted video at regular intervals.
    pub(crate) fn regular(duration: u64) -> Self {
        let steps = (duration / ENCODED_MS).max(1);
        let mut starts: Vec<u64> = (0..steps).map(|step| step * ENCODED_MS).collect();
        if duration.saturating_sub(steps * ENCODED_MS) >= 500 {
            starts.push(steps * ENCODED_MS);
        }
        Self { starts, duration }
    }

    pub(crate) fn count(&self) -> usize {
        self.starts.len()
    }

    /// Start of a segment in milliseconds.
    pub(crate) fn start(&self, index: usize) -> Option<u64> {
        self.starts.get(index).copied()
    }

    /// The segment to which a frame at `time` belongs.
    pub(crate) fn at(&self, time: u64) -> usize {
        self.starts.partition_point(|start| *start <= time + ROUNDING).saturating_sub(1)
    }

    /// Whether a segment is complete when all frames before `time` are written. The last segment ends with
    /// the file.
    pub(crate) fn is_complete(&self, index: usize, time: u64) -> bool {
        index + 1 < self.count() && self.at(time) > index
    }

    /// Milliseconds between the starts of two segments.
    pub(crate) fn between(&self, one: usize, other: usize) -> u64 {
        self.start(one).unwrap_or_default().abs_diff(self.start(other).unwrap_or_default())
    }

    /// Duration of a segment in milliseconds.
    fn length(&self, index: usize) -> u64 {
        let end = self.starts.get(index + 1).copied().unwrap_or(self.duration.max(self.starts[index] + 1));
        end - self.starts[index]
    }

    /// Duration of the longest segment in milliseconds.
    fn longest(&self) -> u64 {
        (0..self.count()).map(|index| self.length(index)).max().unwrap_or_default()
    }

    /// Appends the segments to a playlist.
    fn list(&self, query: &str, text: &mut String) {
        let _ = writeln!(text, "#EXT-X-MAP:URI=\"init.mp4{query}\"");
        for index in 0..self.count() {
            let length = self.length(index);
            let _ = writeln!(text, "#EXTINF:{}.{:03},\n{index}.m4s{query}", length / 1000, length % 1000);
        }
    }
}

/// The HLS playlist of a whole movie. `files`: the segments of each file, and a suffix for their URLs.
pub(crate) fn playlist(files: &[(&Segments, String)]) -> String {
    let longest = files.iter().map(|(segments, _)| segments.longest()).max().unwrap_or_default();
    let mut text = format!(
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:{}\n#EXT-X-MEDIA-SEQUENCE:0\n\
         #EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n",
        longest.div_ceil(1000)
    );
    for (index, (segments, query)) in files.iter().enumerate() {
        // The next file may have a different codec, resolution or frame rate.
        if index > 0 {
            text.push_str("#EXT-X-DISCONTINUITY\n");
        }
        segments.list(query, &mut text);
    }
    text.push_str("#EXT-X-ENDLIST\n");
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn copied_video_is_cut_at_keyframes_with_a_minimum_distance() {
        let keyframes = [0, 2000, 4000, 6000, 8000, 13_000, 19_500];
        let segments = Segments::at_keyframes(&keyframes, 20_100);
        assert_eq!(segments.starts, [0, 6000, 13_000, 19_500]);
        assert_eq!(Segments::at_keyframes(&keyframes, 19_800).starts, [0, 6000, 13_000]);
    }

    #[test]
    fn a_first_keyframe_after_the_start_is_part_of_the_first_segment() {
        assert_eq!(Segments::at_keyframes(&[83, 2000, 6083], 10_000).starts, [0, 6083]);
    }

    #[test]
    fn frames_are_assigned_to_segments_despite_rounded_times() {
        let segments = Segments::at_keyframes(&[0, 6006, 12_012], 20_000);
        let found: Vec<_> = [0, 5000, 6005, 6006, 12_011, 19_999].map(|time| segments.at(time)).into();
        assert_eq!(found, [0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn a_segment_is_complete_when_its_frames_reach_the_next_segment() {
        let segments = Segments::at_keyframes(&[0, 2000, 6006, 12_012], 20_000);
        let complete = [(0, 2000), (0, 6005), (1, 6006), (1, 12_012), (2, 20_000)];
        let found = complete.map(|(index, time)| segments.is_complete(index, time));
        assert_eq!(found, [false, true, false, true, false]);
    }

    #[test]
    fn the_playlist_lists_the_whole_movie() {
        let playlist = playlist(&[(&Segments::regular(2600), "?plan=copy".to_owned())]);
        let expected = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:0\n\
            #EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"init.mp4?plan=copy\"\n\
            #EXTINF:1.000,\n0.m4s?plan=copy\n#EXTINF:1.000,\n1.m4s?plan=copy\n#EXTINF:0.600,\n2.m4s?plan=copy\n\
            #EXT-X-ENDLIST\n";
        assert_eq!(playlist, expected);
    }

    #[test]
    fn the_files_of_a_movie_follow_each_other() {
        let (first, second) = (Segments::regular(1000), Segments::regular(2000));
        let playlist = playlist(&[(&first, "?part=0".to_owned()), (&second, "?part=1".to_owned())]);
        let expected = "#EXT-X-MAP:URI=\"init.mp4?part=0\"\n#EXTINF:1.000,\n0.m4s?part=0\n#EXT-X-DISCONTINUITY\n\
            #EXT-X-MAP:URI=\"init.mp4?part=1\"\n#EXTINF:1.000,\n0.m4s?part=1\n#EXTINF:1.000,\n1.m4s?part=1\n\
            #EXT-X-ENDLIST\n";
        assert!(playlist.ends_with(expected), "{playlist}");
    }

    proptest! {
        #[test]
        fn segments_cover_the_movie_without_gaps(
            mut keyframes in prop::collection::vec(0_u64..10_000_000, 0..300),
            duration in 1_u64..10_000_000,
        ) {
            keyframes.sort_unstable();
            for segments in [Segments::at_keyframes(&keyframes, duration), Segments::regular(duration)] {
                let total: u64 = (0..segments.count()).map(|index| segments.length(index)).sum();
                prop_assert_eq!(total, duration);
                for index in 0..segments.count() {
                    prop_assert_eq!(segments.at(segments.starts[index]), index);
                }
            }
        }
    }
}
