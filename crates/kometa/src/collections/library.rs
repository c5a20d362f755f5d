//! The `libraries` of config.yml.

use std::collections::HashMap;

use super::definitions::{self, Sees};
use super::files::{self, Block};
use super::settings::Settings;
use super::{Library, Surroundings};
use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::spec::Media;
use crate::template::{Context, Map};
use crate::yaml::{Data, Key, Place, Value};

/// Keys that mean something here.
const OURS: [&str; 8] = [
    "collection_files",
    "library_name",
    "metadata_path",
    "report_path",
    "run_order",
    "schedule",
    "settings",
    "template_variables",
];

/// Keys that only Kometa reads.
const KOMETAS: [&str; 15] = [
    "image_files",
    "metadata_files",
    "operations",
    "overlay_files",
    "overlay_path",
    "plex",
    "radarr",
    "reapply_overlays",
    "remove_overlays",
    "reset_overlays",
    "schedule_overlays",
    "sonarr",
    "tautulli",
    "webhooks",
    "asset_directory",
];

/// What belongs into files of their own: Kometa stops at these.
const INLINE: [&str; 6] =
    ["collections", "dynamic_collections", "metadata", "overlays", "templates", "playlists"];

/// Reads all libraries.
pub(super) fn all(root: &Value, surroundings: Surroundings<'_>, findings: &mut Vec<Finding>) -> Vec<Library> {
    let settings = Settings::read(root.get("settings"), "settings", findings);
    let Some(libraries) = root.get("libraries") else {
        findings.push(Finding::new(Level::Error, &root.at, "libraries", Problem::Missing));
        return Vec::new();
    };
    let Data::Map(entries) = &libraries.data else {
        let problem = match libraries.data {
            Data::Null => Problem::Blank,
            _ => Problem::WrongType { expected: "a mapping of libraries", found: libraries.kind() },
        };
        findings.push(Finding::new(Level::Error, &libraries.at, "libraries", problem));
        return Vec::new();
    };
    entries.iter().map(|(key, value)| one(key, value, &settings, surroundings)).collect()
}

fn one(key: &Key, value: &Value, root: &Settings, surroundings: Surroundings<'_>) -> Library {
    let name = value.get("library_name").filter(|name| name.data != Data::Null);
    let name = name.map_or_else(|| key.text.clone(), Value::to_python);
    let media = media_of(&name);
    let mut library =
        Library { name, media, at: key.at.clone(), collections: Vec::new(), findings: Vec::new() };
    let path = format!("libraries.{}", key.text);
    if !matches!(value.data, Data::Map(_) | Data::Null) {
        let problem = Problem::WrongType { expected: "a mapping", found: value.kind() };
        library.findings.push(Finding::new(Level::Error, &value.at, path, problem));
        return library;
    }
    keys(value, &path, &mut library.findings);
    files::check_schedule(value, &path, &mut library.findings);
    let own = Settings::read(value.get("settings"), &format!("{path}.settings"), &mut library.findings);
    let variables = match value.get("template_variables").map(|value| &value.data) {
        Some(Data::Map(variables)) => variables.clone(),
        _ => Vec::new(),
    };
    let mut known = HashMap::new();
    for (attribute, kind) in [("collection_files", None), ("metadata_path", Some("collection_files"))] {
        let Some(written) = value.get(attribute) else { continue };
        if let Some(name) = kind {
            let problem = Problem::RunsAs { name: name.into() };
            library.findings.push(Finding::new(
                Level::Warning,
                &written.at,
                format!("{path}.{attribute}"),
                problem,
            ));
        }
        let path = format!("{path}.{attribute}");
        for block in files::blocks(written, &path, surroundings.folder, &mut library.findings) {
            file(&block, &variables, (root, &own), surroundings, &mut library, &mut known);
        }
    }
    library
}

fn keys(value: &Value, path: &str, findings: &mut Vec<Finding>) {
    let Data::Map(entries) = &value.data else { return };
    let mut others = Vec::new();
    for (key, _) in entries {
        let name = key.text.as_str();
        if INLINE.contains(&name) {
            let problem =
                Problem::Unusable("definitions belong into files of their own, named by collection_files");
            findings.push(Finding::new(Level::Error, &key.at, format!("{path}.{name}"), problem));
        } else if KOMETAS.contains(&name) {
            others.push(key.text.clone());
        } else if !OURS.contains(&name) {
            let nearest = nearest_name(name, OURS.iter().chain(&KOMETAS).copied());
            let problem = Problem::UnknownKey { key: key.text.clone(), nearest };
            findings.push(Finding::new(Level::Warning, &key.at, path, problem));
        }
    }
    if !others.is_empty() {
        let problem = Problem::NotOurs { keys: others };
        findings.push(Finding { level: Level::Note, at: None, path: path.to_owned(), problem });
    }
}

/// Adds the collections of one file. The same name in a later file is skipped.
fn file(
    block: &Block,
    library_variables: &Map,
    settings: (&Settings, &Settings),
    surroundings: Surroundings<'_>,
    library: &mut Library,
    known: &mut HashMap<String, Place>,
) {
    let mut variables = block.variables.clone();
    for (key, value) in library_variables {
        if !variables.iter().any(|(own, _)| own.text == key.text) {
            variables.push((key.clone(), value.clone()));
        }
    }
    let context = Context {
        library_type: library.media.word(),
        library_name: library.name.clone(),
        today: surroundings.today,
    };
    let sees =
        Sees { variables: &variables, context: &context, media: library.media, folder: surroundings.folder };
    let (collections, findings) = definitions::read(&block.source, &sees);
    library.findings.extend(findings);
    for mut collection in collections {
        if let Some(first) = known.get(&collection.name) {
            let problem = Problem::DuplicateCollection { name: collection.name, first: first.clone() };
            library.findings.push(Finding::new(Level::Warning, &collection.at, "", problem));
            continue;
        }
        known.insert(collection.name.clone(), collection.at.clone());
        collection.settings = settings.0.in_effect(settings.1, &collection.attributes);
        library.collections.push(collection);
    }
}

/// The name decides: Kometa's own examples are called "TV Shows" and "Anime".
fn media_of(name: &str) -> Media {
    let name = name.to_lowercase();
    let words = ["show", "series", "anime", "serien", "séries", "sitcom", "télé"];
    let has_word = words.iter().any(|word| name.contains(word));
    let tv = name.split(|c: char| !c.is_alphanumeric()).any(|word| word == "tv");
    let movies = ["movie", "film"].iter().any(|word| name.contains(word));
    if (has_word || tv) && !movies { Media::Shows } else { Media::Movies }
}
