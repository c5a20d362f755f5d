//! `default: trakt`: Kometa's default file with five collections of Trakt charts and their template variables.

use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::template::Map;
use crate::yaml::{Data, Key, Place, Value};

const CHARTS: [(&str, &str, &str); 5] = [
    ("collected", "Trakt Collected", "Titles that members of Trakt have added to their collections lately."),
    ("popular", "Trakt Popular", "Titles that members of Trakt rate most and best."),
    ("recommended", "Trakt Recommended", "Titles that Trakt recommends to the connected account."),
    ("trending", "Trakt Trending", "Titles that members of Trakt are watching right now."),
    ("watched", "Trakt Watched", "Titles that members of Trakt have watched lately."),
];

/// Variables that become attributes of the same name, with Kometa's defaults. Each also exists as `NAME_<key>`.
const COPIED: [(&str, Option<&str>); 19] = [
    ("sync_mode", Some("sync")),
    ("collection_order", Some("custom")),
    ("cache_builders", Some("1")),
    ("limit", None),
    ("minimum_items", None),
    ("schedule", None),
    ("collection_mode", None),
    ("visible_library", None),
    ("visible_home", None),
    ("visible_shared", None),
    ("url_background", None),
    ("file_background", None),
    ("file_poster", None),
    ("ignore_ids", None),
    ("ignore_imdb_ids", None),
    ("hub_priority", None),
    ("name_mapping", None),
    ("delete_collections_named", None),
    ("trakt_list", None),
];

/// Variables with special effects. Each also exists as `NAME_<key>`.
const SHAPING: [&str; 6] =
    ["sort_prefix", "collection_section", "sort_title", "style", "url_poster", "allowed_libraries"];
/// Variables that only exist as `NAME_<key>`.
const KEYED: [&str; 4] = ["use", "name", "summary", "order"];
/// Variables that do not exist as `NAME_<key>`.
const WITHOUT_KEY: [&str; 3] = ["use_all", "language", "data"];
/// Prefixes of variables for Radarr, Sonarr and single items. All of these are passed through as attributes.
const PASSED_THROUGH: [&str; 3] = ["radarr_", "sonarr_", "item_"];

/// Returns the names of all variables.
pub(crate) fn variables() -> impl Iterator<Item = String> {
    let keyed = |name: &'static str| CHARTS.iter().map(move |(key, ..)| format!("{name}_{key}"));
    let either = COPIED.iter().map(|(name, _)| *name).chain(SHAPING);
    let both = either.flat_map(move |name| std::iter::once(name.to_owned()).chain(keyed(name)));
    both.chain(KEYED.into_iter().flat_map(keyed)).chain(WITHOUT_KEY.map(str::to_owned))
}

/// Reports unknown variables of a file block. Variables of the library are not checked: they may be for its other
/// files.
pub(super) fn unknown_variables(block: &Map, findings: &mut Vec<Finding>) {
    let known: Vec<String> = variables().collect();
    for (key, _) in block {
        let passed_through = PASSED_THROUGH.iter().any(|start| key.text.starts_with(start));
        if !passed_through && !known.contains(&key.text) {
            let nearest = nearest_name(&key.text, known.iter().map(String::as_str));
            let problem = Problem::UnknownKey { key: key.text.clone(), nearest };
            findings.push(Finding::new(Level::Warning, &key.at, "template_variables", problem));
        }
    }
}

/// Returns the five definitions with their templates applied. A disabled one has `run_definition: false`.
pub(super) fn definitions(at: &Place, variables: &Map) -> Vec<(Key, Map)> {
    let variable =
        |name: &str| variables.iter().find(|(key, _)| key.text == name).map(|(_, value)| value.clone());
    let defaults = Values { at };
    CHARTS
        .iter()
        .map(|(key, title, summary)| {
            // The variable for this collection, otherwise the one for all collections.
            let of = |name: &str| {
                variable(&format!("{name}_{key}"))
                    .or_else(|| variable(name))
                    .filter(|value| value.data != Data::Null)
            };
            let keyed =
                |name: &str| variable(&format!("{name}_{key}")).filter(|value| value.data != Data::Null);
            let mut map = Vec::new();
            let mut put = |name: &str, value: Value| map.push((defaults.key(name), value));
            let limit = of("limit").unwrap_or_else(|| defaults.int(100));
            put("name", keyed("name").unwrap_or_else(|| defaults.text(title)));
            put("summary", keyed("summary").unwrap_or_else(|| defaults.text(summary)));
            put("trakt_chart", defaults.map([("chart", defaults.text(key)), ("limit", limit)]));
            let word = |name: &str, default: &str| {
                of(name).map_or_else(|| default.to_owned(), |value| value.to_python())
            };
            let sort = format!(
                "{}{}_{}<<title>>",
                word("sort_prefix", "!"),
                word("collection_section", "020"),
                keyed("order").map_or_else(String::new, |order| order.to_python())
            );
            put("sort_title", of("sort_title").unwrap_or_else(|| defaults.text(&sort)));
            put("ignore_blank_results", defaults.bool(true));
            let poster = format!(
                "https://raw.githubusercontent.com/Kometa-Team/Default-Images/master/chart/{}/{}.jpg",
                word("style", "color"),
                title.replace(' ', "%20")
            );
            put("url_poster", of("url_poster").unwrap_or_else(|| defaults.text(&poster)));
            for (name, default) in COPIED {
                if let Some(value) = of(name).or_else(|| default.map(|text| defaults.plain(text))) {
                    put(name, value);
                }
            }
            for (name, value) in passed_through(key, variables) {
                put(&name, value);
            }
            let on = is_used(key, &variable);
            put(
                "run_definition",
                if on {
                    of("allowed_libraries").unwrap_or_else(|| defaults.text("movie, show"))
                } else {
                    defaults.bool(false)
                },
            );
            (defaults.key(title), map)
        })
        .collect()
}

/// Returns the variables that are passed through: those for this collection, otherwise those for all collections.
fn passed_through(chart: &str, variables: &Map) -> Vec<(String, Value)> {
    let charts = || CHARTS.iter().map(|(key, ..)| format!("_{key}"));
    let mut found: Vec<(String, Value)> = Vec::new();
    for (key, value) in variables.iter().filter(|(_, value)| value.data != Data::Null) {
        if !PASSED_THROUGH.iter().any(|start| key.text.starts_with(start)) {
            continue;
        }
        let own = key.text.strip_suffix(chart).and_then(|rest| rest.strip_suffix('_'));
        let others = charts().any(|end| key.text.ends_with(&end));
        match (own, others) {
            (Some(name), _) => {
                found.retain(|(known, _)| known != name);
                found.push((name.to_owned(), value.clone()));
            }
            (None, false) if !found.iter().any(|(known, _)| *known == key.text) => {
                found.push((key.text.clone(), value.clone()));
            }
            (None, _) => {}
        }
    }
    found
}

/// Returns whether a collection is enabled: `use_<key>`, otherwise `use_all`, otherwise true.
fn is_used(key: &str, variable: &impl Fn(&str) -> Option<Value>) -> bool {
    let flag = variable(&format!("use_{key}")).or_else(|| variable("use_all"));
    flag.and_then(|value| crate::spec::boolean(&value)).unwrap_or(true)
}

/// Creates values of the built-in file. Their position is that of `default: trakt` in config.yml.
struct Values<'a> {
    at: &'a Place,
}

impl Values<'_> {
    fn value(&self, data: Data) -> Value {
        Value { data, at: self.at.clone() }
    }

    fn key(&self, text: &str) -> Key {
        Key { text: text.to_owned(), at: self.at.clone() }
    }

    fn text(&self, text: &str) -> Value {
        self.value(Data::Text(text.to_owned()))
    }

    fn int(&self, number: i64) -> Value {
        self.value(Data::Int(number))
    }

    fn bool(&self, flag: bool) -> Value {
        self.value(Data::Bool(flag))
    }

    /// Creates a number if the text is one, otherwise text.
    fn plain(&self, text: &str) -> Value {
        text.parse().map_or_else(|_| self.text(text), |number| self.int(number))
    }

    fn map<const N: usize>(&self, entries: [(&str, Value); N]) -> Value {
        self.value(Data::Map(entries.into_iter().map(|(key, value)| (self.key(key), value)).collect()))
    }
}

#[cfg(test)]
#[path = "default_trakt_tests.rs"]
mod tests;
