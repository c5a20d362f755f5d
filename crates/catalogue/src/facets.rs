//! The values that movies or shows can be filtered by.

use db::ids::LibraryId;
use std::collections::BTreeMap;

use super::entry::rank;
use super::query::Section;
use super::view::View;

/// One value to filter by, with how many titles have it.
#[derive(Debug, Clone)]
pub struct Facet {
    /// The value.
    pub value: String,
    /// The display name, if different from the value.
    pub label: Option<String>,
    /// How many titles have it.
    pub count: i64,
}

/// All filters with their values.
#[derive(Debug, Clone)]
pub struct Facets {
    /// Genres.
    pub genres: Vec<Facet>,
    /// Decades, such as `1990`.
    pub decades: Vec<Facet>,
    /// Resolutions.
    pub resolutions: Vec<Facet>,
    /// Libraries by id.
    pub libraries: Vec<Facet>,
}

/// All filter values of the movies or shows, with counts.
pub fn facets(view: &View, section: Section) -> Facets {
    let mut genres: BTreeMap<&str, i64> = BTreeMap::new();
    let mut decades: BTreeMap<i32, i64> = BTreeMap::new();
    let mut resolutions: BTreeMap<&str, i64> = BTreeMap::new();
    let mut libraries: BTreeMap<LibraryId, i64> = BTreeMap::new();
    for entry in view.section(section) {
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
    Facets {
        genres: genres.into_iter().map(|(value, count)| facet(value, count)).collect(),
        decades: decades.into_iter().rev().map(|(value, count)| facet(&value.to_string(), count)).collect(),
        resolutions: best_first(resolutions).into_iter().map(|(value, count)| facet(value, count)).collect(),
        libraries: libraries
            .into_iter()
            .map(|(id, count)| Facet {
                label: view.snapshot.libraries.get(&id).cloned(),
                ..facet(&id.to_string(), count)
            })
            .collect(),
    }
}

/// Sorts by quality, best first; sorted as text, "720p" would come after "1080p".
fn best_first(resolutions: BTreeMap<&str, i64>) -> Vec<(&str, i64)> {
    let mut sorted: Vec<(&str, i64)> = resolutions.into_iter().collect();
    sorted.sort_by_key(|(name, _)| std::cmp::Reverse(rank(Some(name))));
    sorted
}

fn facet(value: &str, count: i64) -> Facet {
    Facet { value: value.to_owned(), label: None, count }
}
