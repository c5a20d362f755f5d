//! Scenarios with one user and several players, and how many plays result.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use db::ids::TitleId;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

const FILM: TitleId = TitleId(1);
/// The film lasts an hour and forty minutes: one percent is one minute.
const PERCENT_MS: i64 = 60_000;

/// An event. Percentages are positions in the film.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// Opens this player, or resumes it, and plays at the position.
    Play(usize, i64),
    /// Plays to the position and reports on the way.
    Watch(usize, i64),
    /// Plays to the position, but no report arrives.
    WatchUnreported(usize, i64),
    Pause(usize),
    Seek(usize, i64),
    /// Closes the player.
    Close(usize),
    /// The tab is gone or left open: nothing is reported, and the player expires.
    Expire(usize),
    /// Marks the film as watched by hand, now.
    Mark,
    /// Deletes the newest play.
    Delete,
    Hours(i64),
}

use Event::*;

/// A user who watches a film in several players.
struct Scenario {
    now: DateTime<Utc>,
    players: HashMap<usize, Player>,
    known: HashMap<TitleId, Known>,
    plays: Vec<DateTime<Utc>>,
    stops: Vec<f64>,
}

struct Player {
    machine: Machine,
    percent: i64,
}

impl Scenario {
    fn new() -> Self {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        Self { now, players: HashMap::new(), known: HashMap::new(), plays: vec![], stops: vec![] }
    }

    fn of(events: &[Event]) -> Self {
        let mut scenario = Self::new();
        events.iter().for_each(|event| scenario.apply(*event));
        scenario
    }

    fn apply(&mut self, event: Event) {
        match event {
            Play(at, percent) => self.report(at, Input::Play, percent),
            Watch(at, percent) => {
                while self.player(at).percent < percent {
                    let next = self.player(at).percent + 1;
                    self.now += TimeDelta::minutes(1);
                    self.report(at, Input::Progress, next);
                }
            }
            WatchUnreported(at, percent) => {
                let from = std::mem::replace(&mut self.player(at).percent, percent);
                self.now += TimeDelta::minutes(percent - from);
            }
            Pause(at) => self.report_here(at, Input::Pause),
            Seek(at, percent) => self.report(at, Input::Seek, percent),
            Close(at) => self.report_here(at, Input::Stop),
            Expire(at) => self.report_here(at, Input::Timeout),
            Mark => self.plays.push(self.now),
            Delete => {
                self.plays.pop();
                if let Some(Known { viewing: Some(viewing), .. }) = self.known.get_mut(&FILM) {
                    viewing.counted_at = None;
                }
            }
            Hours(hours) => self.now += TimeDelta::hours(hours),
        }
    }

    fn player(&mut self, at: usize) -> &mut Player {
        let now = self.now;
        self.players.entry(at).or_insert_with(|| {
            let part = Part { title_id: FILM, runtime_minutes: None };
            let segments = Segments::divide(100 * PERCENT_MS, &[part]).unwrap();
            Player { machine: Machine::new(segments, 0, now), percent: 0 }
        })
    }

    fn report_here(&mut self, at: usize, input: Input) {
        let percent = self.player(at).percent;
        self.report(at, input, percent);
    }

    fn report(&mut self, at: usize, input: Input, percent: i64) {
        let now = self.now;
        self.known.entry(FILM).or_default().last_play = self.plays.iter().copied().max();
        let mut viewings = Viewings::new(self.known.clone());
        let player = self.player(at);
        player.percent = percent;
        let effects = player.machine.step(input, percent * PERCENT_MS, now, &mut viewings);
        for (title, viewing) in viewings.into_changed() {
            self.known.entry(title).or_default().viewing = Some(viewing);
        }
        for effect in effects {
            if let Effect::Scrobble(call) = effect
                && call.verb == Verb::Stop
            {
                self.stops.push(call.progress.round());
                self.plays.extend(call.counts().then_some(call.at));
            }
        }
    }
}

/// The table in `viewing`, row by row, and similar cases: the resulting plays here, and the stops sent to
/// Trakt.
#[rstest]
#[case::watched(&[Play(0, 0), Watch(0, 95), Close(0)], 1, &[95.0])]
#[case::exactly_at_the_mark(&[Play(0, 0), Watch(0, 80), Close(0)], 1, &[80.0])]
#[case::not_far_enough(&[Play(0, 0), Watch(0, 79), Close(0)], 0, &[79.0])]
#[case::reached_and_gone_back(&[Play(0, 0), Watch(0, 95), Seek(0, 60), Close(0)], 1, &[95.0])]
#[case::reached_and_gone_back_to_the_start(&[Play(0, 0), Watch(0, 95), Seek(0, 2), Close(0)], 1, &[95.0, 2.0])]
#[case::reached_gone_back_and_forgotten(&[Play(0, 0), Watch(0, 95), Pause(0), Seek(0, 60), Hours(4), Expire(0)], 1, &[95.0])]
#[case::reached_gone_back_and_seen_again(&[Play(0, 0), Watch(0, 95), Seek(0, 60), Watch(0, 97), Close(0)], 1, &[97.0])]
#[case::a_glance_at_the_end(&[Play(0, 0), Watch(0, 10), Seek(0, 95), Seek(0, 10), Close(0)], 0, &[10.0])]
#[case::silent_then_heard_again(&[Play(0, 0), Watch(0, 60), WatchUnreported(0, 75), Expire(0), Watch(0, 95), Close(0)], 1, &[60.0, 95.0])]
#[case::silent_to_the_end(&[Play(0, 0), Watch(0, 60), WatchUnreported(0, 95), Expire(0), Close(0)], 1, &[60.0, 95.0])]
#[case::silent_beyond_the_mark(&[Play(0, 0), Watch(0, 85), WatchUnreported(0, 88), Expire(0), Watch(0, 95), Close(0)], 1, &[85.0])]
#[case::silent_and_closed_after_going_back(&[Play(0, 0), Watch(0, 60), WatchUnreported(0, 90), Expire(0), Watch(0, 91), Seek(0, 50), Close(0)], 1, &[60.0, 91.0])]
#[case::paused_then_silent_then_on(&[Play(0, 0), Watch(0, 60), Pause(0), Hours(5), Expire(0), Play(0, 60), Watch(0, 95), Close(0)], 1, &[60.0, 95.0])]
#[case::asleep_and_closed_where_it_was(&[Play(0, 0), Watch(0, 60), Hours(9), Expire(0), Close(0)], 0, &[60.0])]
#[case::forgotten_and_finished_elsewhere(&[Play(0, 0), Watch(0, 85), Pause(0), Hours(1), Play(1, 85), Watch(1, 97), Close(1), Hours(2), Expire(0)], 1, &[97.0])]
#[case::finished_elsewhere_from_the_start(&[Play(0, 0), Watch(0, 85), Pause(0), Play(1, 0), Watch(1, 97), Close(1), Expire(0)], 1, &[97.0])]
#[case::finished_elsewhere_and_here(&[Play(0, 0), Watch(0, 85), Pause(0), Play(1, 85), Watch(1, 97), Close(1), Play(0, 85), Watch(0, 97), Close(0)], 1, &[97.0])]
#[case::two_forgotten_tabs(&[Play(0, 0), Watch(0, 85), Pause(0), Play(1, 85), Watch(1, 90), Pause(1), Hours(4), Expire(0), Expire(1)], 1, &[85.0])]
#[case::the_credits(&[Play(0, 0), Watch(0, 90), Close(0), Play(1, 90), Watch(1, 100), Close(1)], 1, &[90.0])]
#[case::the_rest_two_days_later(&[Play(0, 0), Watch(0, 85), Close(0), Hours(48), Play(1, 85), Watch(1, 100), Close(1)], 1, &[85.0])]
#[case::the_rest_two_days_later_sought(&[Play(0, 0), Watch(0, 85), Close(0), Hours(48), Play(1, 0), Seek(1, 85), Watch(1, 100), Close(1)], 1, &[85.0])]
#[case::marked_half_way(&[Play(0, 0), Watch(0, 50), Mark, Watch(0, 95), Close(0)], 1, &[])]
#[case::marked_half_way_and_played_on_the_day_after(&[Play(0, 0), Watch(0, 50), Close(0), Mark, Hours(24), Play(1, 50), Watch(1, 95), Close(1)], 1, &[50.0])]
#[case::marked_half_way_and_closed(&[Play(0, 0), Watch(0, 50), Mark, Hours(1), Expire(0)], 1, &[])]
#[case::marked_by_mistake(&[Play(0, 0), Watch(0, 50), Mark, Watch(0, 60), Delete, Watch(0, 95), Close(0)], 1, &[95.0])]
#[case::marked_before(&[Mark, Hours(1), Play(0, 0), Watch(0, 95), Close(0)], 2, &[95.0])]
#[case::deleted_and_finished(&[Play(0, 0), Watch(0, 85), Close(0), Delete, Play(1, 85), Watch(1, 95), Close(1)], 1, &[85.0, 95.0])]
#[case::again(&[Play(0, 0), Watch(0, 95), Close(0), Play(1, 0), Watch(1, 95), Close(1)], 2, &[95.0, 95.0])]
#[case::again_in_the_same_player(&[Play(0, 0), Watch(0, 95), Seek(0, 0), Watch(0, 95), Close(0)], 2, &[95.0, 95.0])]
#[case::again_in_two_sittings(&[Play(0, 0), Watch(0, 95), Close(0), Play(1, 0), Watch(1, 50), Close(1), Hours(2), Play(2, 50), Watch(2, 95), Close(2)], 2, &[95.0, 50.0, 95.0])]
#[case::again_in_short_sittings(&[Play(0, 0), Watch(0, 95), Close(0), Play(1, 0), Watch(1, 22), Close(1), Play(2, 22), Watch(2, 95), Close(2)], 2, &[95.0, 22.0, 95.0])]
#[case::again_with_a_paused_tab(&[Play(0, 0), Watch(0, 95), Close(0), Play(1, 0), Watch(1, 78), Pause(1), Play(2, 78), Watch(2, 95), Close(2), Expire(1)], 2, &[95.0, 95.0])]
#[case::again_while_a_tab_is_forgotten(&[Play(0, 0), Watch(0, 85), Pause(0), Play(1, 85), Watch(1, 95), Close(1), Play(1, 0), Watch(1, 95), Expire(0), Close(1)], 2, &[95.0, 95.0])]
#[case::a_look_at_the_last_scene(&[Play(0, 0), Watch(0, 95), Close(0), Play(1, 0), Seek(1, 85), Watch(1, 95), Close(1)], 1, &[95.0])]
#[case::half_of_it_weeks_later(&[Play(0, 0), Watch(0, 95), Close(0), Hours(400), Play(1, 50), Watch(1, 95), Close(1)], 2, &[95.0, 95.0])]
#[case::three_times(&[Play(0, 0), Watch(0, 95), Close(0), Play(0, 0), Watch(0, 95), Close(0), Play(0, 0), Watch(0, 95), Close(0)], 3, &[95.0, 95.0, 95.0])]
fn each_scenario_has_the_expected_plays_and_stops(
    #[case] events: &[Event],
    #[case] plays: usize,
    #[case] stops: &[f64],
) {
    let scenario = Scenario::of(events);
    assert_eq!(scenario.plays.len(), plays, "plays at {:?}", scenario.plays);
    assert_eq!(scenario.stops, stops);
}

/// What can happen while a film is watched once.
#[derive(Clone, Copy, Debug)]
enum Detour {
    Pause,
    /// Reports are lost for long enough that the player expires.
    Silence,
    /// Playback continues in another player; this one is left open.
    OtherPlayer,
    /// Closes and resumes.
    Resume,
    LookBack,
    Mark,
    Hours,
}

fn detour() -> impl Strategy<Value = (i64, Detour)> {
    use Detour::*;
    let detours = [Pause, Silence, OtherPlayer, Resume, LookBack, Mark, Hours];
    (21..100_i64, prop::sample::select(detours.to_vec()))
}

/// Watches the film once, with all detours.
fn watch_once(scenario: &mut Scenario, detours: &[(i64, Detour)], next: &mut usize) {
    let mut at = *next;
    scenario.apply(Play(at, 0));
    for (percent, detour) in detours {
        let percent = (*percent).max(scenario.player(at).percent);
        match detour {
            Detour::Silence => {
                scenario.apply(WatchUnreported(at, percent));
                scenario.apply(Expire(at));
                continue;
            }
            _ => scenario.apply(Watch(at, percent)),
        }
        match detour {
            Detour::Pause => {
                scenario.apply(Event::Pause(at));
                scenario.apply(Play(at, percent));
            }
            Detour::OtherPlayer => {
                scenario.apply(Event::Pause(at));
                at += 1;
                scenario.apply(Play(at, percent));
            }
            Detour::Resume => {
                scenario.apply(Close(at));
                at += 1;
                scenario.apply(Play(at, percent));
            }
            Detour::LookBack => scenario.apply(Seek(at, (percent - 15).max(20))),
            Detour::Mark => scenario.apply(Event::Mark),
            Detour::Hours => {
                scenario.apply(Event::Pause(at));
                scenario.apply(Event::Hours(5));
                scenario.apply(Expire(at));
                scenario.apply(Play(at, percent));
            }
            Detour::Silence => {}
        }
    }
    scenario.apply(Watch(at, 97));
    scenario.apply(Close(at));
    *next = at + 1;
}

proptest! {
    /// However a film is watched, each complete viewing is one play: never none, never two.
    #[test]
    fn each_complete_viewing_is_one_play(mut ways in prop::collection::vec(prop::collection::vec(detour(), 0..6), 1..4)) {
        let mut scenario = Scenario::new();
        let mut next = 0;
        for (number, detours) in ways.iter_mut().enumerate() {
            detours.sort_by_key(|(percent, _)| *percent);
            // Two marks are two plays, because the user has set both.
            let mut marked = false;
            detours.retain(|(_, detour)| !matches!(detour, Detour::Mark) || !std::mem::replace(&mut marked, true));
            let late_mark = detours.iter().rposition(|(_, detour)| matches!(detour, Detour::Mark));
            // A mark after the viewing has counted is a second play, because the user has set it.
            if let Some(at) = late_mark
                && detours[..=at].iter().any(|(percent, _)| *percent >= 80)
            {
                detours.remove(at);
            }
            watch_once(&mut scenario, detours, &mut next);
            prop_assert_eq!(scenario.plays.len(), number + 1, "after viewing {}: {:?}", number + 1, detours);
        }
        // Every player left open expires in the end, and changes nothing.
        for at in 0..next {
            scenario.apply(Expire(at));
        }
        prop_assert_eq!(scenario.plays.len(), ways.len());
    }

    /// Trakt counts every stop that it receives, so no viewing must be sent twice.
    #[test]
    fn each_viewing_is_sent_to_trakt_once(mut detours in prop::collection::vec(detour(), 0..8)) {
        detours.sort_by_key(|(percent, _)| *percent);
        detours.retain(|(_, detour)| !matches!(detour, Detour::Mark));
        let mut scenario = Scenario::new();
        let mut next = 0;
        watch_once(&mut scenario, &detours, &mut next);
        for at in 0..next {
            scenario.apply(Expire(at));
        }
        prop_assert_eq!(scenario.stops.iter().filter(|progress| **progress >= COUNTS_FROM).count(), 1);
    }
}
