//! The sittings of a player: how they begin and end, and what is sent to Trakt.

use chrono::TimeDelta;

use super::{
    super::{
        COUNTS_FROM, Effect, ResumePoint, ScrobbleCall, Verb, WATCHED_FROM,
        sitting::{LastCall, Sitting},
        viewing::{Ending, Outcome},
    },
    step::Step,
};

/// If a call follows another this closely, a third may follow.
const HURRY: TimeDelta = TimeDelta::seconds(5);

impl Step<'_> {
    /// Begins a sitting unless there is one, and sends a start.
    pub(super) fn send_start(&mut self) {
        if self.machine.sitting.is_none() {
            self.begin(self.machine.segments.at(self.machine.position_ms), Beginning::Anew);
        }
        self.send(Verb::Start);
    }

    pub(super) fn begin(&mut self, segment: usize, beginning: Beginning) {
        let machine = &mut *self.machine;
        let percent = match beginning {
            Beginning::Anew => Some(machine.segments.percent(segment, machine.position_ms)),
            Beginning::Continued => None,
        };
        let begun = self.viewings.begin(machine.segments.title(segment), percent, self.now);
        machine.sittings += 1;
        machine.sitting = Some(Sitting::begin(machine.sittings, segment, self.now, begun));
    }

    /// Adds the milliseconds played to the viewing.
    pub(super) fn note_played(&mut self) {
        let machine = &mut *self.machine;
        let Some(sitting) = &mut machine.sitting else { return };
        let played_ms = std::mem::take(&mut sitting.played_ms);
        if played_ms > 0 {
            self.viewings.play(machine.segments.title(sitting.segment), sitting.of, played_ms);
        }
    }

    pub(super) fn end_sitting(&mut self, left: Left) {
        self.note_played();
        let machine = &mut *self.machine;
        let Some(sitting) = &machine.sitting else { return };
        let (segment, silent) = (sitting.segment, sitting.silent);
        let title_id = machine.segments.title(segment);
        let percent = machine.segments.percent(segment, machine.position_ms);
        let ends_beyond = percent >= machine.counts_from;
        let ending = Ending {
            of: sitting.of,
            at: machine.position_at,
            watched: sitting.reached.is_some() || (left == Left::Here && ends_beyond),
            duration_ms: machine.segments.inside(segment, 0).1,
        };
        let outcome = self.viewings.end(title_id, ending);
        let progress = percent.max(sitting.reached.unwrap_or_default());
        match outcome {
            Outcome::Counts => self.call(Verb::Stop, progress),
            Outcome::Open | Outcome::HadCounted if !silent && !ends_beyond => self.leave(percent),
            Outcome::Open | Outcome::HadCounted | Outcome::Outdated => {}
        }
        match outcome {
            Outcome::Outdated => {}
            Outcome::Counts | Outcome::HadCounted if ends_beyond => {
                self.effects.push(Effect::Finished { title_id });
            }
            Outcome::Open if ends_beyond => {}
            Outcome::Counts | Outcome::HadCounted | Outcome::Open => self.save_resume_point_in(segment),
        }
        self.machine.sitting = None;
    }

    /// Sends a start or pause with the current progress, unless the last call reported the same or the viewing
    /// has counted.
    pub(super) fn send(&mut self, verb: Verb) {
        let machine = &*self.machine;
        let Some(sitting) = machine.sitting.as_ref().filter(|sitting| !sitting.silent) else { return };
        let progress = machine.segments.percent(sitting.segment, machine.position_ms);
        let playing = verb == Verb::Start;
        if !sitting.last_call.is_some_and(|last| last.matches(playing, progress)) {
            self.call(verb, progress);
        }
    }

    /// Ends the sitting without counting. Trakt counts every stop from its own threshold on, even if the user's
    /// is higher; between the two a pause is sent, with which Trakt keeps the resume point as well.
    fn leave(&mut self, percent: f64) {
        if percent < COUNTS_FROM {
            self.call(Verb::Stop, percent);
        } else {
            self.send(Verb::Pause);
        }
    }

    fn call(&mut self, verb: Verb, progress: f64) {
        let machine = &mut *self.machine;
        let Some(sitting) = &mut machine.sitting else { return };
        let hurried = sitting.last_call.is_some_and(|last| self.now - last.at < HURRY);
        sitting.last_call = Some(LastCall { playing: verb == Verb::Start, progress, at: self.now });
        let (position_ms, duration_ms) = machine.segments.inside(sitting.segment, machine.position_ms);
        self.effects.push(Effect::Scrobble(ScrobbleCall {
            verb,
            sitting: sitting.number,
            title_id: machine.segments.title(sitting.segment),
            progress,
            position_ms,
            duration_ms,
            started_at: sitting.started_at,
            at: self.now,
            hurried,
        }));
    }

    pub(super) fn save_resume_point(&mut self) {
        if let Some(segment) = self.machine.sitting.as_ref().map(|sitting| sitting.segment) {
            self.save_resume_point_in(segment);
        }
    }

    fn save_resume_point_in(&mut self, segment: usize) {
        let segments = &self.machine.segments;
        let percent = segments.percent(segment, self.machine.position_ms);
        if percent < WATCHED_FROM {
            return;
        }
        let (position_ms, duration_ms) = segments.inside(segment, self.machine.position_ms);
        let title_id = segments.title(segment);
        self.effects.push(Effect::Resume(ResumePoint {
            title_id,
            position_ms,
            duration_ms,
            percent,
            at: self.now,
        }));
    }
}

/// How a sitting begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    /// Playback was started at the position.
    Anew,
    /// A player whose reports had stopped has continued playing.
    Continued,
}

/// How a sitting ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// At its position: played to the end, closed, or without further reports.
    Here,
    /// By a jump: only what was played counts.
    ByJump,
}
