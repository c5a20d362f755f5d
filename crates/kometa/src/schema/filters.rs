//! The schema of `filters`.

use serde_json::{Map, Value, json};

use super::{reference, shapes};
use crate::spec::tables::{FILTER_ALIASES, FILTERS, FilterKind, OLD_FILTER_MODIFIERS};

/// Adds the definition of `filters`, and those it refers to.
pub(super) fn define(definitions: &mut Map<String, Value>) {
    let mut properties = properties();
    for name in ["seasons", "episodes"] {
        properties.insert(name.to_owned(), reference("inside"));
    }
    let mut inside = properties.clone();
    inside.insert("percentage".into(), shapes::integer(1, Some(100)));
    inside.insert("count".into(), shapes::integer(1, None));
    properties.insert("validate".into(), shapes::switch());
    let closed =
        |properties| json!({"type": "object", "properties": properties, "additionalProperties": false});
    definitions.insert("inside".into(), closed(inside));
    definitions.insert("filter".into(), closed(properties));
    definitions.insert("filters".into(), shapes::one_or_several(&reference("filter")));
    for (name, shape) in [
        ("filter_list", shapes::list()),
        ("filter_days", days()),
        ("filter_dates", dates()),
        ("filter_numbers", numbers()),
        ("filter_counts", shapes::integers(0)),
        ("filter_switch", shapes::switch()),
        ("filter_history", history()),
    ] {
        definitions.insert(name.to_owned(), shape);
    }
}

/// Returns every filter with each of its modifiers.
fn properties() -> Map<String, Value> {
    let mut properties = Map::new();
    for (name, kind, _) in FILTERS.iter().filter(|(_, kind, _)| *kind != FilterKind::Inside) {
        let aliases = FILTER_ALIASES.iter().filter(|(_, today)| today == name).map(|(alias, _)| *alias);
        for name in std::iter::once(*name).chain(aliases) {
            for modifier in kind.modifiers() {
                let dot = if modifier.is_empty() { "" } else { "." };
                let today = format!("{dot}{modifier}");
                let old = OLD_FILTER_MODIFIERS.iter().filter(|(_, runs_as)| *runs_as == today);
                for ending in old.map(|(old, _)| *old).chain([today.as_str()]) {
                    properties.insert(format!("{name}{ending}"), reference(shape(*kind, modifier)));
                }
            }
        }
    }
    properties
}

fn shape(kind: FilterKind, modifier: &str) -> &'static str {
    match (kind, modifier) {
        (FilterKind::Tags, count) if count.starts_with("count_") => "filter_counts",
        (FilterKind::Text | FilterKind::Tags, _) | (_, "regex") => "filter_list",
        (FilterKind::Date, "" | "not") => "filter_days",
        (FilterKind::Date, _) => "filter_dates",
        (FilterKind::Number, _) => "filter_numbers",
        (FilterKind::Switch, _) => "filter_switch",
        (FilterKind::History, _) => "filter_history",
        (FilterKind::Inside, _) => "inside",
    }
}

/// A number of days.
fn days() -> Value {
    shapes::integers(1)
}

fn dates() -> Value {
    let one = "\\s*(\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}/\\d{1,2}/\\d{4}|today)\\s*";
    let text = json!({"type": "string", "pattern": format!("^{one}(,{one})*$")});
    shapes::one_or_several(&text)
}

fn numbers() -> Value {
    let one = "\\s*(\\+?\\d+(\\.\\d*)?|\\.\\d+|current_year(\\s*-\\s*\\d+)?)\\s*";
    let number = json!({"anyOf": [
        {"type": "number", "minimum": 0},
        {"type": "string", "pattern": format!("^{one}(,{one})*$")},
    ]});
    shapes::one_or_several(&number)
}

fn history() -> Value {
    let one = json!({"anyOf": [
        {"enum": ["day", "month"]},
        {"type": "integer", "minimum": 1, "maximum": 30},
        {"type": "string", "pattern": "^\\s*(day|month|\\d{1,2})\\s*(,\\s*(day|month|\\d{1,2})\\s*)*$"},
    ]});
    shapes::one_or_several(&one)
}
