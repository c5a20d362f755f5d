use db::ids::{LibraryId, TitleId};
use rstest::rstest;

use super::*;
use crate::facets::{Facet, facets};
use crate::query::Section;
use crate::testing::{TestLibrary, day};

fn rows() -> TestLibrary {
    let mut rows = TestLibrary::default();
    let metropolis = rows.movie(1, "Metropolis", 1927);
    metropolis.rating = Some(8.3);
    metropolis.genres = serde_json::json!(["drama", "science-fiction"]);
    metropolis.added_at = Some(db::Millis::from(day(3)));
    let kid = rows.movie(2, "The Kid", 1921);
    kid.runtime_minutes = Some(68);
    kid.genres = serde_json::json!(["drama"]);
    kid.added_at = Some(db::Millis::from(day(5)));
    rows.movie(3, "Élan", 1999).rating = Some(6.1);
    rows.file(3, 2160);
    rows.show(1000, "Planets", 1, 2);
    rows.play(2, day(9));
    rows
}

fn all() -> Selection {
    Selection {
        section: Section::Movies,
        sort: Sort::Name,
        descending: false,
        genre: None,
        year: None,
        decade: None,
        watched: None,
        resolution: None,
        library: None,
    }
}

fn ids(selection: &Selection) -> Vec<i64> {
    order(&rows().view(), selection).into_iter().map(|id| id.0).collect()
}

#[rstest]
#[case::name(Sort::Name, false, vec![3, 2, 1])]
#[case::name_backwards(Sort::Name, true, vec![1, 2, 3])]
#[case::newest_first(Sort::Added, true, vec![2, 1, 3])]
#[case::year(Sort::Year, false, vec![2, 1, 3])]
#[case::best_first_unrated_last(Sort::Rating, true, vec![1, 3, 2])]
#[case::worst_first_unrated_last(Sort::Rating, false, vec![3, 1, 2])]
#[case::unknown_length_last(Sort::Runtime, false, vec![2, 3, 1])]
fn titles_are_sorted(#[case] sort: Sort, #[case] descending: bool, #[case] expected: Vec<i64>) {
    assert_eq!(ids(&Selection { sort, descending, ..all() }), expected);
}

#[rstest]
#[case::genre(Selection { genre: Some("science-fiction".into()), ..all() }, vec![1])]
#[case::year(Selection { year: Some(1921), ..all() }, vec![2])]
#[case::decade(Selection { decade: Some(1920), ..all() }, vec![2, 1])]
#[case::watched(Selection { watched: Some(true), ..all() }, vec![2])]
#[case::unwatched(Selection { watched: Some(false), ..all() }, vec![3, 1])]
#[case::best_resolution_counts(Selection { resolution: Some("2160p".into()), ..all() }, vec![3])]
#[case::library(Selection { library: Some(LibraryId(7)), ..all() }, vec![])]
#[case::shows(Selection { section: Section::Shows, ..all() }, vec![1000])]
fn titles_are_filtered(#[case] selection: Selection, #[case] expected: Vec<i64>) {
    assert_eq!(ids(&selection), expected);
}

#[rstest]
#[case::first(0, 1, vec![3])]
#[case::middle(1, 1, vec![2])]
#[case::past_the_end(2, 5, vec![1])]
#[case::starting_past_the_end(3, 5, vec![])]
#[case::starting_far_past_the_end(usize::MAX, 5, vec![])]
fn a_page_contains_its_titles_its_offset_and_the_total(
    #[case] offset: usize,
    #[case] limit: usize,
    #[case] expected: Vec<i64>,
) {
    let view = rows().view();
    // Twice: the second time, the order is cached.
    for _ in 0..2 {
        let page = page(&view, &ListQuery { selection: all(), offset, limit });
        let ids: Vec<i64> = page.ids().iter().map(|id| id.0).collect();
        assert_eq!((&ids, page.total(), page.offset), (&expected, 3, offset));
    }
}

#[test]
fn cached_orders_of_different_selections_do_not_mix() {
    let view = rows().view();
    let first =
        |selection| page(&view, &ListQuery { selection, offset: 0, limit: 1 }).ids().first().map(|id| id.0);
    assert_eq!(first(all()), Some(3));
    assert_eq!(first(Selection { descending: true, ..all() }), Some(1));
    assert_eq!(first(Selection { section: Section::Shows, ..all() }), Some(1000));
    assert_eq!(first(all()), Some(3));
}

#[test]
fn versions_are_one_title() {
    let view = rows().view();
    let card = view.card_of(TitleId(3)).expect("a card");
    assert_eq!((card.versions, card.resolution), (2, Some("2160p")));
}

#[test]
fn parts_of_one_version_count_once() {
    let mut rows = rows();
    rows.file(1, 1080).part = Some(2);
    assert_eq!(rows.view().card_of(TitleId(1)).expect("a card").versions, 1);
}

#[test]
fn a_title_whose_files_are_all_missing_is_still_listed() {
    let mut rows = rows();
    rows.lose_files(1);
    let view = rows.view();
    let page = page(&view, &ListQuery { selection: all(), offset: 0, limit: 100 });
    assert_eq!(page.ids(), [3, 2, 1].map(TitleId));
    let missing = |id: i64| view.card_of(TitleId(id)).map(|card| card.missing);
    assert_eq!((missing(1), missing(2)), (Some(true), Some(false)));
}

#[test]
fn facets_count_the_titles_with_each_value() {
    let facets = facets(&rows().view(), Section::Movies);
    let pairs = |facets: Vec<Facet>| -> Vec<(String, i64)> {
        facets.into_iter().map(|facet| (facet.value, facet.count)).collect()
    };
    assert_eq!(pairs(facets.genres), [("drama".to_owned(), 2), ("science-fiction".to_owned(), 1)]);
    assert_eq!(pairs(facets.decades), [("1990".to_owned(), 1), ("1920".to_owned(), 2)]);
    assert_eq!(pairs(facets.resolutions), [("2160p".to_owned(), 1), ("1080p".to_owned(), 2)]);
    assert_eq!(facets.libraries[0].label.as_deref(), Some("Everything"));
}

#[test]
fn a_show_is_watched_when_every_regular_episode_is() {
    let mut rows = rows();
    rows.show(1000, "Planets", 0, 1);
    rows.play(1102, day(1));
    rows.play(1103, day(2));
    let view = rows.view();
    let card = view.card_of(TitleId(1000)).expect("the show");
    assert_eq!((card.watched, card.unwatched_episodes, card.episode_count), (true, Some(0), Some(2)));
    let specials = view.card_of(TitleId(1001)).expect("the specials");
    assert_eq!((specials.watched, specials.unwatched_episodes), (false, Some(1)));
}
