use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use db::ids::TitleId;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

const HOUR: i64 = 3_600_000;

fn start_time() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

/// A player and its clock, for scripted tests.
struct Player {
    machine: Machine,
    now: DateTime<Utc>,
    known: HashMap<TitleId, Known>,
    calls: Vec<ScrobbleCall>,
    kept: Vec<ResumePoint>,
    finished: Vec<TitleId>,
}

impl Player {
    /// One title (1), an hour long.
    fn movie() -> Self {
        Self::of(&[Part { title_id: TitleId(1), runtime_minutes: None }])
    }

    /// Two titles (1 and 2) in a file of one hour.
    fn double_episode() -> Self {
        Self::of(&[1, 2].map(|title| Part { title_id: TitleId(title), runtime_minutes: Some(25) }))
    }

    fn of(parts: &[Part]) -> Self {
        let segments = Segments::divide(HOUR, parts).unwrap();
        let now = start_time();
        let machine = Machine::new(segments, 0, now);
        Self { machine, now, known: HashMap::new(), calls: vec![], kept: vec![], finished: vec![] }
    }

    fn report(&mut self, input: Input, position_ms: i64) -> &mut Self {
        let mut viewings = Viewings::new(self.known.clone());
        let effects = self.machine.step(input, position_ms, self.now, &mut viewings);
        for (title, viewing) in viewings.into_changed() {
            self.known.entry(title).or_default().viewing = Some(viewing);
        }
        for effect in effects {
            match effect {
                Effect::Scrobble(call) => {
                    if call.counts() {
                        self.known.entry(call.title_id).or_default().last_play = Some(call.at);
                    }
                    self.calls.push(call);
                }
                Effect::Resume(point) => self.kept.push(point),
                Effect::Finished { title_id } => self.finished.push(title_id),
            }
        }
        self
    }

    /// A report at a percentage of the file.
    fn at(&mut self, input: Input, percent: i64) -> &mut Self {
        self.report(input, HOUR / 100 * percent)
    }

    /// Title 1 counted an hour ago.
    fn counted_before(mut self) -> Self {
        let known = Known { viewing: None, last_play: Some(self.now - TimeDelta::hours(1)) };
        self.known.insert(TitleId(1), known);
        self
    }

    fn wait(&mut self, seconds: i64) -> &mut Self {
        self.now += TimeDelta::seconds(seconds);
        self
    }

    /// Plays from the current position, reporting every ten seconds as the player does.
    fn watch_to(&mut self, percent: i64) -> &mut Self {
        while self.machine.position_ms() < HOUR / 100 * percent {
            let position = (self.machine.position_ms() + 10_000).min(HOUR / 100 * percent);
            self.wait(10).report(Input::Progress, position);
        }
        self
    }

    /// What was sent to Trakt: verb, sitting, title, whole percent.
    fn story(&self) -> Vec<(Verb, i64, i64, i64)> {
        self.calls
            .iter()
            .map(|call| (call.verb, call.sitting, call.title_id.0, call.progress.round() as i64))
            .collect()
    }

    fn counts(&self) -> usize {
        self.calls.iter().filter(|call| call.counts()).count()
    }
}

use Input::{Pause as PauseIt, Play, Progress, Seek, Stop as StopIt, Timeout};
use Verb::{Pause, Start, Stop};

#[test]
fn watching_to_the_end_sends_a_start_and_a_stop() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(95).at(StopIt, 95);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Stop, 1, 1, 95)]);
    assert_eq!(player.finished, [TitleId(1)]);
}

#[test]
fn stopping_early_saves_the_resume_point_and_does_not_count() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(50).at(StopIt, 50);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Stop, 1, 1, 50)]);
    assert_eq!(player.counts(), 0);
    assert_eq!(player.kept.last().unwrap().position_ms, HOUR / 2);
}

#[test]
fn pausing_and_resuming_are_sent() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(30).at(PauseIt, 30).wait(600).at(Play, 30).watch_to(90).at(StopIt, 90);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Pause, 1, 1, 30), (Start, 1, 1, 30), (Stop, 1, 1, 90)]);
    assert!(player.calls.iter().all(|call| !call.hurried));
}

#[test]
fn rapid_pausing_and_resuming_is_marked_as_hurried() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(30);
    for _ in 0..3 {
        player.wait(1).at(PauseIt, 30).wait(1).at(Play, 30);
    }
    let hurried: Vec<bool> = player.calls.iter().skip(2).map(|call| call.hurried).collect();
    assert_eq!(hurried, [true; 5]);
}

#[test]
fn seeking_sends_the_new_progress() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(20).at(Seek, 60).wait(10).at(StopIt, 60);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Start, 1, 1, 60), (Stop, 1, 1, 60)]);
}

#[test]
fn seeking_while_paused_sends_nothing_until_playback_resumes() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(20).at(PauseIt, 20).at(Seek, 60);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Pause, 1, 1, 20)]);
    player.wait(60).at(Play, 60);
    assert_eq!(player.story().last(), Some(&(Start, 1, 1, 60)));
}

#[test]
fn a_repeated_report_sends_nothing() {
    let mut player = Player::movie();
    player.at(Play, 0).at(Play, 0).watch_to(10).at(PauseIt, 10).at(PauseIt, 10).at(StopIt, 10).at(StopIt, 10);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Pause, 1, 1, 10), (Stop, 1, 1, 10)]);
}

#[test]
fn a_lost_connection_stops_at_the_last_known_position_and_time() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(85);
    let last = player.now;
    player.wait(3600).at(Timeout, 0);
    assert_eq!(player.story().last(), Some(&(Stop, 1, 1, 85)));
    assert_eq!(player.calls.last().unwrap().at, last);
}

#[test]
fn a_player_that_never_played_sends_nothing() {
    let mut player = Player::movie();
    player.at(Seek, 50).at(Progress, 50).at(StopIt, 50);
    assert_eq!((player.story(), player.kept.len()), (vec![], 0));
}

#[test]
fn less_than_one_percent_saves_no_resume_point() {
    let mut player = Player::movie();
    player.at(Play, 0).wait(5).report(StopIt, 5_000);
    assert_eq!(player.kept, []);
}

#[test]
fn a_position_beyond_the_end_is_the_end() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(99).wait(60).report(StopIt, HOUR * 3);
    assert_eq!(player.calls.last().unwrap().progress, 100.0);
}

#[test]
fn a_lost_play_report_is_recovered_by_the_next_progress_report() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(10).at(PauseIt, 10).wait(60).report(Progress, HOUR / 10 + 5_000);
    assert_eq!(player.story().last(), Some(&(Start, 1, 1, 10)));
}

#[test]
fn a_stop_after_an_unreported_jump_has_the_reported_position() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(10).at(StopIt, 97);
    assert_eq!(player.story().last(), Some(&(Stop, 1, 1, 97)));
}

#[test]
fn playing_across_the_boundary_counts_the_first_and_starts_the_second() {
    let mut player = Player::double_episode();
    player.at(Play, 0).watch_to(70).at(StopIt, 70);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Stop, 1, 1, 100), (Start, 2, 2, 0), (Stop, 2, 2, 40)]);
    assert_eq!(player.finished, [TitleId(1)]);
}

#[rstest]
#[case::on_the_boundary(HOUR / 2)]
#[case::a_breath_after(HOUR / 2 + 5_000)]
fn stopping_at_the_boundary_counts_only_the_first(#[case] position: i64) {
    let mut player = Player::double_episode();
    player.at(Play, 0).watch_to(49).wait(60).report(StopIt, position);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Stop, 1, 1, 100)]);
}

#[test]
fn jumping_over_the_first_does_not_count_it() {
    let mut player = Player::double_episode();
    player.at(Play, 0).watch_to(10).at(Seek, 60).watch_to(98).at(StopIt, 98);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Stop, 1, 1, 20), (Start, 2, 2, 20), (Stop, 2, 2, 96)]);
}

#[test]
fn segments_follow_the_runtimes() {
    let parts = [
        Part { title_id: TitleId(1), runtime_minutes: Some(20) },
        Part { title_id: TitleId(2), runtime_minutes: Some(40) },
    ];
    let segments = Segments::divide(HOUR, &parts).unwrap();
    assert_eq!((segments.end(0), segments.end(1)), (HOUR / 3, HOUR));
    assert_eq!(Segments::divide(0, &parts), None);
    assert_eq!(Segments::divide(HOUR, &[]), None);
}

#[test]
fn watching_again_from_the_start_is_a_second_viewing() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(100).at(PauseIt, 100).wait(5).at(Play, 0).watch_to(90).at(StopIt, 90);
    assert_eq!(
        player.story(),
        [(Start, 1, 1, 0), (Pause, 1, 1, 100), (Stop, 1, 1, 100), (Start, 2, 1, 0), (Stop, 2, 1, 90)]
    );
}

#[test]
fn rewatching_a_scene_does_not_count_again() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(95).at(Seek, 50).watch_to(55).at(Seek, 96).wait(9).at(StopIt, 96);
    assert_eq!(player.counts(), 1);
}

#[test]
fn playing_the_credits_after_a_stop_does_not_count_again() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(90).at(StopIt, 90).wait(30).at(Play, 90).watch_to(100).at(StopIt, 100);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Stop, 1, 1, 90)]);
}

#[test]
fn a_reload_in_the_credits_does_not_count_again() {
    let mut player = Player::movie().counted_before();
    player.at(Play, 90).watch_to(100).at(StopIt, 100);
    assert_eq!(player.story(), []);
    assert_eq!(player.finished, [TitleId(1)]);
}

#[test]
fn a_rewatch_on_the_same_day_counts() {
    let mut player = Player::movie().counted_before();
    player.at(Play, 2).watch_to(90).at(StopIt, 90);
    assert_eq!(player.counts(), 1);
}

#[test]
fn the_stored_format_is_frozen() {
    let stored = serde_json::json!({
        "segments": [{"title_id": 1, "start_ms": 0, "end_ms": 3_600_000}],
        "position_ms": 1000, "position_at": "2027-01-15T08:00:01Z", "playing": true, "stopped": false,
        "viewings": 1,
        "viewing": {
            "number": 1, "segment": 0, "started_at": "2027-01-15T08:00:00Z", "of": "2027-01-15T08:00:00Z",
            "silent": false, "played_ms": 1000,
            "told": {"playing": true, "progress": 0.0, "at": "2027-01-15T08:00:00Z"}
        }
    });
    let mut player = Player::movie();
    player.at(Play, 0).wait(1).report(Progress, 1000);
    assert_eq!(serde_json::to_value(&player.machine).unwrap(), stored);
    assert_eq!(serde_json::from_value::<Machine>(stored).unwrap(), player.machine);
}

#[test]
fn a_player_stored_by_an_earlier_version_continues() {
    let stored = serde_json::json!({
        "segments": [{"title_id": 1, "start_ms": 0, "end_ms": 3_600_000}],
        "position_ms": 1_800_000, "position_at": "2027-01-15T08:00:00Z", "playing": true, "stopped": false,
        "viewings": 1, "counted": [],
        "viewing": {
            "number": 1, "segment": 0, "started_at": "2027-01-15T07:30:00Z", "silent": false,
            "told": {"playing": true, "progress": 0.0, "at": "2027-01-15T07:30:00Z"}
        }
    });
    let mut player = Player::movie();
    player.machine = serde_json::from_value(stored).unwrap();
    player.watch_to(90).at(StopIt, 90);
    assert_eq!(player.story(), [(Stop, 1, 1, 90)]);
}

fn inputs() -> impl Strategy<Value = Vec<(Input, i64, i64)>> {
    let input = prop_oneof![
        3 => Just(Play), 2 => Just(PauseIt), 2 => Just(Seek), 6 => Just(Progress), 1 => Just(StopIt), 1 => Just(Timeout)
    ];
    prop::collection::vec((input, -5_000..HOUR + 60_000, 0..900_i64), 1..60)
}

proptest! {
    #[test]
    fn sittings_are_consistent_whatever_a_player_reports(events in inputs(), titles in 1_usize..4) {
        let parts: Vec<Part> =
            (1..=titles as i64).map(|title| Part { title_id: TitleId(title), runtime_minutes: None }).collect();
        let mut player = Player::of(&parts);
        for (input, position, seconds) in events {
            player.wait(seconds).report(input, position);
        }
        player.report(StopIt, player.machine.position_ms());

        let mut open: Option<&ScrobbleCall> = None;
        let mut last_sitting = 0;
        for call in &player.calls {
            prop_assert!((0.0..=100.0).contains(&call.progress));
            prop_assert!((0..=call.duration_ms).contains(&call.position_ms));
            prop_assert!(call.started_at <= call.at);
            match open {
                // One sitting at a time: each begins with a start and ends with at most one stop.
                Some(current) if current.sitting == call.sitting => {
                    prop_assert_eq!(current.title_id, call.title_id);
                }
                _ => {
                    prop_assert_eq!(call.verb, Start);
                    prop_assert!(call.sitting > last_sitting, "a stopped sitting never continues");
                }
            }
            last_sitting = call.sitting;
            open = (call.verb != Stop).then_some(call);
        }
        for point in &player.kept {
            prop_assert!((WATCHED_FROM..=100.0).contains(&point.percent));
        }
    }

    #[test]
    fn playing_straight_through_counts_every_title_once(titles in 1_usize..5, step in 3_000..30_000_i64) {
        let parts: Vec<Part> =
            (1..=titles as i64).map(|title| Part { title_id: TitleId(title), runtime_minutes: None }).collect();
        let mut player = Player::of(&parts);
        player.report(Play, 0);
        while player.machine.position_ms() < HOUR {
            let position = player.machine.position_ms() + step;
            player.wait(step / 1000).report(Progress, position);
        }
        player.report(StopIt, HOUR);
        let counted: Vec<i64> = player.calls.iter().filter(|call| call.counts()).map(|call| call.title_id.0).collect();
        prop_assert_eq!(counted, (1..=titles as i64).collect::<Vec<_>>());
    }
}
