//! JSON Schemas of config.yml and of collection files, for completion and validation in editors.
//!
//! They are generated from the same tables that are used for reading the files, so they match the reader.

mod attributes;
mod blocks;
mod config;
mod filters;
mod shapes;
mod words;

use serde_json::{Map, Value, json};

pub use config::config;

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// config.yml.
    Config,
    /// Collection files, playlist files and files of templates.
    Collections,
}

impl Schema {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Config, Self::Collections];

    /// The name of its file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Config => "kometa-config.json",
            Self::Collections => "kometa-collections.json",
        }
    }

    /// The schema as JSON text (draft 7, which editors understand best).
    pub fn text(self) -> String {
        let schema = match self {
            Self::Config => config(),
            Self::Collections => collections(),
        };
        format!("{schema:#}\n")
    }
}

/// The schema of collection files, which may also hold playlists and templates.
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
