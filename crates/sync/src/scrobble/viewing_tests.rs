//! Evenings: one person, several players, and how many plays come of it.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use db::ids::TitleId;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

const FILM: TitleId = TitleId(1);
/// The film lasts an hour and forty minutes: a percent is a minute.
const PERCENT_MS: i64 = 60_000;

/// What happens. Percentages are positions in the film.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// Opens this player, or starts it again, and plays at the position.
    Play(usize, i64),
    /// Plays on to the position and reports on the way.
    Watch(usize, i64),
    /// Plays on to the position; no report arrives.
    WatchUnheard(usize, i64),
    Pause(usize),
    Seek(usize, i64),
    /// Closes the player.
    Close(usize),
    /// The tab is gone, or left alone: nothing is reported, and the player expires.
    Expire(usize),
    /// Marks the film as watched by hand, now.
    Mark,
    /// Deletes the newest play.
    Delete,
    Hours(i64),
}

use Event::*;

/// A person with a film in several players.
struct Evening {
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

impl Evening {
    fn new() -> Self {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        Self { now, players: HashMap::new(), known: HashMap::new(), plays: vec![], stops: vec![] }
    }

    fn of(events: &[Event]) -> Self {
        let mut evening = Self::new();
        events.iter().for_each(|event| evening.happens(*event));
        evening
    }

    fn happens(&mut self, event: Event) {
        match event {
            Play(at, percent) => self.report(at, Input::Play, percent),
            Watch(at, percent) => {
                while self.player(at).percent < percent {
                    let next = self.player(at).percent + 1;
                    self.now += TimeDelta::minutes(1);
                    self.report(at, Input::Progress, next);
                }
            }
            WatchUnheard(at, percent) => {
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

/// The table of the module, row by row, and its neighbours. Plays here, and the stops that Trakt hears.
#[rstest]
#[case::watched(&[Play(0, 0), Watch(0, 95), Close(0)], 1, &[95.0])]
#[case::exactly_at_the_mark(&[Play(0, 0), Watch(0, 80), Close(0)], 1, &[80.0])]
#[case::not_far_enough(&[Play(0, 0), Watch(0, 79), Close(0)], 0, &[79.0])]
#[case::reached_and_gone_back(&[Play(0, 0), Watch(0, 95), Seek(0, 60), Close(0)], 1, &[95.0])]
#[case::reached_and_gone_back_to_the_start(&[Play(0, 0), Watch(0, 95), Seek(0, 2), Close(0)], 1, &[95.0, 2.0])]
#[case::reached_gone_back_and_forgotten(&[Play(0, 0), Watch(0, 95), Pause(0), Seek(0, 60), Hours(4), Expire(0)], 1, &[95.0])]
#[case::reached_gone_back_and_seen_again(&[Play(0, 0), Watch(0, 95), Seek(0, 60), Watch(0, 97), Close(0)], 1, &[97.0])]
#[case::a_glance_at_the_end(&[Play(0, 0), Watch(0, 10), Seek(0, 95), Seek(0, 10), Close(0)], 0, &[10.0])]
#[case::silent_then_heard_again(&[Play(0, 0), Watch(0, 60), WatchUnheard(0, 75), Expire(0), Watch(0, 95), Close(0)], 1, &[60.0, 95.0])]
#[case::silent_to_the_end(&[Play(0, 0), Watch(0, 60), WatchUnheard(0, 95), Expire(0), Close(0)], 1, &[60.0, 95.0])]
#[case::silent_beyond_the_mark(&[Play(0, 0), Watch(0, 85), WatchUnheard(0, 88), Expire(0), Watch(0, 95), Close(0)], 1, &[85.0])]
#[case::silent_and_closed_after_going_back(&[Play(0, 0), Watch(0, 60), WatchUnheard(0, 90), Expire(0), Watch(0, 91), Seek(0, 50), Close(0)], 1, &[60.0, 91.0])]
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
fn one_viewing(#[case] events: &[Event], #[case] plays: usize, #[case] stops: &[f64]) {
    let evening = Evening::of(events);
    assert_eq!(evening.plays.len(), plays, "plays at {:?}", evening.plays);
    assert_eq!(evening.stops, stops);
}

/// What may happen on the way through a film, at most once through.
#[derive(Clone, Copy, Debug)]
enum Detour {
    Pause,
    /// Reports are lost for a while, long enough to expire.
    Silence,
    /// Goes on in another player; this one is forgotten.
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

/// One way through the film with all its detours.
fn way_through(evening: &mut Evening, detours: &[(i64, Detour)], next: &mut usize) {
    let mut at = *next;
    evening.happens(Play(at, 0));
    for (percent, detour) in detours {
        let percent = (*percent).max(evening.player(at).percent);
        match detour {
            Detour::Silence => {
                evening.happens(WatchUnheard(at, percent));
                evening.happens(Expire(at));
                continue;
            }
            _ => evening.happens(Watch(at, percent)),
        }
        match detour {
            Detour::Pause => {
                evening.happens(Event::Pause(at));
                evening.happens(Play(at, percent));
            }
            Detour::OtherPlayer => {
                evening.happens(Event::Pause(at));
                at += 1;
                evening.happens(Play(at, percent));
            }
            Detour::Resume => {
                evening.happens(Close(at));
                at += 1;
                evening.happens(Play(at, percent));
            }
            Detour::LookBack => evening.happens(Seek(at, (percent - 15).max(20))),
            Detour::Mark => evening.happens(Event::Mark),
            Detour::Hours => {
                evening.happens(Event::Pause(at));
                evening.happens(Event::Hours(5));
                evening.happens(Expire(at));
                evening.happens(Play(at, percent));
            }
            Detour::Silence => {}
        }
    }
    evening.happens(Watch(at, 97));
    evening.happens(Close(at));
    *next = at + 1;
}

proptest! {
    /// However a film is watched, every way through it is one play: never none, never two.
    #[test]
    fn a_way_through_is_one_play(mut ways in prop::collection::vec(prop::collection::vec(detour(), 0..6), 1..4)) {
        let mut evening = Evening::new();
        let mut next = 0;
        for (number, detours) in ways.iter_mut().enumerate() {
            detours.sort_by_key(|(percent, _)| *percent);
            // Two marks are two plays because the person says so.
            let mut marked = false;
            detours.retain(|(_, detour)| !matches!(detour, Detour::Mark) || !std::mem::replace(&mut marked, true));
            let late_mark = detours.iter().rposition(|(_, detour)| matches!(detour, Detour::Mark));
            // Marked after it has counted is a second play, because the person says so.
            if let Some(at) = late_mark
                && detours[..=at].iter().any(|(percent, _)| *percent >= 80)
            {
                detours.remove(at);
            }
            way_through(&mut evening, detours, &mut next);
            prop_assert_eq!(evening.plays.len(), number + 1, "after way {}: {:?}", number + 1, detours);
        }
        // Every forgotten tab expires in the end, and changes nothing.
        for at in 0..next {
            evening.happens(Expire(at));
        }
        prop_assert_eq!(evening.plays.len(), ways.len());
    }

    /// Trakt counts what it is told, so it is told of no viewing twice.
    #[test]
    fn trakt_hears_of_a_way_through_once(mut detours in prop::collection::vec(detour(), 0..8)) {
        detours.sort_by_key(|(percent, _)| *percent);
        detours.retain(|(_, detour)| !matches!(detour, Detour::Mark));
        let mut evening = Evening::new();
        let mut next = 0;
        way_through(&mut evening, &detours, &mut next);
        for at in 0..next {
            evening.happens(Expire(at));
        }
        prop_assert_eq!(evening.stops.iter().filter(|progress| **progress >= COUNTS_FROM).count(), 1);
    }
}
