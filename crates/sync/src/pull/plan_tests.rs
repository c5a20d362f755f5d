use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn minute(number: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_040 + number * 60, 0).unwrap()
}

fn here(id: i64, at: i64) -> Here {
    Here { id: PlayId(id), watched_at: Some(minute(at)), history_id: None, made_here: true }
}

fn entry(id: i64, at: i64) -> There {
    There { history_id: Some(id), watched_at: minute(at) }
}

const UNDATED: There = There { history_id: Some(1), watched_at: DateTime::UNIX_EPOCH };

const HOUR: TimeDelta = TimeDelta::minutes(60);

#[rstest]
#[case::nothing_here(&[], &[entry(1, 0)], &[Fate::Add])]
#[case::its_entry_wherever_it_is(
    &[Here { history_id: Some(1), ..here(7, 900) }], &[entry(1, 0)], &[Fate::Link(PlayId(7))]
)]
#[case::the_same_minute(&[here(7, 0)], &[entry(1, 0)], &[Fate::Link(PlayId(7))])]
#[case::seconds_do_not_matter(
    &[Here { watched_at: Some(minute(0) + TimeDelta::seconds(55)), ..here(7, 0) }],
    &[entry(1, 0)], &[Fate::Link(PlayId(7))]
)]
#[case::within_the_viewing(&[here(7, 59)], &[entry(1, 0)], &[Fate::Link(PlayId(7))])]
#[case::a_rewatch(&[here(7, 60)], &[entry(1, 0)], &[Fate::Add])]
#[case::two_reports_of_one_viewing(
    &[here(7, 0)], &[entry(1, 3), entry(2, 0)], &[Fate::SameViewing, Fate::Link(PlayId(7))]
)]
#[case::another_report_of_an_entry(
    &[Here { history_id: Some(9), ..here(7, 0) }], &[entry(1, 5)], &[Fate::SameViewing]
)]
#[case::close_to_a_pulled_play_is_a_play(
    &[Here { history_id: Some(9), made_here: false, ..here(7, 0) }], &[entry(1, 5)], &[Fate::Add]
)]
#[case::twice_in_one_minute_on_trakt_alone(&[], &[entry(1, 0), entry(2, 0)], &[Fate::Add, Fate::Add])]
#[case::undated_here_and_dated_there(
    &[Here { watched_at: None, ..here(7, 0) }], &[entry(1, 0)], &[Fate::Add]
)]
#[case::dated_here_and_undated_there(&[here(7, 0)], &[UNDATED], &[Fate::Add])]
#[case::undated_on_both_sides(
    &[Here { watched_at: None, ..here(7, 0) }], &[UNDATED], &[Fate::Link(PlayId(7))]
)]
#[case::undated_twice_there(
    &[Here { watched_at: None, ..here(7, 0) }], &[UNDATED, There { history_id: Some(2), ..UNDATED }],
    &[Fate::Link(PlayId(7)), Fate::Add]
)]
fn each_play_on_trakt_is_matched_to_a_play_here(
    #[case] here: &[Here],
    #[case] there: &[There],
    #[case] expected: &[Fate],
) {
    assert_eq!(fates(there, here, HOUR), expected);
}

#[rstest]
#[case::of_its_runtime(TitleKind::Movie, Some(100), 80)]
#[case::unknown_movie(TitleKind::Movie, None, 64)]
#[case::unknown_episode(TitleKind::Episode, None, 16)]
#[case::nonsense(TitleKind::Episode, Some(0), 16)]
fn a_viewing_is_most_of_the_runtime(
    #[case] kind: TitleKind,
    #[case] runtime: Option<i32>,
    #[case] minutes: i64,
) {
    assert_eq!(viewing(kind, runtime), TimeDelta::minutes(minutes));
}

fn seen(id: i64, history_id: Option<i64>, at: i64) -> Seen {
    Seen { id: TraktPlayId(id), history_id, watched_at: minute(at), play_id: None }
}

#[test]
fn plays_seen_without_an_id_are_matched_by_minute_and_count() {
    let known = [seen(1, None, 0), seen(2, Some(50), 3)];
    let there = [entry(10, 0), entry(11, 0), entry(50, 3), entry(12, 9)];
    assert_eq!(changed(&known, &there, None).fresh, [1, 3]);
}

#[test]
fn nothing_is_removed_without_proof() {
    assert_eq!(changed(&[seen(1, Some(50), 3)], &[], None), Changed::default());
}

fn counts(plays: &[(u64, i64)]) -> PlayCounts {
    plays.iter().map(|(title, at)| (TraktId(*title), minute(*at))).collect()
}

#[test]
fn only_titles_that_differ_are_reported() {
    let seen = counts(&[(1, 0), (2, 0), (2, 0), (3, 0), (5, 0)]);
    let here = counts(&[(2, 0), (3, 0)]);
    let there = counts(&[(1, 0), (2, 0), (3, 0), (3, 1), (4, 0)]);
    let expected = [(2, true), (3, false), (4, false), (5, true)].map(|(id, gone)| (TraktId(id), gone));
    let differences = compare(&seen, &here, &there);
    assert_eq!(differences, Differences { titles: expected.into(), missing: 0 });
}

proptest! {
    /// Every play here corresponds to at most one entry, and a play is never added in the same minute as an unlinked
    /// one.
    #[test]
    fn a_play_is_linked_to_at_most_one_entry(
        here_at in prop::collection::vec(0_i64..400, 0..8),
        there_at in prop::collection::vec(0_i64..400, 0..8),
    ) {
        let here: Vec<Here> = (1..).zip(&here_at).map(|(id, at)| here(id, *at)).collect();
        let there: Vec<There> = (1..).zip(&there_at).map(|(id, at)| entry(id, *at)).collect();
        let fates = fates(&there, &here, HOUR);
        let mut linked: Vec<PlayId> =
            fates.iter().filter_map(|fate| if let Fate::Link(id) = fate { Some(*id) } else { None }).collect();
        let count = linked.len();
        linked.sort();
        linked.dedup();
        prop_assert_eq!(linked.len(), count);
        for (play, fate) in there.iter().zip(&fates) {
            let close = here.iter().any(|here| (here.watched_at.unwrap() - play.watched_at).abs() < HOUR);
            prop_assert_eq!(*fate == Fate::Add, !close);
        }
    }

    /// Links are stable: processing the same plays again changes nothing.
    #[test]
    fn processing_the_same_plays_again_changes_nothing(
        here_at in prop::collection::vec(0_i64..400, 0..8),
        there_at in prop::collection::vec(0_i64..400, 0..8),
    ) {
        let mut plays: Vec<Here> = (1..).zip(&here_at).map(|(id, at)| here(id, *at)).collect();
        let there: Vec<There> = (1..).zip(&there_at).map(|(id, at)| entry(id, *at)).collect();
        for (play, fate) in there.iter().zip(fates(&there, &plays, HOUR)) {
            if let Fate::Link(id) = fate {
                plays.iter_mut().find(|here| here.id == id).unwrap().history_id = play.history_id;
            }
        }
        let again = fates(&there, &plays, HOUR);
        for (play, fate) in there.iter().zip(again) {
            match fate {
                Fate::Link(id) => {
                    prop_assert_eq!(plays.iter().find(|here| here.id == id).unwrap().history_id, play.history_id);
                }
                Fate::SameViewing | Fate::Add => {
                    prop_assert!(plays.iter().all(|here| here.history_id != play.history_id));
                }
            }
        }
    }
}
