//! One sitting with one title in one player.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Segments, viewing::Begun};

/// Whoever plays beyond the mark for as long as this has reached it, also after a jump.
const REACHED_AFTER_MS: i64 = 60_000;
/// Less than this is the same progress.
const SAME_PROGRESS: f64 = 1.0;

/// Stored with the machine; the form is frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Sitting {
    pub(super) number: i64,
    pub(super) segment: usize,
    pub(super) started_at: DateTime<Utc>,
    /// The viewing that it belongs to, by its beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<DateTime<Utc>>,
    /// Its viewing had counted when it began: nothing is sent.
    pub(super) silent: bool,
    /// Milliseconds played that the viewing does not know of yet.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) played_ms: i64,
    /// Milliseconds played beyond the mark.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) beyond_ms: i64,
    /// The furthest progress beyond the mark that was reached by playing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reached: Option<f64>,
    /// The last call.
    #[serde(rename = "told")]
    pub(super) last_call: Option<LastCall>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct LastCall {
    pub(super) playing: bool,
    pub(super) progress: f64,
    pub(super) at: DateTime<Utc>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(milliseconds: &i64) -> bool {
    *milliseconds == 0
}

impl Sitting {
    pub(super) fn begin(number: i64, segment: usize, now: DateTime<Utc>, begun: Begun) -> Self {
        Self {
            number,
            segment,
            started_at: now,
            of: Some(begun.of),
            silent: begun.has_counted,
            played_ms: 0,
            beyond_ms: 0,
            reached: None,
            last_call: None,
        }
    }

    /// The clock that its moments were read off was set by this much. Its viewing keeps its name, which was a moment once.
    pub(super) fn move_in_time(&mut self, by: TimeDelta) {
        self.started_at += by;
        if let Some(last_call) = &mut self.last_call {
            last_call.at += by;
        }
    }

    /// Plays on from one position of the file to another in the same title, which counts from `counts_from` percent on.
    pub(super) fn play(&mut self, segments: &Segments, counts_from: f64, from: i64, to: i64) {
        let mark = segments.position(self.segment, counts_from);
        self.played_ms += to - from;
        self.beyond_ms += (to - from.max(mark)).max(0);
        let crossed = from < mark && to >= mark;
        let to_the_end = to >= segments.end(self.segment);
        let long_enough = to >= mark && self.beyond_ms >= REACHED_AFTER_MS;
        if crossed || to_the_end || long_enough || self.reached.is_some() {
            let progress = segments.percent(self.segment, to);
            self.reached = Some(self.reached.unwrap_or_default().max(progress));
        }
    }
}

impl LastCall {
    /// Whether it said the same.
    pub(super) fn says(self, playing: bool, progress: f64) -> bool {
        self.playing == playing && (self.progress - progress).abs() < SAME_PROGRESS
    }
}
