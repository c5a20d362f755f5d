//! `default: trakt`: five collections of Trakt's charts, with their template variables.

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
const COPIED: [(&str, Option<&str>); 22] = [
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
    ("radarr_add_missing", None),
    ("sonarr_add_missing", None),
    ("item_radarr_tag", None),
];

/// The five definitions, with their templates applied. One that is switched off keeps `run_definition: false`.
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
            let mut map = Vec::new();
            let mut put = |name: &str, value: Value| map.push((defaults.key(name), value));
            let limit = of("limit").unwrap_or_else(|| defaults.int(100));
            put("name", of("name").unwrap_or_else(|| defaults.text(title)));
            put("summary", of("summary").unwrap_or_else(|| defaults.text(summary)));
            put("trakt_chart", defaults.map([("chart", defaults.text(key)), ("limit", limit)]));
            let word = |name: &str, default: &str| {
                of(name).map_or_else(|| default.to_owned(), |value| value.to_python())
            };
            let sort = format!(
                "{}{}_{}<<title>>",
                word("sort_prefix", "!"),
                word("collection_section", "020"),
                word("order", "")
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
