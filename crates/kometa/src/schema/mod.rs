//! JSON Schemas of config.yml and of collection files, for completion and validation in editors.
//!
//! They are generated from the tables that are also used for reading the files, so that both accept the same values.

mod attributes;
mod blocks;
mod config;
mod descriptions;
mod filters;
mod shapes;

use serde_json::{Map, Value, json};

pub use config::config;

/// The schemas, by the files that they describe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// config.yml.
    Config,
    /// Collection files, playlist files and files of templates.
    Collections,
}

impl Schema {
    /// Both schemas.
    pub const ALL: [Self; 2] = [Self::Config, Self::Collections];

    /// Returns the name of the schema's file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Config => "kometa-config.json",
            Self::Collections => "kometa-collections.json",
        }
    }

    /// Returns the schema as JSON text. It uses draft 7, which editors support best.
    pub fn text(self) -> String {
        let schema = match self {
            Self::Config => config(),
            Self::Collections => collections(),
        };
        format!("{schema:#}\n")
    }
}

/// Returns the schema of collection files, which may also contain playlists and templates.
pub fn collections() -> Value {
    let mapping = |of: &str| json!({"type": ["object", "null"], "additionalProperties": reference(of)});
    let mut definitions = Map::new();
    filters::define(&mut definitions);
    attributes::define(&mut definitions);
    blocks::define(&mut definitions);
    document(
        "Kometa collection file",
        json!({
            "collections": mapping("collection"),
            "dynamic_collections": mapping("dynamic"),
            "playlists": mapping("playlist"),
            "templates": mapping("template"),
            "external_templates": reference("files"),
            "metadata": {}, "overlays": {}, "queues": {},
        }),
        definitions,
    )
}

fn document(title: &str, properties: Value, definitions: Map<String, Value>) -> Value {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "type": "object",
        "properties": properties,
        "patternProperties": {"^x[-_]": {}},
        "additionalProperties": false,
        "definitions": definitions,
    })
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/definitions/{name}")})
}

#[cfg(test)]
mod tests;
