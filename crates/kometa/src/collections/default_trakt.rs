//! `default: trakt`: five collections of Trakt's charts, with their template variables.

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

/// Variables that become attributes of the same name, each also as `NAME_<key>`, with Kometa's defaults.
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

/// Variables with a special effect, each also as `NAME_<key>`.
const SHAPING: [&str; 6] =
    ["sort_prefix", "collection_section", "sort_title", "style", "url_poster", "allowed_libraries"];
/// Variables that only exist as `NAME_<key>`.
const KEYED: [&str; 4] = ["use", "name", "summary", "order"];
/// Variables that have no key.
const WITHOUT_KEY: [&str; 3] = ["use_all", "language", "data"];
/// Attributes of Radarr, Sonarr and single items are passed through, whatever their name.
const HANDED_ON: [&str; 3] = ["radarr_", "sonarr_", "item_"];

/// All variables.
pub(crate) fn variables() -> impl Iterator<Item = String> {
    let keyed = |name: &'static str| CHARTS.iter().map(move |(key, ..)| format!("{name}_{key}"));
    let either = COPIED.iter().map(|(name, _)| *name).chain(SHAPING);
    let both = either.flat_map(move |name| std::iter::once(name.to_owned()).chain(keyed(name)));
    both.chain(KEYED.into_iter().flat_map(keyed)).chain(WITHOUT_KEY.map(str::to_owned))
}

/// Reports variables without effect. Those of the library may be for its other files.
pub(super) fn unknown_variables(given: &Map, findings: &mut Vec<Finding>) {
    let known: Vec<String> = variables().collect();
    for (key, _) in given {
        let handed_on = HANDED_ON.iter().any(|start| key.text.starts_with(start));
        if !handed_on && !known.contains(&key.text) {
            let nearest = nearest_name(&key.text, known.iter().map(String::as_str));
            let problem = Problem::UnknownKey { key: key.text.clone(), nearest };
            findings.push(Finding::new(Level::Warning, &key.at, "template_variables", problem));
        }
    }
}

/// The five definitions, with their templates applied. A disabled one keeps `run_definition: false`.
pub(super) fn definitions(at: &Place, variables: &Map) -> Vec<(Key, Map)> {
    let given =
        |name: &str| variables.iter().find(|(key, _)| key.text == name).map(|(_, value)| value.clone());
    let defaults = Made { at };
    CHARTS
        .iter()
        .map(|(key, title, summary)| {
            // The variable of this collection, else that of all.
            let of = |name: &str| {
                given(&format!("{name}_{key}"))
                    .or_else(|| given(name))
                    .filter(|value| value.data != Data::Null)
            };
            let keyed = |name: &str| given(&format!("{name}_{key}")).filter(|value| value.data != Data::Null);
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
            for (name, value) in handed_on(key, variables) {
                put(&name, value);
            }
            let on = of_use(key, &given);
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

/// Variables for Radarr, Sonarr and single items: the collection's own, else those for all.
fn handed_on(chart: &str, variables: &Map) -> Vec<(String, Value)> {
    let charts = || CHARTS.iter().map(|(key, ..)| format!("_{key}"));
    let mut found: Vec<(String, Value)> = Vec::new();
    for (key, value) in variables.iter().filter(|(_, value)| value.data != Data::Null) {
        if !HANDED_ON.iter().any(|start| key.text.starts_with(start)) {
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

/// `use_<key>`, else `use_all`, else on.
fn of_use(key: &str, given: &impl Fn(&str) -> Option<Value>) -> bool {
    let flag = given(&format!("use_{key}")).or_else(|| given("use_all"));
    flag.and_then(|value| crate::spec::boolean(&value)).unwrap_or(true)
}

/// Values that the file itself gives: they stand where `default: trakt` is written.
struct Made<'a> {
    at: &'a Place,
}

impl Made<'_> {
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

    /// A number when it is one.
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
