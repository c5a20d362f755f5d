use chrono::{DateTime, TimeDelta, Utc};
use db::ids::TitleId;
use serde::{Deserialize, Serialize};

use super::{COUNTS_FROM, Effect, Input, ResumePoint, ScrobbleCall, Segments, Verb, WATCHED_FROM};

/// A viewing that begins below this of a title that has just counted is a rewatch; above, it is the same viewing going
/// on (credits after a reload, a second look at a scene) and must not count again.
const REWATCH_BELOW: f64 = 20.0;
/// Progress reports come every ten seconds: a position further off than this was reached by a jump.
const JUMP: TimeDelta = TimeDelta::seconds(20);
/// Nobody plays faster than this.
const FASTEST: i32 = 4;
/// A call that follows another this closely may be followed by a third.
const HURRY: TimeDelta = TimeDelta::seconds(5);
/// Less than this is the same progress.
const SAME_PROGRESS: f64 = 1.0;

/// What is known about one player. Kept as JSON with its playback session, so it survives a restart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    segments: Segments,
    position_ms: i64,
    position_at: DateTime<Utc>,
    playing: bool,
    stopped: bool,
    viewings: i64,
    viewing: Option<Viewing>,
    /// Segments that counted in this session.
    counted: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Viewing {
    number: i64,
    segment: usize,
    started_at: DateTime<Utc>,
    /// It continues one that has counted: nothing is sent and nothing counts.
    silent: bool,
    /// The last call. Renamed in the stored form, which is frozen.
    #[serde(rename = "told")]
    last_call: Option<LastCall>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct LastCall {
    playing: bool,
    progress: f64,
    at: DateTime<Utc>,
}

impl Machine {
    /// A player that was opened at `position_ms` of a file.
    pub fn new(segments: Segments, position_ms: i64, now: DateTime<Utc>) -> Self {
        let position_ms = position_ms.clamp(0, segments.duration());
        Self {
            segments,
            position_ms,
            position_at: now,
            playing: false,
            stopped: false,
            viewings: 0,
            viewing: None,
            counted: Vec::new(),
        }
    }

    /// What follows from `input` at `position_ms` and `now`. `just_counted` says whether a title counted in the last
    /// day outside this session.
    pub fn step(
        &mut self,
        input: Input,
        position_ms: i64,
        now: DateTime<Utc>,
        just_counted: &dyn Fn(TitleId) -> bool,
    ) -> Vec<Effect> {
        let position = position_ms.clamp(0, self.segments.duration());
        // A clock that was put back must not make durations negative.
        let now = now.max(self.position_at);
        let mut step = Step { machine: self, now, just_counted, effects: Vec::new() };
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

    /// The titles of the file.
    pub fn titles(&self) -> impl Iterator<Item = TitleId> + '_ {
        self.segments.titles()
    }
}

/// One input being worked off.
struct Step<'a> {
    machine: &'a mut Machine,
    now: DateTime<Utc>,
    just_counted: &'a dyn Fn(TitleId) -> bool,
    effects: Vec<Effect>,
}

impl Step<'_> {
    fn play(&mut self, position: i64) {
        self.machine.stopped = false;
        if self.machine.playing && !self.is_jump(position) {
            self.follow(position);
        } else {
            self.jump(position);
        }
        self.machine.playing = true;
        self.send_start();
    }

    fn pause(&mut self, position: i64) {
        if self.machine.stopped || !self.machine.playing {
            return;
        }
        self.arrive(position);
        self.machine.playing = false;
        if self.machine.viewing.is_some() {
            self.send(Verb::Pause);
            self.keep_place();
        }
    }

    fn seek(&mut self, position: i64) {
        if self.machine.stopped {
            return;
        }
        self.jump(position);
        if self.machine.playing {
            self.send_start();
        }
    }

    fn progress(&mut self, position: i64) {
        if self.machine.stopped {
            return;
        }
        if !self.machine.playing {
            // The report that playing goes on was lost.
            if position >= self.machine.position_ms + 1000 {
                self.play(position);
            }
            return;
        }
        if self.is_jump(position) {
            self.seek(position);
        } else {
            self.follow(position);
        }
        self.keep_place();
    }

    fn stop(&mut self, position: i64) {
        if self.machine.stopped {
            return;
        }
        if self.machine.playing {
            self.arrive(position);
        }
        self.close();
    }

    fn time_out(&mut self) {
        if self.machine.stopped {
            return;
        }
        self.now = self.machine.position_at;
        self.close();
    }

    fn close(&mut self) {
        self.end_viewing();
        self.machine.playing = false;
        self.machine.stopped = true;
    }

    /// Takes the position of a report that playing ends; a jump that was not reported must not look like watching.
    fn arrive(&mut self, position: i64) {
        if self.is_jump(position) {
            self.jump(position);
            return;
        }
        // A hair's breadth into the next title is the end of this one, not a beginning.
        let next = self.machine.segments.at(position);
        let grazed = self.machine.viewing.as_ref().is_some_and(|viewing| viewing.segment < next)
            && self.machine.segments.percent(next, position) < WATCHED_FROM;
        if !grazed {
            self.follow(position);
            return;
        }
        let end = self.machine.segments.end(next - 1);
        self.follow(end - 1);
        self.place(end);
        self.end_viewing();
    }

    /// Whether `position` cannot have been reached by playing on.
    fn is_jump(&self, position: i64) -> bool {
        let passed = (self.now - self.machine.position_at) * FASTEST + JUMP;
        let moved = TimeDelta::milliseconds(position - self.machine.position_ms);
        moved > passed || moved < -TimeDelta::seconds(2)
    }

    /// Plays on to `position`, through every boundary on the way.
    fn follow(&mut self, position: i64) {
        while let Some(viewing) = &self.machine.viewing {
            let segment = viewing.segment;
            if segment >= self.machine.segments.at(position) {
                break;
            }
            let end = self.machine.segments.end(segment);
            self.place(end);
            self.end_viewing();
            self.begin(segment + 1);
            self.send(Verb::Start);
        }
        self.place(position.max(self.machine.position_ms));
    }

    /// Goes to `position` without playing what lies between.
    fn jump(&mut self, position: i64) {
        if let Some(viewing) = &self.machine.viewing {
            let segment = viewing.segment;
            let from = self.machine.segments.percent(segment, self.machine.position_ms);
            let to = self.machine.segments.percent(segment, position);
            let seen_enough = viewing.silent || from >= COUNTS_FROM;
            let from_the_start_again = seen_enough && to < REWATCH_BELOW;
            if self.machine.segments.at(position) != segment || from_the_start_again {
                self.end_viewing();
            }
        }
        self.place(position);
    }

    fn place(&mut self, position: i64) {
        self.machine.position_ms = position;
        self.machine.position_at = self.now;
    }

    /// Starts a viewing unless there is one, and sends that it plays.
    fn send_start(&mut self) {
        if self.machine.viewing.is_none() {
            self.begin(self.machine.segments.at(self.machine.position_ms));
        }
        self.send(Verb::Start);
    }

    fn begin(&mut self, segment: usize) {
        let machine = &mut *self.machine;
        let counted =
            machine.counted.contains(&segment) || (self.just_counted)(machine.segments.title(segment));
        let into_it = machine.segments.percent(segment, machine.position_ms) >= REWATCH_BELOW;
        machine.viewings += 1;
        machine.viewing = Some(Viewing {
            number: machine.viewings,
            segment,
            started_at: self.now,
            silent: counted && into_it,
            last_call: None,
        });
    }

    fn end_viewing(&mut self) {
        self.send(Verb::Stop);
        let Some(viewing) = self.machine.viewing.take() else { return };
        let percent = self.machine.segments.percent(viewing.segment, self.machine.position_ms);
        if percent >= COUNTS_FROM {
            if !self.machine.counted.contains(&viewing.segment) {
                self.machine.counted.push(viewing.segment);
            }
            let title_id = self.machine.segments.title(viewing.segment);
            self.effects.push(Effect::Finished { title_id });
        } else {
            self.keep_place_in(viewing.segment);
        }
    }

    fn send(&mut self, verb: Verb) {
        let machine = &mut *self.machine;
        let Some(viewing) = machine.viewing.as_mut().filter(|viewing| !viewing.silent) else { return };
        let progress = machine.segments.percent(viewing.segment, machine.position_ms);
        let playing = verb == Verb::Start;
        if let Some(last) = viewing.last_call
            && verb != Verb::Stop
            && last.playing == playing
            && (last.progress - progress).abs() < SAME_PROGRESS
        {
            return;
        }
        let hurried = viewing.last_call.is_some_and(|last| self.now - last.at < HURRY);
        viewing.last_call = Some(LastCall { playing, progress, at: self.now });
        let (position_ms, duration_ms) = machine.segments.inside(viewing.segment, machine.position_ms);
        self.effects.push(Effect::Scrobble(ScrobbleCall {
            verb,
            viewing: viewing.number,
            title_id: machine.segments.title(viewing.segment),
            progress,
            position_ms,
            duration_ms,
            started_at: viewing.started_at,
            at: self.now,
            hurried,
        }));
    }

    fn keep_place(&mut self) {
        if let Some(segment) = self.machine.viewing.as_ref().map(|viewing| viewing.segment) {
            self.keep_place_in(segment);
        }
    }

    fn keep_place_in(&mut self, segment: usize) {
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
