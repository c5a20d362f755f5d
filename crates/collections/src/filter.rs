//! `filters`: which of the found titles are included.

mod compare;
mod countries;
mod facts;

use chrono::NaiveDate;
use kometa::spec::{AtLeast, Filter, Inside};

use crate::entry::Kind;
use crate::library::{Item, Library};
use compare::{of_date, of_history, of_number, of_switch, of_tags, of_text};
use facts::{Fact, fact};
pub use facts::{KNOWN, OF_FILES};

/// Valid filters that a library has no data for; `lacks` are those that other libraries have data for.
pub fn unknown(filters: &[Vec<Filter>], lacks: &[&str]) -> Vec<&'static str> {
    let inside = |filter: &Filter| filter.inside.iter().flat_map(|inside| inside.filters.clone()).collect();
    let mut all: Vec<Filter> = filters.iter().flatten().cloned().collect();
    let within: Vec<Filter> = all.iter().flat_map(|filter| -> Vec<Filter> { inside(filter) }).collect();
    all.extend(within);
    let mut unknown: Vec<_> = all
        .iter()
        .map(|filter| filter.attribute)
        .filter(|name| !KNOWN.contains(name) || lacks.contains(name))
        .collect();
    unknown.sort_unstable();
    unknown.dedup();
    unknown
}

/// What filters use in addition to an item.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The item's library.
    pub library: &'a Library,
    /// The day of the run.
    pub today: NaiveDate,
    /// `default_percent`: the percentage of a show's episodes that must match a file filter, from 1 to 100.
    pub percent: u8,
}

/// Why an item is excluded: the first filter of every mapping that does not match. `None` if it is included.
pub fn refused(filters: &[Vec<Filter>], item: &Item, around: Around<'_>) -> Option<String> {
    let mut reasons = Vec::new();
    for all in filters {
        match all.iter().find(|filter| !holds(filter, item, around)) {
            None => return None,
            Some(filter) => reasons.push(filter.to_string()),
        }
    }
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

fn holds(filter: &Filter, item: &Item, around: Around<'_>) -> bool {
    if let Some(inside) = &filter.inside {
        return parts_hold(inside, filter.attribute == "seasons", item, around);
    }
    let has_no_files = matches!(item.kind, Kind::Show | Kind::Season(_));
    if has_no_files && OF_FILES.contains(&filter.attribute) {
        let episodes = around.library.episodes_of(item);
        return enough(episodes, AtLeast::Percent(around.percent), |episode| holds(filter, episode, around));
    }
    let (modifier, values) = (filter.modifier, filter.values.as_slice());
    match fact(filter.attribute, item, around.library) {
        Some(Fact::Text(texts)) => of_text(modifier, &texts, values),
        Some(Fact::Tags(tags)) => of_tags(modifier, &tags, values),
        // Without the value an item goes, whatever the modifier.
        Some(Fact::Date(date)) => date.is_some_and(|date| of_date(modifier, date, values, around.today)),
        Some(Fact::Number(number)) => {
            number.is_some_and(|number| of_number(modifier, number, values, around.today))
        }
        Some(Fact::Switch(is)) => of_switch(is, values),
        Some(Fact::History(date)) => date.is_some_and(|date| of_history(date, values, around.today)),
        None => false,
    }
}

/// `seasons` and `episodes`: how many of a show's parts must match all of these.
fn parts_hold(inside: &Inside, seasons: bool, item: &Item, around: Around<'_>) -> bool {
    let all = |part: &Item| inside.filters.iter().all(|filter| holds(filter, part, around));
    let parts = if seasons { around.library.seasons_of(item) } else { around.library.episodes_of(item) };
    enough(parts, inside.at_least, all)
}

fn enough(parts: Vec<&Item>, at_least: AtLeast, holds: impl Fn(&Item) -> bool) -> bool {
    let of = parts.len();
    let fitting = parts.into_iter().filter(|part| holds(part)).count();
    match at_least {
        AtLeast::Count(count) => fitting >= usize::try_from(count).unwrap_or(usize::MAX),
        AtLeast::Percent(percent) => of > 0 && fitting * 100 >= of * usize::from(percent),
    }
}

#[cfg(test)]
#[path = "filter/tests.rs"]
mod tests;
