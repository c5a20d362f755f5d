//! `filters`: which of the titles from the builders are included.

mod compare;
mod countries;
mod facts;

use chrono::NaiveDate;
use kometa::spec::{AtLeast, Filter, Inside};

use crate::entry::Kind;
use crate::library::{Item, Library};
use compare::{date_matches, history_matches, number_matches, switch_matches, tags_match, text_matches};
pub use facts::{FILE_FILTERS, SUPPORTED};
use facts::{Fact, fact};

/// Valid filters that cannot be applied to a library, each once. `unsupported_by_library` names those that the
/// library has no data for, although other libraries do.
pub fn unsupported(filters: &[Vec<Filter>], unsupported_by_library: &[&str]) -> Vec<&'static str> {
    let nested = |filter: &Filter| filter.inside.iter().flat_map(|inside| inside.filters.clone()).collect();
    let mut all: Vec<Filter> = filters.iter().flatten().cloned().collect();
    let all_nested: Vec<Filter> = all.iter().flat_map(|filter| -> Vec<Filter> { nested(filter) }).collect();
    all.extend(all_nested);
    let mut unsupported: Vec<_> = all
        .iter()
        .map(|filter| filter.attribute)
        .filter(|name| !SUPPORTED.contains(name) || unsupported_by_library.contains(name))
        .collect();
    unsupported.sort_unstable();
    unsupported.dedup();
    unsupported
}

/// What filters need besides the item.
#[derive(Debug, Clone, Copy)]
pub struct FilterContext<'a> {
    /// The item's library.
    pub library: &'a Library,
    /// The day of the run.
    pub today: NaiveDate,
    /// `default_percent`: the percentage of a show's episodes that must match a filter on files, from 1 to 100.
    pub percent: u8,
}

/// Why an item is excluded. `filters` is a list of mappings, of which at least one must match completely. Returns the
/// first filter of each mapping that does not match; `None` if the item is included.
pub fn exclusion_reason(filters: &[Vec<Filter>], item: &Item, context: FilterContext<'_>) -> Option<String> {
    let mut reasons = Vec::new();
    for mapping in filters {
        match mapping.iter().find(|filter| !matches_filter(filter, item, context)) {
            None => return None,
            Some(filter) => reasons.push(filter.to_string()),
        }
    }
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

fn matches_filter(filter: &Filter, item: &Item, context: FilterContext<'_>) -> bool {
    if let Some(inside) = &filter.inside {
        return parts_match(inside, filter.attribute == "seasons", item, context);
    }
    let has_no_files = matches!(item.kind, Kind::Show | Kind::Season(_));
    if has_no_files && FILE_FILTERS.contains(&filter.attribute) {
        let episodes = context.library.episodes_of(item);
        return enough(episodes, AtLeast::Percent(context.percent), |episode| {
            matches_filter(filter, episode, context)
        });
    }
    let (modifier, values) = (filter.modifier, filter.values.as_slice());
    match fact(filter.attribute, item, context.library) {
        Some(Fact::Text(texts)) => text_matches(modifier, &texts, values),
        Some(Fact::Tags(tags)) => tags_match(modifier, &tags, values),
        // An item without this value never passes, with any modifier.
        Some(Fact::Date(date)) => {
            date.is_some_and(|date| date_matches(modifier, date, values, context.today))
        }
        Some(Fact::Number(number)) => {
            number.is_some_and(|number| number_matches(modifier, number, values, context.today))
        }
        Some(Fact::Switch(is)) => switch_matches(is, values),
        Some(Fact::History(date)) => date.is_some_and(|date| history_matches(date, values, context.today)),
        None => false,
    }
}

/// Whether enough seasons or episodes of a show match all nested filters of `seasons` or `episodes`.
fn parts_match(inside: &Inside, seasons: bool, item: &Item, context: FilterContext<'_>) -> bool {
    let all = |part: &Item| inside.filters.iter().all(|filter| matches_filter(filter, part, context));
    let parts = if seasons { context.library.seasons_of(item) } else { context.library.episodes_of(item) };
    enough(parts, inside.at_least, all)
}

fn enough(parts: Vec<&Item>, at_least: AtLeast, is_match: impl Fn(&Item) -> bool) -> bool {
    let total = parts.len();
    let matching = parts.into_iter().filter(|part| is_match(part)).count();
    match at_least {
        AtLeast::Count(count) => matching >= usize::try_from(count).unwrap_or(usize::MAX),
        AtLeast::Percent(percent) => total > 0 && matching * 100 >= total * usize::from(percent),
    }
}

#[cfg(test)]
#[path = "filter/tests.rs"]
mod tests;
