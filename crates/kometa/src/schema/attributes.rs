//! Schemas of collections, playlists and templates.

use serde_json::{Map, Value, json};

use super::descriptions::described;
use super::{reference, shapes};
use crate::collections::tables::PLAYLIST_ATTRIBUTES;
use crate::spec::tables::{
    ATTRIBUTE_ALIASES, ATTRIBUTES, AttributeKind, BUILDERS, CHART_FILTERS, CHARTS, ChartCheck, LEVELS, MODES,
    PERIODS, RUN_DEFINITIONS, STATUSES, USER_LIST_SORTS, USER_LISTS, elsewhere_pattern, order_names,
};

/// Adds the definitions of collections, playlists and templates, and those they refer to.
pub(super) fn define(definitions: &mut Map<String, Value>) {
    let collection = collection();
    let mut playlist = collection.clone();
    for name in PLAYLIST_ATTRIBUTES {
        let shape = if name == "delete_playlist" { shapes::switch() } else { shapes::list() };
        playlist.insert(name.to_owned(), described(name, shape));
    }
    // Values in templates may be variables, so only the names are restricted.
    let mut template: Map<String, Value> =
        collection.keys().map(|name| (name.clone(), described(name, json!({})))).collect();
    template.remove("template");
    for (name, shape) in [
        ("default", json!({"type": "object"})),
        ("optional", shapes::list()),
        ("conditionals", json!({"type": "object", "additionalProperties": reference("conditional")})),
        ("move_prefix", shapes::list()),
    ] {
        template.insert(name.to_owned(), described(name, shape));
    }
    let elsewhere = json!({elsewhere_pattern(): {}});
    let closed = |properties| {
        json!({"type": ["object", "null"], "properties": properties, "patternProperties": elsewhere,
            "additionalProperties": false})
    };
    let call = json!({"type": "object", "required": ["name"], "properties": {"name": shapes::text()}});
    for (name, shape) in [
        ("collection", closed(collection)),
        ("playlist", closed(playlist)),
        ("template", json!({"type": "object", "properties": template})),
        ("call", shapes::one_or_several(&call)),
        ("conditional", conditional()),
        ("chart", chart()),
        ("user_list", user_list()),
        ("list_address", shapes::list_address()),
        ("order", orders(shapes::keywords)),
        ("one_order", orders(shapes::keyword)),
        ("schedule", shapes::schedule()),
    ] {
        definitions.insert(name.to_owned(), shape);
    }
}

/// Returns every attribute of a collection, including deprecated names.
fn collection() -> Map<String, Value> {
    let mut properties = Map::new();
    let mut put = |name: &str, shape: Value| properties.insert(name.to_owned(), described(name, shape));
    for (name, kind) in ATTRIBUTES {
        put(name, attribute(kind));
    }
    for name in BUILDERS {
        put(name, builder(name));
    }
    put("filters", reference("filters"));
    put("schedule", reference("schedule"));
    put("template", reference("call"));
    put("variables", json!({"type": "object"}));
    for (alias, name) in ATTRIBUTE_ALIASES {
        if let Some(shape) = properties.get(name).cloned() {
            properties.insert(alias.to_owned(), shape);
        }
    }
    properties
}

/// The schema of a smart filter. Its conditions are only checked when the file is read.
fn smart_filter() -> Value {
    let any = json!({});
    let group = json!({"type": "object"});
    let limit = shapes::integer(1, None);
    json!({
        "type": "object",
        "properties":
            {"all": group, "any": group, "limit": limit, "sort_by": any, "type": any, "validate": any},
        "additionalProperties": false
    })
}

fn attribute(kind: AttributeKind) -> Value {
    match kind {
        AttributeKind::Switch => shapes::switch(),
        AttributeKind::SwitchOrSchedule => json!({"anyOf": [shapes::switch(), reference("schedule")]}),
        AttributeKind::Percent => shapes::integer(1, Some(100)),
        AttributeKind::AtLeast(low) => shapes::integer(low, None),
        AttributeKind::Text => shapes::text(),
        AttributeKind::List => shapes::list(),
        AttributeKind::SyncMode => shapes::keyword(&["append", "sync"]),
        AttributeKind::Level => shapes::keyword(&LEVELS),
        AttributeKind::Order => reference("order"),
        AttributeKind::RunDefinition => {
            json!({"anyOf": [{"type": "boolean"}, shapes::keywords(&RUN_DEFINITIONS),
                {"type": "array", "items": {"anyOf": [{"type": "boolean"}, shapes::keyword(&RUN_DEFINITIONS)]}}]})
        }
        AttributeKind::Ids => shapes::integers(1),
        AttributeKind::SmartLabel => json!({"anyOf": [smart_filter(), reference("one_order")]}),
        AttributeKind::Mode => shapes::keyword(&MODES),
        AttributeKind::ListAddress => reference("list_address"),
    }
}

fn orders(shape: fn(&[&str]) -> Value) -> Value {
    let names = order_names();
    shape(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn builder(name: &str) -> Value {
    match name {
        "trakt_list" | "trakt_list_details" => shapes::one_or_several(&reference("list_address")),
        "trakt_chart" => shapes::one_or_several(&reference("chart")),
        "trakt_userlist" => shapes::one_or_several(&reference("user_list")),
        "trakt_watchlist" | "trakt_collection" => shapes::one_or_several(&shapes::text()),
        "trakt_boxoffice" => shapes::one_or_several(&shapes::on()),
        "trakt_recommendations" => shapes::one_or_several(&shapes::integer(1, Some(100))),
        _ => shapes::one_or_several(&shapes::integer(1, None)),
    }
}

fn chart() -> Value {
    let mut properties = Map::new();
    properties.insert("chart".into(), shapes::keyword(&CHARTS));
    properties.insert("limit".into(), shapes::integer(1, None));
    properties.insert("time_period".into(), shapes::keyword(&PERIODS));
    for (name, check) in &CHART_FILTERS {
        let shape = match check {
            ChartCheck::Text => json!({"not": {"type": "null"}}),
            ChartCheck::Years => {
                json!({"anyOf": [{"type": "integer", "minimum": 1000, "maximum": 9999},
                    {"type": "string", "pattern": "^\\d{4}(-\\d{4})?$"}]})
            }
            ChartCheck::Range(..) => json!({"type": "string", "pattern": "^\\s*\\d+\\s*-\\s*\\d+\\s*$"}),
            ChartCheck::Decimals => {
                json!({"type": "string", "pattern": "^\\s*\\d+(\\.\\d+)?\\s*-\\s*\\d+(\\.\\d+)?\\s*$"})
            }
            ChartCheck::List => json!({"not": {"type": "null"}}),
            ChartCheck::Status => shapes::keywords(&STATUSES),
        };
        properties.insert((*name).to_owned(), described(name, shape));
    }
    json!({"type": "object", "required": ["chart"], "properties": properties, "additionalProperties": false})
}

fn user_list() -> Value {
    json!({"type": "object", "required": ["userlist"], "additionalProperties": false, "properties": {
        "userlist": shapes::keyword(&USER_LISTS),
        "user": {"type": ["string", "number", "null"]},
        "sort_by": shapes::keyword(&USER_LIST_SORTS),
    }})
}

fn conditional() -> Value {
    let block = json!({"type": "object", "required": ["value"]});
    json!({"type": "object", "required": ["conditions"], "properties": {
        "default": {}, "conditions": shapes::one_or_several(&block),
    }})
}
