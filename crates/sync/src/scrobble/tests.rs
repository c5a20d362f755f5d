use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use db::ids::TitleId;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

const HOUR: i64 = 3_600_000;

fn start_of_time() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

/// A player and its clock, for scripted tests.
struct Player {
    machine: Machine,
    now: DateTime<Utc>,
    known: HashMap<TitleId, Known>,
    told: Vec<ScrobbleCall>,
    kept: Vec<ResumePoint>,
    finished: Vec<TitleId>,
}

impl Player {
    /// One title (1) of an hour.
    fn movie() -> Self {
        Self::of(&[Part { title_id: TitleId(1), runtime_minutes: None }])
    }

    /// Two titles (1 and 2) in a file of an hour.
    fn double_episode() -> Self {
        Self::of(&[1, 2].map(|title| Part { title_id: TitleId(title), runtime_minutes: Some(25) }))
    }

    fn of(parts: &[Part]) -> Self {
        let segments = Segments::divide(HOUR, parts).unwrap();
        let now = start_of_time();
        let machine = Machine::new(segments, 0, now);
        Self { machine, now, known: HashMap::new(), told: vec![], kept: vec![], finished: vec![] }
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
                    self.told.push(call);
                }
                Effect::Resume(point) => self.kept.push(point),
                Effect::Finished { title_id } => self.finished.push(title_id),
            }
        }
        self
    }

    /// An event at a percentage of the file.
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

    /// Plays on from where it is, reporting every ten seconds as the player does.
    fn watch_to(&mut self, percent: i64) -> &mut Self {
        while self.machine.position_ms() < HOUR / 100 * percent {
            let position = (self.machine.position_ms() + 10_000).min(HOUR / 100 * percent);
            self.wait(10).report(Input::Progress, position);
        }
        self
    }

    /// What was sent to Trakt: verb, viewing, title, whole percent.
    fn story(&self) -> Vec<(Verb, i64, i64, i64)> {
        self.told
            .iter()
            .map(|told| (told.verb, told.sitting, told.title_id.0, told.progress.round() as i64))
            .collect()
    }

    fn counts(&self) -> usize {
        self.told.iter().filter(|told| told.counts()).count()
    }
}

use Input::{Pause as PauseIt, Play, Progress, Seek, Stop as StopIt, Timeout};
use Verb::{Pause, Start, Stop};

#[test]
fn watching_to_the_end_is_a_start_and_a_stop() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(95).at(StopIt, 95);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Stop, 1, 1, 95)]);
    assert_eq!(player.finished, [TitleId(1)]);
}

#[test]
fn stopping_early_keeps_the_place_and_does_not_count() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(50).at(StopIt, 50);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Stop, 1, 1, 50)]);
    assert_eq!(player.counts(), 0);
    assert_eq!(player.kept.last().unwrap().position_ms, HOUR / 2);
}

#[test]
fn pausing_and_going_on() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(30).at(PauseIt, 30).wait(600).at(Play, 30).watch_to(90).at(StopIt, 90);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Pause, 1, 1, 30), (Start, 1, 1, 30), (Stop, 1, 1, 90)]);
    assert!(player.told.iter().all(|told| !told.hurried));
}

#[test]
fn pausing_and_resuming_in_a_flurry_is_marked_to_settle() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(30);
    for _ in 0..3 {
        player.wait(1).at(PauseIt, 30).wait(1).at(Play, 30);
    }
    let hurried: Vec<bool> = player.told.iter().skip(2).map(|told| told.hurried).collect();
    assert_eq!(hurried, [true; 5]);
}

#[test]
fn seeking_tells_the_new_progress() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(20).at(Seek, 60).wait(10).at(StopIt, 60);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Start, 1, 1, 60), (Stop, 1, 1, 60)]);
}

#[test]
fn seeking_while_paused_tells_nothing_until_it_plays() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(20).at(PauseIt, 20).at(Seek, 60);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Pause, 1, 1, 20)]);
    player.wait(60).at(Play, 60);
    assert_eq!(player.story().last(), Some(&(Start, 1, 1, 60)));
}

#[test]
fn a_second_report_of_the_same_thing_tells_nothing_new() {
    let mut player = Player::movie();
    player.at(Play, 0).at(Play, 0).watch_to(10).at(PauseIt, 10).at(PauseIt, 10).at(StopIt, 10).at(StopIt, 10);
    assert_eq!(player.story(), [(Start, 1, 1, 0), (Pause, 1, 1, 10), (Stop, 1, 1, 10)]);
}

#[test]
fn a_lost_connection_stops_at_the_last_known_place_and_time() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(85);
    let last = player.now;
    player.wait(3600).at(Timeout, 0);
    assert_eq!(player.story().last(), Some(&(Stop, 1, 1, 85)));
    assert_eq!(player.told.last().unwrap().at, last);
}

#[test]
fn a_player_that_never_played_tells_nothing() {
    let mut player = Player::movie();
    player.at(Seek, 50).at(Progress, 50).at(StopIt, 50);
    assert_eq!((player.story(), player.kept.len()), (vec![], 0));
}

#[test]
fn less_than_one_percent_keeps_no_place() {
    let mut player = Player::movie();
    player.at(Play, 0).wait(5).report(StopIt, 5_000);
    assert_eq!(player.kept, []);
}

#[test]
fn a_position_beyond_the_end_is_the_end() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(99).wait(60).report(StopIt, HOUR * 3);
    assert_eq!(player.told.last().unwrap().progress, 100.0);
}

#[test]
fn a_lost_report_of_playing_is_made_up_for_by_the_next_progress() {
    let mut player = Player::movie();
    player.at(Play, 0).watch_to(10).at(PauseIt, 10).wait(60).report(Progress, HOUR / 10 + 5_000);
    assert_eq!(player.story().last(), Some(&(Start, 1, 1, 10)));
}

#[test]
fn an_unreported_jump_to_the_end_on_closing_ends_there_as_the_player_says() {
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
fn stopping_half_way_marks_only_the_first(#[case] position: i64) {
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
fn a_look_back_at_a_scene_does_not_count_again() {
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
fn the_stored_form_is_frozen() {
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
fn a_player_that_an_earlier_version_stored_goes_on() {
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
    fn whatever_a_player_reports(events in inputs(), titles in 1_usize..4) {
        let parts: Vec<Part> =
            (1..=titles as i64).map(|title| Part { title_id: TitleId(title), runtime_minutes: None }).collect();
        let mut player = Player::of(&parts);
        for (input, position, seconds) in events {
            player.wait(seconds).report(input, position);
        }
        player.report(StopIt, player.machine.position_ms());

        let mut open: Option<&ScrobbleCall> = None;
        let mut last_sitting = 0;
        for told in &player.told {
            prop_assert!((0.0..=100.0).contains(&told.progress));
            prop_assert!((0..=told.duration_ms).contains(&told.position_ms));
            prop_assert!(told.started_at <= told.at);
            match open {
                // One sitting at a time: every one begins with a start and ends with at most one stop.
                Some(current) if current.sitting == told.sitting => {
                    prop_assert_eq!(current.title_id, told.title_id);
                }
                _ => {
                    prop_assert_eq!(told.verb, Start);
                    prop_assert!(told.sitting > last_sitting, "a stopped sitting never comes back");
                }
            }
            last_sitting = told.sitting;
            open = (told.verb != Stop).then_some(told);
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
        let counted: Vec<i64> = player.told.iter().filter(|told| told.counts()).map(|told| told.title_id.0).collect();
        prop_assert_eq!(counted, (1..=titles as i64).collect::<Vec<_>>());
    }
}
