//! The grid: filters, sort orders and pages over a view.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::snapshot::Entry;
use super::view::View;
use crate::model::title::{Facet, TitleFacets, Titles};

/// Movies or shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// Movies.
    Movies,
    /// Shows.
    Shows,
}

/// What to sort by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Name without its article.
    #[default]
    Name,
    /// When the newest file came.
    Added,
    /// Year of release.
    Year,
    /// Trakt's rating.
    Rating,
    /// Length.
    Runtime,
}

/// What to show of a shelf.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListQuery {
    /// Movies or shows.
    pub shelf: Shelf,
    /// Order.
    pub sort: Sort,
    /// Largest first.
    pub descending: bool,
    /// Only this genre.
    pub genre: Option<String>,
    /// Only this year.
    pub year: Option<i32>,
    /// Only the ten years from here.
    pub decade: Option<i32>,
    /// Only watched or unwatched titles.
    pub watched: Option<bool>,
    /// Only this resolution.
    pub resolution: Option<String>,
    /// Only this library.
    pub library: Option<i64>,
    /// Titles to leave out at the beginning.
    pub offset: usize,
    /// Titles to show.
    pub limit: usize,
}

impl ListQuery {
    fn matches(&self, view: &View, entry: &Entry) -> bool {
        self.genre.as_deref().is_none_or(|wanted| entry.genres.iter().any(|genre| **genre == *wanted))
            && self.year.is_none_or(|year| entry.year == Some(year))
            && self.decade.is_none_or(|decade| entry.decade() == Some(decade))
            && self.watched.is_none_or(|watched| view.watched(entry) == watched)
            && self.resolution.as_deref().is_none_or(|wanted| entry.files.resolution == Some(wanted))
            && self.library.is_none_or(|library| entry.files.libraries.contains(&library))
    }
}

/// One page of a shelf.
pub fn list(view: &View, query: &ListQuery) -> Titles {
    let mut found: Vec<&Entry> =
        shelf(view, query.shelf).filter(|entry| query.matches(view, entry)).collect();
    sort(&mut found, query.sort, query.descending);
    Titles {
        total: found.len() as i64,
        offset: query.offset as i64,
        items: found.iter().skip(query.offset).take(query.limit).map(|entry| view.card(entry)).collect(),
    }
}

fn shelf(view: &View, shelf: Shelf) -> impl Iterator<Item = &Entry> {
    let ids = match shelf {
        Shelf::Movies => &view.snapshot.movies,
        Shelf::Shows => &view.snapshot.shows,
    };
    ids.iter().filter_map(|id| view.snapshot.get(*id))
}

/// Sorts entries that are in shelf order. Titles without the value come last in either direction, and equal
/// titles stay in shelf order.
fn sort(found: &mut [&Entry], by: Sort, descending: bool) {
    match by {
        Sort::Name if descending => found.reverse(),
        Sort::Name => {}
        Sort::Added => sort_by_value(found, descending, |entry| Some(entry.added_at)),
        Sort::Year => sort_by_value(found, descending, |entry| entry.year),
        Sort::Rating => sort_by_value(found, descending, |entry| entry.rating.map(Total)),
        Sort::Runtime => sort_by_value(found, descending, |entry| entry.runtime_minutes),
    }
}

fn sort_by_value<T: Ord>(found: &mut [&Entry], descending: bool, value: impl Fn(&Entry) -> Option<T>) {
    found.sort_by(|a, b| match (value(a), value(b)) {
        (Some(a), Some(b)) if descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
}

/// A float with a total order.
#[derive(PartialEq)]
struct Total(f64);

impl Eq for Total {}

impl PartialOrd for Total {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Total {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Everything a shelf can be filtered by, with counts.
pub fn facets(view: &View, of: Shelf) -> TitleFacets {
    let mut genres: BTreeMap<&str, i64> = BTreeMap::new();
    let mut decades: BTreeMap<i32, i64> = BTreeMap::new();
    let mut resolutions: BTreeMap<&str, i64> = BTreeMap::new();
    let mut libraries: BTreeMap<i64, i64> = BTreeMap::new();
    for entry in shelf(view, of) {
        for genre in &entry.genres {
            *genres.entry(genre).or_default() += 1;
        }
        if let Some(decade) = entry.decade() {
            *decades.entry(decade).or_default() += 1;
        }
        if let Some(resolution) = entry.files.resolution {
            *resolutions.entry(resolution).or_default() += 1;
        }
        for library in &entry.files.libraries {
            *libraries.entry(*library).or_default() += 1;
        }
    }
    TitleFacets {
        genres: genres.into_iter().map(|(value, count)| facet(value, count)).collect(),
        decades: decades.into_iter().rev().map(|(value, count)| facet(&value.to_string(), count)).collect(),
        resolutions: by_height(resolutions).into_iter().map(|(value, count)| facet(value, count)).collect(),
        libraries: libraries
            .into_iter()
            .map(|(id, count)| Facet {
                label: view.snapshot.libraries.get(&id).cloned(),
                ..facet(&id.to_string(), count)
            })
            .collect(),
    }
}

/// Best first; as text "720p" would follow "1080p".
fn by_height(resolutions: BTreeMap<&str, i64>) -> Vec<(&str, i64)> {
    let mut sorted: Vec<(&str, i64)> = resolutions.into_iter().collect();
    let height = |name: &str| name.trim_end_matches('p').parse::<u32>().unwrap_or(0);
    sorted.sort_by_key(|(name, _)| std::cmp::Reverse(height(name)));
    sorted
}

fn facet(value: &str, count: i64) -> Facet {
    Facet { value: value.to_owned(), label: None, count }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::library::catalogue::testing::{Shelf as Rows, day};

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
}
