use chrono::{DateTime, TimeDelta, Utc};
use db::ids::TitleId;
use serde::{Deserialize, Serialize};

use super::{
    COUNTS_FROM, Effect, Input, Part, ResumePoint, ScrobbleCall, Segments, Verb, Viewings, WATCHED_FROM,
    sitting::{LastCall, Sitting},
    viewing::{Ending, Outcome, START_REGION},
};

/// A position that is further on than this while a player was thought to rest was played to: the report was lost.
const PLAYED_ON_MS: i64 = 1000;
/// Progress reports come every ten seconds: a position further off than this was reached by a jump.
const JUMP: TimeDelta = TimeDelta::seconds(20);
/// Nobody plays faster than this.
const FASTEST: i32 = 4;
/// A call that follows another this closely may be followed by a third.
const HURRY: TimeDelta = TimeDelta::seconds(5);
/// What is known about one player. Kept as JSON with its playback session, so it survives a restart; the stored form is
/// frozen, and its names are older than these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    segments: Segments,
    position_ms: i64,
    position_at: DateTime<Utc>,
    playing: bool,
    stopped: bool,
    /// It was stopped because it fell silent: the next report wakes it up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    silenced: Option<Silenced>,
    #[serde(rename = "viewings")]
    sittings: i64,
    #[serde(rename = "viewing")]
    sitting: Option<Sitting>,
}

/// What a player did when it fell silent.
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
            position_ms,
            position_at: now,
            playing: false,
            stopped: false,
            silenced: None,
            sittings: 0,
            sitting: None,
        }
    }

    /// What follows from `input` at `position_ms` and `now`; `viewings` is what is known of the titles, and changes with
    /// it.
    pub fn step(
        &mut self,
        input: Input,
        position_ms: i64,
        now: DateTime<Utc>,
        viewings: &mut Viewings,
    ) -> Vec<Effect> {
        let position = position_ms.clamp(0, self.segments.duration());
        // A clock that was put back must not make durations negative.
        let now = now.max(self.position_at);
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

    /// The file turns out to hold other titles: it plays those.
    pub fn play_titles(&mut self, parts: &[Part]) {
        let alike = parts.len() == self.segments.titles().count();
        if alike {
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

/// One input being worked off.
struct Step<'a> {
    machine: &'a mut Machine,
    now: DateTime<Utc>,
    viewings: &'a mut Viewings,
    effects: Vec<Effect>,
}

impl Step<'_> {
    /// A player that was only silent is still there. What it played meanwhile was watched.
    fn wake(&mut self, position: i64) {
        let Some(silenced) = self.machine.silenced.take() else { return };
        self.machine.stopped = false;
        if silenced == Silenced::Playing {
            self.catch_up(position);
        }
    }

    /// The report that playing goes on was lost when a resting player has come further by itself.
    fn catch_up(&mut self, position: i64) {
        let further = position >= self.machine.position_ms + PLAYED_ON_MS;
        if self.machine.playing || !further || self.is_jump(position) {
            return;
        }
        self.machine.playing = true;
        if self.machine.sitting.is_none() {
            self.begin(self.machine.segments.at(self.machine.position_ms), Beginning::GoesOn);
        }
        self.send(Verb::Start);
        self.follow(position);
    }

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
        self.keep_place();
    }

    fn stop(&mut self, position: i64) {
        if self.machine.stopped {
            return;
        }
        self.catch_up(position);
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
        let silenced = if self.machine.playing { Silenced::Playing } else { Silenced::Resting };
        self.close();
        self.machine.silenced = Some(silenced);
    }

    fn close(&mut self) {
        self.end_sitting(Left::Here);
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
        let grazed = self.machine.sitting.as_ref().is_some_and(|sitting| sitting.segment < next)
            && self.machine.segments.percent(next, position) < WATCHED_FROM;
        if !grazed {
            self.follow(position);
            return;
        }
        let end = self.machine.segments.end(next - 1);
        self.follow(end - 1);
        self.play_to(end);
        self.end_sitting(Left::Here);
    }

    /// Whether `position` cannot have been reached by playing on.
    fn is_jump(&self, position: i64) -> bool {
        let passed = (self.now - self.machine.position_at) * FASTEST + JUMP;
        let moved = TimeDelta::milliseconds(position - self.machine.position_ms);
        moved > passed || moved < -TimeDelta::seconds(2)
    }

    /// Plays on to `position`, through every boundary on the way.
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

    /// Plays on to `position` inside a title.
    fn play_to(&mut self, position: i64) {
        let machine = &mut *self.machine;
        let from = machine.position_ms;
        if let Some(sitting) = &mut machine.sitting
            && position > from
        {
            sitting.play(&machine.segments, from, position);
        }
        self.place(position);
    }

    /// Goes to `position` without playing what lies between.
    fn jump(&mut self, position: i64) {
        if let Some(sitting) = &self.machine.sitting {
            let segment = sitting.segment;
            let leaves = self.machine.segments.at(position) != segment;
            let to_the_start = self.machine.segments.percent(segment, position) < START_REGION;
            let seen = || {
                let title_id = self.machine.segments.title(segment);
                sitting.silent || sitting.reached.is_some() || self.viewings.is_over(title_id, sitting.of)
            };
            if leaves || (to_the_start && seen()) {
                self.end_sitting(Left::ByJump);
            }
        }
        self.place(position);
    }

    fn place(&mut self, position: i64) {
        self.machine.position_ms = position;
        self.machine.position_at = self.now;
    }

    /// Starts a sitting unless there is one, and sends that it plays.
    fn send_start(&mut self) {
        if self.machine.sitting.is_none() {
            self.begin(self.machine.segments.at(self.machine.position_ms), Beginning::Anew);
        }
        self.send(Verb::Start);
    }

    fn begin(&mut self, segment: usize, beginning: Beginning) {
        let machine = &mut *self.machine;
        let percent = match beginning {
            Beginning::Anew => Some(machine.segments.percent(segment, machine.position_ms)),
            Beginning::GoesOn => None,
        };
        let begun = self.viewings.begin(machine.segments.title(segment), percent, self.now);
        machine.sittings += 1;
        machine.sitting = Some(Sitting::begin(machine.sittings, segment, self.now, begun));
    }

    /// Tells the viewing how much of it was played.
    fn note_played(&mut self) {
        let machine = &mut *self.machine;
        let Some(sitting) = &mut machine.sitting else { return };
        let played_ms = std::mem::take(&mut sitting.played_ms);
        if played_ms > 0 {
            self.viewings.play(machine.segments.title(sitting.segment), sitting.of, played_ms);
        }
    }

    fn end_sitting(&mut self, left: Left) {
        self.note_played();
        let machine = &mut *self.machine;
        let Some(sitting) = &machine.sitting else { return };
        let (segment, silent) = (sitting.segment, sitting.silent);
        let title_id = machine.segments.title(segment);
        let percent = machine.segments.percent(segment, machine.position_ms);
        let ends_beyond = percent >= COUNTS_FROM;
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
            Outcome::Open | Outcome::HadCounted if !silent && !ends_beyond => self.call(Verb::Stop, percent),
            Outcome::Open | Outcome::HadCounted | Outcome::Outdated => {}
        }
        match outcome {
            Outcome::Outdated => {}
            Outcome::Counts | Outcome::HadCounted if ends_beyond => {
                self.effects.push(Effect::Finished { title_id });
            }
            Outcome::Open if ends_beyond => {}
            Outcome::Counts | Outcome::HadCounted | Outcome::Open => self.keep_place_in(segment),
        }
        self.machine.sitting = None;
    }

    /// Sends how far it plays or is paused, unless that was sent or its viewing has counted.
    fn send(&mut self, verb: Verb) {
        let machine = &*self.machine;
        let Some(sitting) = machine.sitting.as_ref().filter(|sitting| !sitting.silent) else { return };
        let progress = machine.segments.percent(sitting.segment, machine.position_ms);
        let playing = verb == Verb::Start;
        if !sitting.last_call.is_some_and(|last| last.says(playing, progress)) {
            self.call(verb, progress);
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

    fn keep_place(&mut self) {
        if let Some(segment) = self.machine.sitting.as_ref().map(|sitting| sitting.segment) {
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

/// How a sitting begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beginning {
    /// Somebody plays from the position.
    Anew,
    /// A player that was silent has played on.
    GoesOn,
}

/// How a title is left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    /// It ends at its position: played to the end, closed, or silent.
    Here,
    /// By going elsewhere: only what was played counts.
    ByJump,
}
