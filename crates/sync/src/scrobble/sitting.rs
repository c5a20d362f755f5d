//! One sitting with one title in one player.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Segments, viewing::Begun};

/// Playing this long beyond the threshold reaches it, even after a jump over it.
const REACHED_AFTER_MS: i64 = 60_000;
/// A smaller difference, in percent, counts as the same progress.
const SAME_PROGRESS: f64 = 1.0;

/// Stored with the machine; the format is frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Sitting {
    pub(super) number: i64,
    pub(super) segment: usize,
    pub(super) started_at: DateTime<Utc>,
    /// Identifies the viewing that it belongs to: when that viewing began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<DateTime<Utc>>,
    /// Whether its viewing had already counted when it began: then nothing is sent.
    pub(super) silent: bool,
    /// Milliseconds played that have not been added to the viewing yet.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) played_ms: i64,
    /// Milliseconds played beyond the threshold.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) beyond_ms: i64,
    /// The furthest progress beyond the threshold that was reached by playing.
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

    /// Adjusts its times after the clock was set by this much. `of` is kept: it only identifies the viewing.
    pub(super) fn move_in_time(&mut self, by: TimeDelta) {
        self.started_at += by;
        if let Some(last_call) = &mut self.last_call {
            last_call.at += by;
        }
    }

    /// Records that the file was played from one position to another within the title, which counts from
    /// `counts_from` percent on.
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
    /// Whether the last call reported this state and progress.
    pub(super) fn matches(self, playing: bool, progress: f64) -> bool {
        self.playing == playing && (self.progress - progress).abs() < SAME_PROGRESS
    }
}
