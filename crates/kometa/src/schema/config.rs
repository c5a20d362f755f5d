//! The schema of config.yml.

use serde_json::{Map, Value, json};

use super::descriptions::described;
use super::{blocks, document, reference, shapes};
use crate::collections::tables::{
    COLLECTION_SETTINGS, LIBRARY_KEYS, OTHER_LIBRARY_KEYS, OTHER_PLEX_KEYS, OTHER_SETTINGS, PLEX_KEYS,
    RENAMED_SETTINGS,
};
use crate::config::tables::{OTHER_ROOT_KEYS, PAIR_KEYS, ROOT_KEYS, TRAKT_KEYS};

/// Returns the schema of config.yml.
pub fn config() -> Value {
    let mut definitions = Map::new();
    blocks::define(&mut definitions);
    definitions.remove("dynamic");
    definitions.insert("settings".into(), settings());
    definitions.insert("library".into(), library());
    definitions.insert("trakt".into(), trakt());
    definitions.insert("plex".into(), plex());
    let mut properties = anything(&OTHER_ROOT_KEYS);
    for name in ROOT_KEYS {
        let shape = match name {
            "libraries" => json!({"type": "object", "additionalProperties": reference("library")}),
            "playlist_files" => json!({"anyOf": [{"type": "null"}, reference("files")]}),
            other => reference(other),
        };
        properties.insert(name.to_owned(), described(name, shape));
    }
    document("Kometa config.yml", Value::Object(properties), definitions)
}

fn anything(names: &[&str]) -> Map<String, Value> {
    names.iter().map(|name| ((*name).to_owned(), json!({}))).collect()
}

/// The schema of `trakt`. Credentials may be any scalar: they are read as text even if YAML resolves another type.
fn trakt() -> Value {
    let scalar = json!({"type": ["string", "number", "boolean", "null"]});
    let pair: Map<String, Value> = PAIR_KEYS
        .iter()
        .map(|name| {
            let number = json!({"anyOf": [{"type": ["integer", "null"]}, {"type": "string", "pattern": "^(\\d+|.*<<.+>>.*)$"}]});
            let shape = if matches!(*name, "expires_in" | "created_at") { number } else { scalar.clone() };
            ((*name).to_owned(), described(name, shape))
        })
        .collect();
    let mut properties = Map::new();
    for name in TRAKT_KEYS {
        let shape = match name {
            "force_refresh" => json!({"type": ["boolean", "null"]}),
            "authorization" => {
                json!({"type": ["object", "null"], "properties": pair, "additionalProperties": false})
            }
            _ => scalar.clone(),
        };
        properties.insert(name.to_owned(), described(name, shape));
    }
    json!({"type": ["object", "null"], "properties": properties, "additionalProperties": false, "required": ["client_id"]})
}

fn plex() -> Value {
    let mut properties = anything(&OTHER_PLEX_KEYS);
    for name in PLEX_KEYS {
        let shape = json!({"type": ["string", "number", "boolean", "null"]});
        properties.insert(name.to_owned(), described(name, shape));
    }
    properties["url"]["description"] = "The address of the Plex server.".into();
    json!({"type": ["object", "null"], "properties": properties, "additionalProperties": false})
}

fn library() -> Value {
    let mut properties = anything(&OTHER_LIBRARY_KEYS);
    for name in LIBRARY_KEYS {
        let shape = match name {
            "collection_files" | "metadata_path" => reference("files"),
            "plex" | "settings" => reference(name),
            "schedule" => reference("schedule"),
            "template_variables" => json!({"type": ["object", "null"]}),
            "run_order" => json!({}),
            _ => json!({"type": ["string", "number", "boolean", "null"]}),
        };
        properties.insert(name.to_owned(), described(name, shape));
    }
    json!({"type": ["object", "null"], "properties": properties, "additionalProperties": false})
}

/// The schema of `settings`. Settings that only Kometa uses may have any value.
fn settings() -> Value {
    let mut properties = anything(&OTHER_SETTINGS);
    properties.insert("ignore_ids".into(), described("ignore_ids", shapes::integers(0)));
    for (name, default) in COLLECTION_SETTINGS {
        let shape = match default {
            "true" | "false" => shapes::switch(),
            "append" => shapes::keyword(&["append", "sync"]),
            _ => shapes::integer(0, None),
        };
        properties.insert(name.to_owned(), described(name, shape));
    }
    for (alias, name) in RENAMED_SETTINGS {
        if let Some(shape) = properties.get(name).cloned() {
            properties.insert(alias.to_owned(), shape);
        }
    }
    for shape in properties.values_mut() {
        *shape = json!({"anyOf": [{"type": "null"}, shape]});
    }
    json!({"type": ["object", "null"], "properties": properties})
}
