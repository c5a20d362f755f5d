//! Schemas of file blocks and dynamic definitions.

use serde_json::{Map, Value, json};

use super::descriptions::described;
use super::{reference, shapes};
use crate::collections::tables::{
    BLOCK_KEYS, DYNAMIC_ALIASES, DYNAMIC_NAMES, DYNAMIC_TYPES, FILE_KINDS, OTHER_DYNAMIC_TYPES,
};

/// Adds the definitions of file blocks and dynamic definitions.
pub(super) fn define(definitions: &mut Map<String, Value>) {
    definitions.insert("files".into(), files());
    definitions.insert("dynamic".into(), dynamic());
    definitions.entry("schedule").or_insert_with(shapes::schedule);
}

fn files() -> Value {
    let mut properties: Map<String, Value> =
        FILE_KINDS.iter().map(|name| ((*name).to_owned(), described(name, shapes::text()))).collect();
    for name in BLOCK_KEYS {
        let shape = match name {
            "template_variables" => json!({"type": ["object", "null"]}),
            "schedule" => reference("schedule"),
            _ => json!({}),
        };
        properties.insert(name.to_owned(), described(name, shape));
    }
    let block = json!({"type": "object", "properties": properties, "additionalProperties": false});
    shapes::one_or_several(&json!({"anyOf": [{"type": "string"}, block]}))
}

fn dynamic() -> Value {
    let types: Vec<&str> = DYNAMIC_TYPES.iter().chain(&OTHER_DYNAMIC_TYPES).copied().collect();
    let mut properties = Map::new();
    for name in DYNAMIC_NAMES {
        let shape = match name {
            "type" => shapes::keyword(&types),
            "data" => json!({}),
            "addons" | "key_name_override" | "title_override" => json!({"type": ["object", "null"]}),
            "template_variables" => {
                json!({"type": ["object", "null"], "additionalProperties": {"type": "object"}})
            }
            "custom_keys" | "test" | "sync" => json!({"anyOf": [{"type": "null"}, shapes::switch()]}),
            "title_format" => json!({"type": ["string", "null"], "pattern": "<<(key_name|title)>>"}),
            "other_name" => json!({"type": ["string", "number", "boolean", "null"]}),
            _ => json!({"type": ["array", "string", "number", "boolean", "null"]}),
        };
        properties.insert(name.to_owned(), described(name, shape));
    }
    for (alias, name) in DYNAMIC_ALIASES {
        if let Some(shape) = properties.get(name).cloned() {
            properties.insert(alias.to_owned(), shape);
        }
    }
    json!({"type": "object", "required": ["type"], "properties": properties, "additionalProperties": false})
}
