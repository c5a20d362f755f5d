//! What a report does to a player: its position, whether it plays, and which titles it leaves on the way.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    super::{Effect, Verb, Viewings, WATCHED_FROM, viewing::START_REGION},
    Machine, Silenced,
    sittings::{Beginning, Left},
};

/// If a player that was thought to be paused is further on than this, in milliseconds, it has played: the
/// report was lost.
const PLAYED_ON_MS: i64 = 1000;
/// Progress is reported every ten seconds: a position further away than this was reached by a jump.
const JUMP: TimeDelta = TimeDelta::seconds(20);
/// The maximum playback speed.
const MAX_SPEED: i32 = 4;

/// The processing of one input.
pub(super) struct Step<'a> {
    pub(super) machine: &'a mut Machine,
    pub(super) now: DateTime<Utc>,
    pub(super) viewings: &'a mut Viewings,
    pub(super) effects: Vec<Effect>,
}

impl Step<'_> {
    /// Resumes a player whose reports had stopped. What it played in the meantime was watched.
    pub(super) fn wake(&mut self, position: i64) {
        let Some(silenced) = self.machine.silenced.take() else { return };
        self.machine.stopped = false;
        if silenced == Silenced::Playing {
            self.catch_up(position);
        }
    }

    /// Handles a paused player that has moved forward: the report that playback resumed was lost.
    fn catch_up(&mut self, position: i64) {
        let further = position >= self.machine.position_ms + PLAYED_ON_MS;
        if self.machine.playing || !further || self.is_jump(position) {
            return;
        }
        self.machine.playing = true;
        if self.machine.sitting.is_none() {
            self.begin(self.machine.segments.at(self.machine.position_ms), Beginning::Continued);
        }
        self.send(Verb::Start);
        self.follow(position);
    }

    pub(super) fn play(&mut self, position: i64) {
        self.machine.stopped = false;
        if self.machine.playing && !self.is_jump(position) {
            self.follow(position);
        } else {
            self.jump(position);
        }
        self.machine.playing = true;
        self.send_start();
    }

    pub(super) fn pause(&mut self, position: i64) {
        if self.machine.stopped {
            return;
        }
        self.catch_up(position);
        if !self.machine.playing {
            return;
        }
        self.arrive(position);
        self.machine.playing = false;
        self.note_played();
        if self.machine.sitting.is_some() {
            self.send(Verb::Pause);
            self.save_resume_point();
        }
    }

    pub(super) fn seek(&mut self, position: i64) {
        if self.machine.stopped {
            return;
        }
        self.jump(position);
        if self.machine.playing {
            self.send_start();
        }
    }

    pub(super) fn progress(&mut self, position: i64) {
        if self.machine.stopped {
            return;
        }
        if !self.machine.playing {
            self.catch_up(position);
            if !self.machine.playing && position >= self.machine.position_ms + PLAYED_ON_MS {
                self.play(position);
            }
            return;
        }
        if self.is_jump(position) {
            self.seek(position);
        } else {
            self.follow(position);
        }
        self.save_resume_point();
    }

    pub(super) fn stop(&mut self, position: i64) {
        if self.machine.stopped {
            return;
        }
        self.catch_up(position);
        if self.machine.playing {
            self.arrive(position);
        }
        self.close();
    }

    pub(super) fn time_out(&mut self) {
        if self.machine.stopped {
            return;
        }
        self.now = self.machine.position_at;
        let silenced = if self.machine.playing { Silenced::Playing } else { Silenced::Resting };
        self.close();
        self.machine.silenced = Some(silenced);
    }

    fn close(&mut self) {
        self.end_sitting(Left::Here);
        self.machine.playing = false;
        self.machine.stopped = true;
    }

    /// Takes the position of a report that ends playback. A jump that was not reported must not look like
    /// watching.
    fn arrive(&mut self, position: i64) {
        if self.is_jump(position) {
            self.jump(position);
            return;
        }
        // A position just after a boundary means the end of the title before it, not the beginning of the next one.
        let next = self.machine.segments.at(position);
        let ends_at_boundary = self.machine.sitting.as_ref().is_some_and(|sitting| sitting.segment < next)
            && self.machine.segments.percent(next, position) < WATCHED_FROM;
        if !ends_at_boundary {
            self.follow(position);
            return;
        }
        let end = self.machine.segments.end(next - 1);
        self.follow(end - 1);
        self.play_to(end);
        self.end_sitting(Left::Here);
    }

    /// Whether `position` cannot have been reached by playing.
    fn is_jump(&self, position: i64) -> bool {
        let passed = (self.now - self.machine.position_at) * MAX_SPEED + JUMP;
        let moved = TimeDelta::milliseconds(position - self.machine.position_ms);
        moved > passed || moved < -TimeDelta::seconds(2)
    }

    /// Plays to `position`, across every boundary on the way.
    fn follow(&mut self, position: i64) {
        while let Some(sitting) = &self.machine.sitting {
            let segment = sitting.segment;
            if segment >= self.machine.segments.at(position) {
                break;
            }
            let end = self.machine.segments.end(segment);
            self.play_to(end);
            self.end_sitting(Left::Here);
            self.begin(segment + 1, Beginning::Anew);
            self.send(Verb::Start);
        }
        self.play_to(position.max(self.machine.position_ms));
    }

    /// Plays to `position` within a title.
    fn play_to(&mut self, position: i64) {
        let machine = &mut *self.machine;
        let from = machine.position_ms;
        if let Some(sitting) = &mut machine.sitting
            && position > from
        {
            sitting.play(&machine.segments, machine.counts_from, from, position);
        }
        self.place(position);
    }

    /// Moves to `position` without playing what lies between.
    fn jump(&mut self, position: i64) {
        if let Some(sitting) = &self.machine.sitting {
            let segment = sitting.segment;
            let leaves = self.machine.segments.at(position) != segment;
            let to_the_start = self.machine.segments.percent(segment, position) < START_REGION;
            let is_seen = || {
                let title_id = self.machine.segments.title(segment);
                sitting.silent || sitting.reached.is_some() || self.viewings.is_over(title_id, sitting.of)
            };
            if leaves || (to_the_start && is_seen()) {
                self.end_sitting(Left::ByJump);
            }
        }
        self.place(position);
    }

    fn place(&mut self, position: i64) {
        self.machine.position_ms = position;
        self.machine.position_at = self.now;
    }
}
