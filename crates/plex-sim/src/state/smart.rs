//! Filters, as used by smart collections and lists of items.

use std::cmp::Ordering;

use url::form_urlencoded;

use super::{Item, Kind, Store};

impl Store {
    /// The items that match a filter such as `/library/sections/1/all?type=1&label=Top&sort=titleSort:desc&limit=5`,
    /// in its order. Supported fields: `label`, `genre`, `year`, `title`, `contentRating`.
    pub(crate) fn items_matching(&self, filter: &str) -> Vec<&Item> {
        let (path, query) = filter.split_once('?').unwrap_or((filter, ""));
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let parameter =
            |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let section = path.split('/').nth(3).and_then(|key| key.parse().ok()).unwrap_or_default();
        let default = self.section(section).map_or(Kind::Movie, |section| section.kind);
        let kind =
            parameter("type").and_then(|number| Kind::of_number(number.parse().ok()?)).unwrap_or(default);
        let mut items = self.items_of_kind(section, kind);
        for (name, value) in &pairs {
            items.retain(|item| matches(item, name, value));
        }
        if let Some(sort) = parameter("sort") {
            let (field, direction) = sort.split_once(':').unwrap_or((sort, "asc"));
            items.sort_by(|a, b| {
                let order = compare(a, b, field);
                if direction == "desc" { order.reverse() } else { order }
            });
        }
        if let Some(limit) = parameter("limit").and_then(|limit| limit.parse().ok()) {
            items.truncate(limit);
        }
        items
    }
}

/// The key by which filters refer to a label: a number that depends only on the label.
pub(crate) fn label_key(label: &str) -> String {
    let hash = label
        .to_lowercase()
        .bytes()
        .fold(7u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte)));
    (100_000 + hash % 900_000).to_string()
}

/// Whether `labels` contains one of the wanted labels, which are separated by commas and given by name or by key.
pub(crate) fn has_label(labels: &[String], wanted: &str) -> bool {
    let is_same = |label: &String, name: &str| label.eq_ignore_ascii_case(name) || label_key(label) == name;
    wanted.split(',').any(|name| labels.iter().any(|label| is_same(label, name)))
}

/// Whether an item matches one field of a filter. Values separated by commas are alternatives. Other parameters match
/// everything.
fn matches(item: &Item, name: &str, value: &str) -> bool {
    let any = |test: &dyn Fn(&str) -> bool| value.split(',').any(test);
    match name {
        "label" => has_label(item.tags.get(name).map(Vec::as_slice).unwrap_or_default(), value),
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
