//! Tests for planning the sync of a Trakt list with a collection.

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

fn contents(ids: &[u64]) -> ListContents {
    let item = |id: &u64| ListItem { id: Some(ListItemId(*id + 1000)), entry: entry(Kind::Movie, *id) };
    ListContents { items: ids.iter().map(item).collect(), unreadable: 0 }
}

fn movies(ids: &[u64]) -> Vec<Entry> {
    ids.iter().map(|id| entry(Kind::Movie, *id)).collect()
}

fn numbers(entries: &[Entry]) -> Vec<u64> {
    entries.iter().filter_map(|entry| entry.ids.tmdb).collect()
}

#[rstest]
#[case::no_changes(&[1, 2], &[1, 2], false, &[], &[], false)]
#[case::new_titles_are_appended(&[1], &[1, 2, 3], false, &[2, 3], &[], false)]
#[case::new_title_in_front_requires_a_move(&[1], &[2, 1], false, &[2], &[], true)]
#[case::unwanted_titles_are_removed(&[1, 2, 3], &[1, 3], false, &[], &[2], false)]
#[case::add_only_removes_nothing(&[1, 2], &[3], true, &[3], &[], true)]
#[case::another_order(&[2, 1], &[1, 2], false, &[], &[], true)]
#[case::an_empty_list_is_filled(&[], &[1], false, &[1], &[], false)]
#[case::both_empty(&[], &[], false, &[], &[], false)]
fn the_list_is_made_equal_to_the_collection(
    #[case] listed: &[u64],
    #[case] wanted: &[u64],
    #[case] add_only: bool,
    #[case] added: &[u64],
    #[case] removed: &[u64],
    #[case] moves: bool,
) {
    let plan = plan("mine", &contents(listed), &movies(wanted), add_only);
    assert_eq!((numbers(&plan.added), numbers(&plan.removed)), (added.to_vec(), removed.to_vec()));
    assert_eq!((plan.moves, plan.kept), (moves, listed.len() - removed.len()));
    assert!(plan.confirmation_reasons.is_empty());
}

#[rstest]
#[case::emptied(3, 0, true)]
#[case::most_of_many(30, 10, true)]
#[case::half_of_many(30, 15, false)]
#[case::most_of_few(9, 1, false)]
fn large_removals_need_confirmation(
    #[case] listed: u64,
    #[case] kept: u64,
    #[case] needs_confirmation: bool,
) {
    let listed: Vec<u64> = (1..=listed).collect();
    let wanted: Vec<u64> = (1..=kept).collect();
    let plan = plan("mine", &contents(&listed), &movies(&wanted), false);
    assert_eq!(!plan.confirmation_reasons.is_empty(), needs_confirmation);
}

#[test]
fn movies_and_shows_with_the_same_id_are_different_titles() {
    let both = [entry(Kind::Movie, 7), entry(Kind::Show, 7), entry(Kind::Movie, 7)];
    assert_eq!(distinct(both.clone()).len(), 2);
    let plan = plan("mine", &contents(&[7]), &distinct(both), false);
    assert_eq!((plan.added.len(), plan.removed.len()), (1, 0));
}

#[test]
fn titles_are_matched_by_any_of_their_ids() {
    let mut listed = contents(&[1]);
    listed.items[0].entry.ids.imdb = Some("tt0000001".into());
    let mut wanted = entry(Kind::Movie, 1);
    wanted.ids.tmdb = None;
    wanted.ids.imdb = Some("TT0000001".into());
    assert!(plan("mine", &listed, &[wanted], false).is_done());
}

#[test]
fn items_are_ranked_in_the_order_of_the_collection() {
    assert_eq!(
        ranks(&contents(&[3, 9, 1]), &movies(&[1, 3])),
        Some([1001, 1003, 1009].map(ListItemId).to_vec())
    );
    assert_eq!(ranks(&contents(&[1, 3, 9]), &movies(&[1, 3])), None);
    let partial = ListContents { unreadable: 1, ..contents(&[3, 1]) };
    assert_eq!(ranks(&partial, &movies(&[1, 3])), None);
}
