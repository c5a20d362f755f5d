use db::ids::TitleId;
use serde::{Deserialize, Serialize};

/// A title in a file and its runtime, if known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The title.
    pub title_id: TitleId,
    /// The runtime in the catalogue, used to divide a file with several titles.
    pub runtime_minutes: Option<i32>,
}

/// Which title plays at which position of a file. Never empty; the segments cover the file from 0 to its end
/// without gaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Segments(Vec<Segment>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Segment {
    title_id: TitleId,
    start_ms: i64,
    end_ms: i64,
}

impl Segments {
    /// Divides a file: by the runtimes if all are known, otherwise into equal parts. `None` without titles, or
    /// if the file is too short.
    pub fn divide(duration_ms: i64, parts: &[Part]) -> Option<Self> {
        if parts.is_empty() || duration_ms < i64::try_from(parts.len()).ok()? {
            return None;
        }
        let runtimes: Option<Vec<i64>> = parts
            .iter()
            .map(|part| part.runtime_minutes.filter(|minutes| *minutes > 0).map(i64::from))
            .collect();
        let weights = runtimes.unwrap_or_else(|| vec![1; parts.len()]);
        let total: i64 = weights.iter().sum();
        let (mut segments, mut start_ms, mut weight_so_far) = (Vec::with_capacity(parts.len()), 0, 0);
        for (part, weight) in parts.iter().zip(weights) {
            weight_so_far += weight;
            // In 128 bits, so that no length can overflow.
            let end = i128::from(duration_ms) * i128::from(weight_so_far) / i128::from(total);
            let end_ms = i64::try_from(end).unwrap_or(duration_ms).max(start_ms + 1);
            segments.push(Segment { title_id: part.title_id, start_ms, end_ms });
            start_ms = end_ms;
        }
        Some(Self(segments))
    }

    /// The index of the segment at `position_ms`; the end of the file belongs to the last one.
    pub fn at(&self, position_ms: i64) -> usize {
        self.0.iter().position(|segment| position_ms < segment.end_ms).unwrap_or(self.0.len() - 1)
    }

    /// The titles in their order.
    pub fn titles(&self) -> impl Iterator<Item = TitleId> + '_ {
        self.0.iter().map(|segment| segment.title_id)
    }

    /// The title of a segment.
    pub fn title(&self, index: usize) -> TitleId {
        self.0[index].title_id
    }

    /// Position inside a segment and its length, in milliseconds.
    pub fn inside(&self, index: usize, position_ms: i64) -> (i64, i64) {
        let segment = &self.0[index];
        let length = segment.end_ms - segment.start_ms;
        ((position_ms - segment.start_ms).clamp(0, length), length)
    }

    /// Progress inside a segment, 0 to 100.
    pub fn percent(&self, index: usize, position_ms: i64) -> f64 {
        let (position, length) = self.inside(index, position_ms);
        (position as f64 / length as f64 * 100.0).clamp(0.0, 100.0)
    }

    /// The position in the file of a percentage of a segment.
    pub fn position(&self, index: usize, percent: f64) -> i64 {
        let (segment, length) = (&self.0[index], self.inside(index, 0).1);
        segment.start_ms + (length as f64 * percent / 100.0).ceil() as i64
    }

    /// Replaces the titles of the segments, in order, because the file was matched to other titles.
    pub fn replace_titles(&mut self, titles: impl Iterator<Item = TitleId>) {
        for (segment, title_id) in self.0.iter_mut().zip(titles) {
            segment.title_id = title_id;
        }
    }

    /// The last position of a segment.
    pub fn end(&self, index: usize) -> i64 {
        self.0[index].end_ms
    }

    /// The length of the file.
    pub fn duration(&self) -> i64 {
        self.0.last().map_or(0, |segment| segment.end_ms)
    }
}
