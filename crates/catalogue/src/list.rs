//! Pages of sorted and filtered titles.

use db::ids::TitleId;
use std::cmp::Ordering;
use std::sync::Arc;

use super::entry::Entry;
use super::query::{ListQuery, Selection, Sort};
use super::view::View;

/// A page of a selection.
#[derive(Debug, Clone)]
pub struct Page {
    /// Offset of its first title.
    pub offset: usize,
    order: Arc<[TitleId]>,
    limit: usize,
}

impl Page {
    /// The titles of the page, in order.
    pub fn ids(&self) -> &[TitleId] {
        let rest = self.order.get(self.offset..).unwrap_or_default();
        &rest[..rest.len().min(self.limit)]
    }

    /// How many titles the selection has.
    pub fn total(&self) -> usize {
        self.order.len()
    }
}

/// A page of a selection. The view caches the order, so the next page is cheap.
pub fn page(view: &View, query: &ListQuery) -> Page {
    let order = view.orders.get(&query.selection, || order(view, &query.selection));
    Page { offset: query.offset, order, limit: query.limit }
}

/// The titles of a selection, in order.
fn order(view: &View, selection: &Selection) -> Vec<TitleId> {
    let mut found: Vec<&Entry> =
        view.section(selection.section).filter(|entry| matches(view, selection, entry)).collect();
    sort(&mut found, selection.sort, selection.descending);
    found.into_iter().map(|entry| entry.id).collect()
}

fn matches(view: &View, selection: &Selection, entry: &Entry) -> bool {
    selection.genre.as_deref().is_none_or(|slug| entry.genres.iter().any(|genre| **genre == *slug))
        && selection.year.is_none_or(|year| entry.year == Some(year))
        && selection.decade.is_none_or(|decade| entry.decade() == Some(decade))
        && selection.watched.is_none_or(|watched| view.watched(entry) == watched)
        && selection.resolution.as_deref().is_none_or(|name| entry.files.resolution == Some(name))
        && selection.library.is_none_or(|library| entry.files.libraries.contains(&library))
}

/// Sorts entries that are in their default order. Titles without the value come last in either direction, and titles
/// with equal values keep the default order.
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
