//! The grid: what a selection holds, in order, and its pages as JSON.

use db::ids::TitleId;
use std::cmp::Ordering;
use std::io::Write as _;

use bytes::Bytes;

use super::entry::Entry;
use super::query::{ListQuery, Selection, Sort};
use super::view::View;

/// A page as the JSON of [`Titles`](crate::model::title::Titles).
///
/// The order of the selection and the cards are kept with the view, so a page that nobody asked for before costs
/// little more than one that was just sent.
pub fn page(view: &View, query: &ListQuery) -> Bytes {
    let order = view.kept.order(&query.selection, || order(view, &query.selection));
    let ids = order.get(query.offset..).unwrap_or_default();
    let ids = &ids[..ids.len().min(query.limit)];
    // Enough for most cards, so that it seldom has to grow.
    let mut json = Vec::with_capacity(64 + ids.len() * 640);
    json.extend_from_slice(br#"{"items":["#);
    view.kept.write_cards(&mut json, ids, |id| {
        view.card_of(id).map(|card| serde_json::to_vec(&card).expect("a card is plain data"))
    });
    write!(json, r#"],"total":{},"offset":{}}}"#, order.len(), query.offset)
        .expect("memory takes all writes");
    Bytes::from(json)
}

/// The titles of a selection, in order.
fn order(view: &View, selection: &Selection) -> Vec<TitleId> {
    let mut found: Vec<&Entry> =
        view.shelf(selection.shelf).filter(|entry| matches(view, selection, entry)).collect();
    sort(&mut found, selection.sort, selection.descending);
    found.into_iter().map(|entry| entry.id).collect()
}

fn matches(view: &View, wanted: &Selection, entry: &Entry) -> bool {
    wanted.genre.as_deref().is_none_or(|wanted| entry.genres.iter().any(|genre| **genre == *wanted))
        && wanted.year.is_none_or(|year| entry.year == Some(year))
        && wanted.decade.is_none_or(|decade| entry.decade() == Some(decade))
        && wanted.watched.is_none_or(|watched| view.watched(entry) == watched)
        && wanted.resolution.as_deref().is_none_or(|wanted| entry.files.resolution == Some(wanted))
        && wanted.library.is_none_or(|library| entry.files.libraries.contains(&library))
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

#[cfg(test)]
mod tests;
