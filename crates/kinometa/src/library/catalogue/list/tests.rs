use rstest::rstest;

use super::*;
use crate::library::catalogue::facets::facets;
use crate::library::catalogue::query::Shelf;
use crate::library::catalogue::testing::{Shelf as Rows, day};
use crate::model::title::Facet;

fn rows() -> Rows {
    let mut rows = Rows::default();
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

fn query() -> ListQuery {
    ListQuery {
        shelf: Shelf::Movies,
        sort: Sort::Name,
        descending: false,
        genre: None,
        year: None,
        decade: None,
        watched: None,
        resolution: None,
        library: None,
        offset: 0,
        limit: 100,
    }
}

fn ids(query: &ListQuery) -> Vec<i64> {
    list(&rows().view(), query).items.iter().map(|card| card.id).collect()
}

#[rstest]
#[case::name(Sort::Name, false, vec![3, 2, 1])]
#[case::name_backwards(Sort::Name, true, vec![1, 2, 3])]
#[case::newest_first(Sort::Added, true, vec![2, 1, 3])]
#[case::year(Sort::Year, false, vec![2, 1, 3])]
#[case::best_first_unrated_last(Sort::Rating, true, vec![1, 3, 2])]
#[case::worst_first_unrated_last(Sort::Rating, false, vec![3, 1, 2])]
#[case::unknown_length_last(Sort::Runtime, false, vec![2, 3, 1])]
fn orders(#[case] sort: Sort, #[case] descending: bool, #[case] expected: Vec<i64>) {
    assert_eq!(ids(&ListQuery { sort, descending, ..query() }), expected);
}

#[rstest]
#[case::genre(ListQuery { genre: Some("science-fiction".into()), ..query() }, vec![1])]
#[case::year(ListQuery { year: Some(1921), ..query() }, vec![2])]
#[case::decade(ListQuery { decade: Some(1920), ..query() }, vec![2, 1])]
#[case::watched(ListQuery { watched: Some(true), ..query() }, vec![2])]
#[case::unwatched(ListQuery { watched: Some(false), ..query() }, vec![3, 1])]
#[case::best_resolution_counts(ListQuery { resolution: Some("2160p".into()), ..query() }, vec![3])]
#[case::library(ListQuery { library: Some(7), ..query() }, vec![])]
#[case::shows(ListQuery { shelf: Shelf::Shows, ..query() }, vec![1000])]
fn filters(#[case] query: ListQuery, #[case] expected: Vec<i64>) {
    assert_eq!(ids(&query), expected);
}

#[test]
fn a_page_says_where_it_is_and_how_much_there_is() {
    let page = list(&rows().view(), &ListQuery { offset: 1, limit: 1, ..query() });
    assert_eq!((page.total, page.offset, page.items.len()), (3, 1, 1));
    assert_eq!(page.items[0].id, 2);
}

#[test]
fn versions_are_one_title() {
    let view = rows().view();
    let card = view.card_of(3).expect("a card");
    assert_eq!((card.versions, card.resolution.as_deref()), (2, Some("2160p")));
}

#[test]
fn parts_of_one_version_count_once() {
    let mut rows = rows();
    rows.file(1, 1080).part = Some(2);
    assert_eq!(rows.view().card_of(1).expect("a card").versions, 1);
}

#[test]
fn a_title_without_any_file_left_is_missing_and_stays_on_the_shelf() {
    let mut rows = rows();
    rows.lose(1);
    let page = list(&rows.view(), &query());
    let missing: Vec<i64> = page.items.iter().filter(|card| card.missing).map(|card| card.id).collect();
    assert_eq!((page.total, missing), (3, vec![1]));
}

#[test]
fn facets_count_what_can_be_chosen() {
    let facets = facets(&rows().view(), Shelf::Movies);
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
    let card = view.card_of(1000).expect("the show");
    assert_eq!((card.watched, card.unwatched_episodes, card.episode_count), (true, Some(0), Some(2)));
    let specials = view.card_of(1001).expect("the specials");
    assert_eq!((specials.watched, specials.unwatched_episodes), (false, Some(1)));
}
