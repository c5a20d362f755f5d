//! Rules of lists that are synced with a collection.

use rstest::rstest;

use super::*;
use crate::entry::Ids;

fn entry(kind: Kind, id: u64) -> Entry {
    let ids = match kind {
        Kind::Movie => Ids { tmdb: Some(id), ..Ids::default() },
        _ => Ids { tvdb: Some(id), ..Ids::default() },
    };
    Entry { kind, title: format!("Title {id}"), year: Some(2000), ids }
}

fn on(ids: &[u64]) -> OnList {
    let listed = |id: &u64| Listed { id: Some(ListItemId(*id + 1000)), entry: entry(Kind::Movie, *id) };
    OnList { listed: ids.iter().map(listed).collect(), unreadable: 0 }
}

fn movies(ids: &[u64]) -> Vec<Entry> {
    ids.iter().map(|id| entry(Kind::Movie, *id)).collect()
}

fn numbers(entries: &[Entry]) -> Vec<u64> {
    entries.iter().filter_map(|entry| entry.ids.tmdb).collect()
}

#[rstest]
#[case::the_same(&[1, 2], &[1, 2], false, &[], &[], false)]
#[case::new_ones_go_to_the_end(&[1], &[1, 2, 3], false, &[2, 3], &[], false)]
#[case::a_new_one_in_front_moves(&[1], &[2, 1], false, &[2], &[], true)]
#[case::what_is_gone_goes(&[1, 2, 3], &[1, 3], false, &[], &[2], false)]
#[case::what_is_not_known_whole_only_grows(&[1, 2], &[3], true, &[3], &[], true)]
#[case::another_order(&[2, 1], &[1, 2], false, &[], &[], true)]
#[case::an_empty_list_is_filled(&[], &[1], false, &[1], &[], false)]
#[case::both_empty(&[], &[], false, &[], &[], false)]
fn a_list_becomes_the_same(
    #[case] listed: &[u64],
    #[case] wanted: &[u64],
    #[case] grows: bool,
    #[case] added: &[u64],
    #[case] removed: &[u64],
    #[case] moves: bool,
) {
    let plan = plan("mine", &on(listed), &movies(wanted), grows);
    assert_eq!((numbers(&plan.added), numbers(&plan.removed)), (added.to_vec(), removed.to_vec()));
    assert_eq!((plan.moves, plan.kept), (moves, listed.len() - removed.len()));
    assert!(plan.waits.is_empty());
}

#[rstest]
#[case::emptied(3, 0, true)]
#[case::most_of_many(30, 10, true)]
#[case::half_of_many(30, 15, false)]
#[case::most_of_few(9, 1, false)]
fn a_removal_that_surprises_waits(#[case] listed: u64, #[case] stay: u64, #[case] waits: bool) {
    let listed: Vec<u64> = (1..=listed).collect();
    let wanted: Vec<u64> = (1..=stay).collect();
    let plan = plan("mine", &on(&listed), &movies(&wanted), false);
    assert_eq!(!plan.waits.is_empty(), waits);
}

#[test]
fn movies_and_shows_of_one_number_are_different_titles() {
    let both = [entry(Kind::Movie, 7), entry(Kind::Show, 7), entry(Kind::Movie, 7)];
    assert_eq!(distinct(both.clone()).len(), 2);
    let plan = plan("mine", &on(&[7]), &distinct(both), false);
    assert_eq!((plan.added.len(), plan.removed.len()), (1, 0));
}

#[test]
fn a_title_is_known_again_by_any_of_its_ids() {
    let mut listed = on(&[1]);
    listed.listed[0].entry.ids.imdb = Some("tt0000001".into());
    let mut wanted = entry(Kind::Movie, 1);
    wanted.ids.tmdb = None;
    wanted.ids.imdb = Some("TT0000001".into());
    assert!(plan("mine", &listed, &[wanted], false).is_done());
}

#[test]
fn entries_are_ranked_as_the_collection_is() {
    assert_eq!(ranks(&on(&[3, 9, 1]), &movies(&[1, 3])), Some([1001, 1003, 1009].map(ListItemId).to_vec()));
    assert_eq!(ranks(&on(&[1, 3, 9]), &movies(&[1, 3])), None);
    let unread = OnList { unreadable: 1, ..on(&[3, 1]) };
    assert_eq!(ranks(&unread, &movies(&[1, 3])), None);
}
