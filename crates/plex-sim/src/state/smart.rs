//! What smart collections find.

use std::cmp::Ordering;

use url::form_urlencoded;

use super::{Item, Kind, Store};

impl Store {
    /// The items that a filter such as `/library/sections/1/all?type=1&label=Top&sort=titleSort:desc&limit=5` finds, in
    /// its order. Filters: `label`, `genre`, `year`, `title`, `contentRating`.
    pub(crate) fn found_by(&self, filter: &str) -> Vec<&Item> {
        let (path, query) = filter.split_once('?').unwrap_or((filter, ""));
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let named = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let section = path.split('/').nth(3).and_then(|key| key.parse().ok()).unwrap_or_default();
        let default = self.section(section).map_or(Kind::Movie, |section| section.kind);
        let kind = named("type").and_then(|number| Kind::of_number(number.parse().ok()?)).unwrap_or(default);
        let mut items = self.listed(section, kind);
        for (name, value) in &pairs {
            items.retain(|item| holds(item, name, value));
        }
        if let Some(sort) = named("sort") {
            let (field, direction) = sort.split_once(':').unwrap_or((sort, "asc"));
            items.sort_by(|a, b| {
                let order = compare(a, b, field);
                if direction == "desc" { order.reverse() } else { order }
            });
        }
        if let Some(limit) = named("limit").and_then(|limit| limit.parse().ok()) {
            items.truncate(limit);
        }
        items
    }
}

/// The key by which filters name a label: a number, the same in every run.
pub(crate) fn label_key(label: &str) -> String {
    let hash = label
        .to_lowercase()
        .bytes()
        .fold(7u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte)));
    (100_000 + hash % 900_000).to_string()
}

/// Whether one of these labels is named, by itself or by its key. Values that are separated by commas are alternatives.
pub(crate) fn carries(labels: &[String], named: &str) -> bool {
    let is_named = |label: &String, name: &str| label.eq_ignore_ascii_case(name) || label_key(label) == name;
    named.split(',').any(|name| labels.iter().any(|label| is_named(label, name)))
}

/// Whether an item is what one part of a filter asks for. Values that are separated by commas are alternatives.
fn holds(item: &Item, name: &str, value: &str) -> bool {
    let any = |test: &dyn Fn(&str) -> bool| value.split(',').any(test);
    match name {
        "label" => carries(item.tags.get(name).map(Vec::as_slice).unwrap_or_default(), value),
        "genre" => {
            let tags = item.tags.get(name).map(Vec::as_slice).unwrap_or_default();
            any(&|value| tags.iter().any(|tag| tag.eq_ignore_ascii_case(value)))
        }
        "year" => any(&|value| value.parse() == Ok(item.year)),
        "title" => item.title.to_lowercase().contains(&value.to_lowercase()),
        "contentRating" => {
            any(&|value| item.fields.get("contentRating").is_some_and(|rating| rating == value))
        }
        _ => true,
    }
}

fn compare(a: &Item, b: &Item, field: &str) -> Ordering {
    match field {
        "year" => a.year.cmp(&b.year),
        "originallyAvailableAt" => a.released.cmp(&b.released),
        "addedAt" => a.added.cmp(&b.added),
        "rating" => a.rating.total_cmp(&b.rating),
        "duration" => a.duration.cmp(&b.duration),
        _ => a.title_sort.to_lowercase().cmp(&b.title_sort.to_lowercase()),
    }
}
