//! The state machine of a player, driven by its reports.

mod sittings;
mod step;

use chrono::{DateTime, TimeDelta, Utc};
use db::ids::TitleId;
use serde::{Deserialize, Serialize};

use super::{COUNTS_FROM, Effect, Input, Part, Segments, Viewings, sitting::Sitting};
use step::Step;

/// The state of one player. Stored as JSON with its playback session, so it survives a restart. The stored
/// format is frozen, and its field names are older than the ones here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    segments: Segments,
    /// The threshold for counting a viewing, in percent.
    #[serde(default = "trakts_mark", skip_serializing_if = "is_trakts_mark")]
    counts_from: f64,
    position_ms: i64,
    position_at: DateTime<Utc>,
    playing: bool,
    stopped: bool,
    /// It was stopped because reports stopped arriving: the next report resumes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    silenced: Option<Silenced>,
    #[serde(rename = "viewings")]
    sittings: i64,
    #[serde(rename = "viewing")]
    sitting: Option<Sitting>,
}

fn trakts_mark() -> f64 {
    COUNTS_FROM
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_trakts_mark(percent: &f64) -> bool {
    *percent <= COUNTS_FROM
}

/// What a player was doing when its reports stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Silenced {
    Playing,
    Resting,
}

impl Machine {
    /// A player that was opened at `position_ms` of a file.
    pub fn new(segments: Segments, position_ms: i64, now: DateTime<Utc>) -> Self {
        let position_ms = position_ms.clamp(0, segments.duration());
        Self {
            segments,
            counts_from: COUNTS_FROM,
            position_ms,
            position_at: now,
            playing: false,
            stopped: false,
            silenced: None,
            sittings: 0,
            sitting: None,
        }
    }

    /// Sets the percentage from which a viewing counts. It is at least [`COUNTS_FROM`], because Trakt counts
    /// every stop from there.
    pub fn counting_from(self, percent: f64) -> Self {
        Self { counts_from: percent.max(COUNTS_FROM), ..self }
    }

    /// The player of a user who joins this one at its position.
    pub fn joined(&self, now: DateTime<Utc>) -> Self {
        Self::new(self.segments.clone(), self.position_ms, now)
    }

    /// Processes `input` at `position_ms` and `now`, and returns its effects. `viewings` contains what is known
    /// about the titles, and is updated.
    pub fn step(
        &mut self,
        input: Input,
        position_ms: i64,
        now: DateTime<Utc>,
        viewings: &mut Viewings,
    ) -> Vec<Effect> {
        let position = position_ms.clamp(0, self.segments.duration());
        self.follow_clock(now);
        let mut step = Step { machine: self, now, viewings, effects: Vec::new() };
        if input != Input::Timeout {
            step.wake(position);
        }
        match input {
            Input::Play => step.play(position),
            Input::Pause => step.pause(position),
            Input::Seek => step.seek(position),
            Input::Progress => step.progress(position),
            Input::Stop => step.stop(position),
            Input::Timeout => step.time_out(),
        }
        step.effects
    }

    /// If a report is dated before the last one, the clock was set back. Earlier times are then moved along, so
    /// that no time lies in the future and no duration is negative. How much time has really passed since the
    /// last report is unknown.
    fn follow_clock(&mut self, now: DateTime<Utc>) {
        let by = now - self.position_at;
        if by >= TimeDelta::zero() {
            return;
        }
        self.position_at = now;
        if let Some(sitting) = &mut self.sitting {
            sitting.move_in_time(by);
        }
    }

    /// Position in the file, in milliseconds.
    pub fn position_ms(&self) -> i64 {
        self.position_ms
    }

    /// Whether it plays.
    pub fn is_playing(&self) -> bool {
        self.playing
    }

    /// Whether the player was closed.
    pub fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Continues with other titles, because the file was matched to them.
    pub fn play_titles(&mut self, parts: &[Part]) {
        let same_number = parts.len() == self.segments.titles().count();
        if same_number {
            self.segments.replace_titles(parts.iter().map(|part| part.title_id));
        } else if let Some(segments) = Segments::divide(self.segments.duration(), parts) {
            self.segments = segments;
            if let Some(sitting) = &mut self.sitting {
                sitting.segment = self.segments.at(self.position_ms);
                sitting.of = None;
            }
        }
    }

    /// The titles of the file.
    pub fn titles(&self) -> impl Iterator<Item = TitleId> + '_ {
        self.segments.titles()
    }
}
