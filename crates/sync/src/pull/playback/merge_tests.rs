use proptest::{option, prelude::*};
use rstest::rstest;

use super::*;

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000 + minute * 60, 0).unwrap()
}

const THERE: i64 = 100;

fn here(minute: i64, percent: f64) -> Option<Here> {
    Some(Here { percent, paused_at: at(minute), is_private: false })
}

fn private(minute: i64) -> Option<Here> {
    Some(Here { percent: 10.0, paused_at: at(minute), is_private: true })
}

fn seen(minute: i64, is_here: bool) -> Option<Seen> {
    Some(Seen { id: 7, paused_at: at(minute), is_here })
}

#[rstest]
#[case::new(None, None, None, Fate::Take)]
#[case::newer(None, here(50, 10.0), None, Fate::Take)]
#[case::moved_on(seen(50, true), here(50, 10.0), None, Fate::Take)]
#[case::moved_on_after_it_was_cleared(seen(50, true), None, None, Fate::Take)]
#[case::older(None, here(150, 10.0), None, Fate::Note { is_here: true })]
#[case::our_own(None, here(99, 40.5), None, Fate::Note { is_here: true })]
#[case::elsewhere_a_minute_later(None, here(99, 10.0), None, Fate::Take)]
#[case::private_and_newer(None, private(150), None, Fate::Note { is_here: false })]
#[case::private_and_older(None, private(50), None, Fate::Take)]
#[case::finished_since(None, None, Some(120), Fate::Note { is_here: false })]
#[case::watched_before(None, None, Some(20), Fate::Take)]
#[case::unchanged(seen(THERE, true), here(THERE, 40.0), None, Fate::Note { is_here: true })]
#[case::cleared_here(seen(THERE, true), None, None, Fate::Remove)]
#[case::finished_here(seen(THERE, true), None, Some(120), Fate::Remove)]
#[case::was_there_before_connecting(seen(THERE, false), None, None, Fate::Note { is_here: false })]
fn the_newest_wins(
    #[case] seen: Option<Seen>,
    #[case] here: Option<Here>,
    #[case] last_play: Option<i64>,
    #[case] expected: Fate,
) {
    let there = There { id: 7, percent: 40.0, paused_at: at(THERE) };
    assert_eq!(fate(there, seen, here, last_play.map(at)), expected);
}

#[rstest]
#[case::the_same(100, false, true, true)]
#[case::went_on_here(150, false, true, false)]
#[case::private(100, true, true, false)]
#[case::never_here(100, false, false, false)]
fn a_point_gone_from_trakt_is_removed_here_only_if_it_is_the_same(
    #[case] minute: i64,
    #[case] is_private: bool,
    #[case] was_here: bool,
    #[case] expected: bool,
) {
    let here = Here { percent: 40.0, paused_at: at(minute), is_private };
    assert_eq!(is_removed_here(seen(100, was_here).unwrap(), here, at(200)), expected);
    assert!(
        !is_removed_here(seen(100, was_here).unwrap(), here, at(100) + KEPT),
        "Trakt deletes old points itself"
    );
}

fn points() -> impl Strategy<Value = Option<Here>> {
    let point = (0_i64..200, 1_u8..80, any::<bool>());
    option::of(point.prop_map(|(minute, percent, is_private)| Here {
        percent: f64::from(percent),
        paused_at: at(minute),
        is_private,
    }))
}

proptest! {
    #[test]
    fn neither_side_loses_a_newer_position(
        here in points(),
        there in (0_i64..200, 1_u8..80),
        seen in option::of((0_i64..200, any::<bool>())),
        last_play in option::of(0_i64..200),
    ) {
        let there = There { id: 7, percent: f64::from(there.1), paused_at: at(there.0) };
        let seen = seen.map(|(minute, is_here)| Seen { id: 7, paused_at: at(minute), is_here });
        let is_known = seen.is_some_and(|seen| seen.paused_at == there.paused_at);
        match fate(there, seen, here, last_play.map(at)) {
            Fate::Take => {
                prop_assert!(!is_known);
                prop_assert!(here.is_none_or(|here| here.paused_at < there.paused_at));
                prop_assert!(last_play.is_none_or(|minute| at(minute) < there.paused_at));
            }
            // What was never here is never removed there, and private points have no influence.
            Fate::Remove => {
                prop_assert!(is_known && here.is_none());
                prop_assert!(seen.is_some_and(|seen| seen.is_here));
            }
            Fate::Note { is_here } => {
                let newer = here.is_none_or(|here| here.paused_at < there.paused_at);
                let own = here.is_some_and(|here| is_own(here, there));
                let finished = last_play.is_some_and(|minute| at(minute) >= there.paused_at);
                prop_assert!(is_known || !newer || own || finished, "a newer position was not taken");
                prop_assert!(is_known || !(is_here && here.is_some_and(|here| here.is_private)));
            }
        }
    }

    #[test]
    fn a_point_that_was_taken_is_not_changed_again(here in points(), minute in 0_i64..200, percent in 1_u8..80) {
        let there = There { id: 7, percent: f64::from(percent), paused_at: at(minute) };
        let (noted, place) = match fate(there, None, here, None) {
            Fate::Take => (true, Some(Here { percent: there.percent, paused_at: there.paused_at, is_private: false })),
            Fate::Note { is_here } => (is_here, here),
            Fate::Remove => return Err(TestCaseError::fail("nothing was seen before")),
        };
        let seen = Seen { id: 7, paused_at: there.paused_at, is_here: noted };
        prop_assert_eq!(fate(there, Some(seen), place, None), Fate::Note { is_here: noted });
    }
}
