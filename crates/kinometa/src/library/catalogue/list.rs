//! The grid: filters, sort orders and pages over a view.

use std::cmp::Ordering;

use super::entry::Entry;
use super::query::{ListQuery, Sort};
use super::view::View;
use crate::model::title::Titles;

/// One page of a shelf.
pub fn list(view: &View, query: &ListQuery) -> Titles {
    let mut found: Vec<&Entry> =
        view.shelf(query.shelf).filter(|entry| matches(view, query, entry)).collect();
    sort(&mut found, query.sort, query.descending);
    Titles {
        total: found.len() as i64,
        offset: query.offset as i64,
        items: found.iter().skip(query.offset).take(query.limit).map(|entry| view.card(entry)).collect(),
    }
}

fn matches(view: &View, query: &ListQuery, entry: &Entry) -> bool {
    query.genre.as_deref().is_none_or(|wanted| entry.genres.iter().any(|genre| **genre == *wanted))
        && query.year.is_none_or(|year| entry.year == Some(year))
        && query.decade.is_none_or(|decade| entry.decade() == Some(decade))
        && query.watched.is_none_or(|watched| view.watched(entry) == watched)
        && query.resolution.as_deref().is_none_or(|wanted| entry.files.resolution == Some(wanted))
        && query.library.is_none_or(|library| entry.files.libraries.contains(&library))
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
