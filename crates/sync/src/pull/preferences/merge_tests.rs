use chrono::TimeDelta;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

fn here(value: impl Into<Option<i32>>, seconds: i64) -> Here {
    Here { value: value.into(), at: Some(at(seconds)) }
}

fn holds(value: i32, seconds: i64) -> There<()> {
    There::Holds { value, at: at(seconds) }
}

fn base(here: impl Into<Option<i32>>, there: impl Into<Option<i32>>) -> Base {
    Base { here: here.into(), there: there.into() }
}

const NOTHING: Here = Here { value: None, at: None };
const GONE: There<()> = There::Gone(());
const UNSEEN: There<()> = There::Unseen;

#[rstest]
#[case::nothing_changed(here(5, 1), holds(5, 1), base(5, 5), Verdict::Keep)]
#[case::new_there(NOTHING, holds(7, 3), base(None, None), Verdict::Take(Some((7, at(3)))))]
#[case::new_here(here(7, 3), UNSEEN, base(None, None), Verdict::Push(here(7, 3)))]
#[case::changed_there(here(5, 9), holds(7, 3), base(5, 5), Verdict::Take(Some((7, at(3)))))]
#[case::changed_here(here(8, 9), holds(5, 1), base(5, 5), Verdict::Push(here(8, 9)))]
#[case::removed_there(here(5, 1), GONE, base(5, 5), Verdict::Take(None))]
#[case::missing_without_proof(here(5, 1), UNSEEN, base(5, 5), Verdict::Keep)]
#[case::removed_here(here(None, 4), holds(5, 1), base(5, 5), Verdict::Push(here(None, 4)))]
#[case::removed_on_both_sides(here(None, 4), GONE, base(5, 5), Verdict::Agree(None))]
#[case::both_the_same(here(8, 9), holds(8, 2), base(5, 5), Verdict::Agree(Some(8)))]
#[case::newer_here(here(8, 9), holds(7, 8), base(5, 5), Verdict::Push(here(8, 9)))]
#[case::newer_there(here(8, 8), holds(7, 9), base(5, 5), Verdict::Take(Some((7, at(9)))))]
#[case::the_same_second(here(8, 9), holds(7, 9), base(5, 5), Verdict::Push(here(8, 9)))]
#[case::removed_here_in_the_same_second(here(None, 9), holds(7, 9), base(5, 5), Verdict::Push(here(None, 9)))]
#[case::removed_here_then_changed_there(here(None, 8), holds(7, 9), base(5, 5), Verdict::Take(Some((7, at(9)))))]
#[case::changed_there_then_removed_here(here(None, 9), holds(7, 8), base(5, 5), Verdict::Push(here(None, 9)))]
#[case::changed_here_and_removed_there(here(8, 9), GONE, base(5, 5), Verdict::Push(here(8, 9)))]
#[case::both_new(here(8, 9), holds(7, 8), base(None, None), Verdict::Push(here(8, 9)))]
#[case::left_apart_on_purpose(here(8, 9), holds(3, 99), base(8, 3), Verdict::Keep)]
#[case::left_there_on_purpose(NOTHING, holds(3, 99), base(None, 3), Verdict::Keep)]
#[case::left_here_on_purpose(here(8, 9), UNSEEN, base(8, None), Verdict::Keep)]
#[case::left_there_and_removed_there(NOTHING, GONE, base(None, 3), Verdict::Agree(None))]
#[case::left_there_and_chosen_here(here(3, 9), holds(3, 1), base(None, 3), Verdict::Agree(Some(3)))]
fn the_verdict_follows_from_both_sides_and_the_last_comparison(
    #[case] mine: Here,
    #[case] theirs: There<()>,
    #[case] known: Base,
    #[case] verdict: Verdict,
) {
    assert_eq!(merge(mine, theirs, known, Message::None), verdict);
}

#[rstest]
#[case::it_waits_already(here(8, 9), holds(5, 1), Message::Kept, Verdict::Keep)]
#[case::it_was_overtaken(here(8, 8), holds(7, 9), Message::Kept, Verdict::Take(Some((7, at(9)))))]
#[case::it_may_be_what_is_seen(here(8, 8), holds(7, 9), Message::OnItsWay, Verdict::Later)]
#[case::it_has_not_arrived(here(8, 8), holds(5, 1), Message::OnItsWay, Verdict::Keep)]
#[case::nothing_seen(here(8, 8), UNSEEN, Message::OnItsWay, Verdict::Keep)]
fn messages_to_trakt_affect_the_verdict(
    #[case] mine: Here,
    #[case] theirs: There<()>,
    #[case] message: Message,
    #[case] verdict: Verdict,
) {
    assert_eq!(merge(mine, theirs, base(5, 5), message), verdict);
}

#[rstest]
#[case::both_sides(here(8, 9), holds(3, 1), base(8, 3))]
#[case::changed_since(NOTHING, holds(3, 50), base(None, None))]
#[case::here_only(here(8, 9), UNSEEN, base(8, None))]
fn connecting_without_importing_records_both_sides(
    #[case] mine: Here,
    #[case] theirs: There<()>,
    #[case] noted: Base,
) {
    assert_eq!(baseline(mine, theirs, at(50)), noted);
    let settled = merge(mine, theirs, noted, Message::None);
    assert!(settled == Verdict::Keep || noted.there.is_none() && matches!(settled, Verdict::Take(Some(_))));
}

/// The current values on both sides, and those at the last comparison.
#[derive(Clone, Copy, Debug)]
struct Sides {
    here: Here,
    there: Option<(i32, DateTime<Utc>)>,
    base: Base,
}

impl Sides {
    fn step(self) -> Self {
        let there = self.there.map_or(GONE, |(value, at)| There::Holds { value, at });
        let agreed = |value| Base { here: value, there: value };
        match merge(self.here, there, self.base, Message::None) {
            Verdict::Keep | Verdict::Later => self,
            Verdict::Agree(value) => Self { base: agreed(value), ..self },
            Verdict::Take(value) => {
                let here = Here { value: value.map(|(value, _)| value), at: value.map(|(_, at)| at) };
                Self { here, base: agreed(here.value), ..self }
            }
            Verdict::Push(here) => {
                let there = here.value.map(|value| (value, here.at.unwrap_or_default()));
                Self { there, base: agreed(here.value), ..self }
            }
        }
    }
}

fn side() -> impl Strategy<Value = (Option<i32>, i64)> {
    (prop::option::of(1..=3), 0_i64..5)
}

proptest! {
    /// However the two sides and their previous values differ, one step makes them equal, and a second step
    /// changes nothing.
    #[test]
    fn both_sides_become_equal((mine, mine_at) in side(), (theirs, theirs_at) in side(), known in prop::option::of(1..=3)) {
        let sides = Sides {
            here: here(mine, mine_at),
            there: theirs.map(|value| (value, at(theirs_at))),
            base: base(known, known),
        };
        let settled = sides.step();
        prop_assert_eq!(settled.here.value, settled.there.map(|(value, _)| value));
        prop_assert!([mine, theirs].contains(&settled.here.value), "the result is a value that one side had");
        prop_assert_eq!(merge(
            settled.here,
            settled.there.map_or(GONE, |(value, at)| There::Holds { value, at }),
            settled.base,
            Message::None,
        ), Verdict::Keep);
    }

    /// A rating is only removed if a side that had it removed it and the other left it alone, or removed it later.
    #[test]
    fn a_rating_that_nobody_removed_is_kept((mine, mine_at) in side(), (theirs, theirs_at) in side(), known in prop::option::of(1..=3)) {
        let sides = Sides {
            here: here(mine, mine_at),
            there: theirs.map(|value| (value, at(theirs_at))),
            base: base(known, known),
        };
        if sides.step().here.value.is_none() {
            prop_assert!(mine.is_none() || theirs.is_none());
            prop_assert!(known.is_some() || (mine.is_none() && theirs.is_none()));
        }
    }

    /// Intentional differences are kept as long as neither side changes.
    #[test]
    fn intentional_differences_are_kept((mine, mine_at) in side(), (theirs, _) in side()) {
        let there = theirs.map_or(GONE, |value| There::Holds { value, at: at(0) });
        let noted = baseline(here(mine, mine_at), there, at(10));
        prop_assert_eq!(merge(here(mine, mine_at), there, noted, Message::None), Verdict::Keep);
    }

    /// Without proof of absence, nothing is ever removed here.
    #[test]
    fn a_missing_value_is_never_removed_without_proof((mine, mine_at) in side(), known in prop::option::of(1..=3), known_there in prop::option::of(1..=3)) {
        let verdict = merge(here(mine, mine_at), UNSEEN, base(known, known_there), Message::None);
        prop_assert!(!matches!(verdict, Verdict::Take(_)), "{:?}", verdict);
    }
}
