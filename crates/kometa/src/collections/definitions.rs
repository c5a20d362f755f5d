//! A collection file: its templates and its collections.

use std::path::Path;

use super::Collection;
use super::default_trakt;
use super::files::{self, Source};
use crate::finding::{Finding, Level, Problem};
use crate::spec::{self, Media};
use crate::template::{self, Applied, Attribute, Context, Map, Template, TemplateError, Templates};
use crate::yaml::{Data, Key, Value};

/// What a file's definitions see.
pub(super) struct Sees<'a> {
    pub(super) variables: &'a Map,
    pub(super) context: &'a Context,
    pub(super) media: Media,
    pub(super) folder: &'a Path,
}

/// Keys of a collection file.
const KEYS: [&str; 4] = ["collections", "dynamic_collections", "templates", "external_templates"];

/// Reads the collections of a file.
pub(super) fn read(source: &Source, sees: &Sees<'_>) -> (Vec<Collection>, Vec<Finding>) {
    let mut findings = Vec::new();
    let collections = match source {
        Source::DefaultTrakt(at) => default_trakt::definitions(at, sees.variables)
            .into_iter()
            .map(|(key, definition)| one(&key, &definition, &Templates::new(), sees))
            .collect(),
        Source::File(content) => file(content, sees, &mut findings),
    };
    (collections, findings)
}

fn file(content: &Value, sees: &Sees<'_>, findings: &mut Vec<Finding>) -> Vec<Collection> {
    let Data::Map(entries) = &content.data else {
        findings.push(Finding::new(
            Level::Error,
            &content.at,
            "",
            Problem::Unusable("the file is empty or no mapping"),
        ));
        return Vec::new();
    };
    for (key, _) in entries.iter().filter(|(key, _)| !KEYS.contains(&key.text.as_str())) {
        // Metadata, overlays and playlists may stand in the same file.
        if let Some(nearest) = crate::nearest::nearest_name(&key.text, KEYS) {
            let problem = Problem::UnknownKey { key: key.text.clone(), nearest: Some(nearest) };
            findings.push(Finding::new(Level::Warning, &key.at, "", problem));
        }
    }
    let dynamic = content.get("dynamic_collections");
    if let Some(dynamic) = dynamic {
        let problem = Problem::Unusable("dynamic collections are not read yet");
        findings.push(Finding::new(Level::Warning, &dynamic.at, "dynamic_collections", problem));
    }
    let templates = templates(content, sees, findings);
    let Some(collections) = content.get("collections") else {
        if dynamic.is_none() {
            let problem = Problem::Unusable("neither collections nor dynamic_collections is in this file");
            findings.push(Finding::new(Level::Error, &content.at, "", problem));
        }
        return Vec::new();
    };
    let Data::Map(definitions) = &collections.data else {
        let problem = Problem::WrongType { expected: "a mapping of collections", found: collections.kind() };
        findings.push(Finding::new(Level::Error, &collections.at, "collections", problem));
        return Vec::new();
    };
    let mut read = Vec::new();
    for (key, definition) in definitions {
        match &definition.data {
            Data::Map(definition) => read.push(one(key, definition, &templates, sees)),
            // Kometa skips these silently.
            Data::Null => {}
            _ => {
                let problem = Problem::WrongType { expected: "a mapping", found: definition.kind() };
                findings.push(Finding::new(Level::Warning, &definition.at, key.text.clone(), problem));
            }
        }
    }
    read
}

/// The file's own templates, then those of `external_templates` whose names it lacks.
fn templates(content: &Value, sees: &Sees<'_>, findings: &mut Vec<Finding>) -> Templates {
    let mut templates = Templates::new();
    let mut add = |content: &Value, variables: &Map| {
        let Some(Data::Map(entries)) = content.get("templates").map(|value| &value.data) else { return };
        for (key, value) in entries {
            let template = || Template { value: value.clone(), variables: variables.clone() };
            templates.entry(key.text.clone()).or_insert_with(template);
        }
    };
    add(content, &Map::new());
    if let Some(external) = content.get("external_templates") {
        for block in files::blocks(external, "external_templates", sees.folder, findings) {
            if let Source::File(content) = &block.source {
                add(content, &block.variables);
            }
        }
    }
    templates
}

fn one(key: &Key, definition: &Map, templates: &Templates, sees: &Sees<'_>) -> Collection {
    let mut findings = Vec::new();
    let applied = template::apply(&key.text, definition, templates, sees.variables, sees.context);
    let mut attributes = match applied {
        Ok(Applied { attributes, dropped }) => {
            let told = |(at, error): (_, TemplateError)| Finding::new(Level::Error, &at, "template", error);
            findings.extend(dropped.into_iter().map(told));
            attributes
        }
        Err((at, error)) => {
            findings.push(Finding::new(Level::Error, &at, "template", error));
            Vec::new()
        }
    };
    let title = titled(&mut attributes, &key.text, sees.context);
    let failed = !findings.is_empty() && attributes.is_empty();
    let spec =
        if failed { spec::Spec::default() } else { spec::read(&attributes, sees.media, &mut findings) };
    Collection { name: title, at: key.at.clone(), attributes, settings: Vec::new(), spec, findings }
}

/// The title, with the few placeholders that Kometa replaces outside of templates: some in the name, `<<title>>` in the
/// sort title, `<<key_name>>` in the summary.
fn titled(attributes: &mut [Attribute], mapping_name: &str, context: &Context) -> String {
    let named = |name: &str| {
        let found = attributes.iter().find(|attribute| attribute.key.text.eq_ignore_ascii_case(name));
        found.filter(|found| found.value.data != Data::Null).map(|found| found.value.to_python())
    };
    let (key_name, limit) = (named("key_name"), named("limit"));
    let written =
        named("name").or_else(|| named("collection_name")).unwrap_or_else(|| mapping_name.to_owned());
    let mut title = written.replace("<<library_type>>", context.library_type);
    for (mark, value) in [("<<key_name>>", &key_name), ("<<limit>>", &limit)] {
        if let Some(value) = value {
            title = title.replace(mark, value);
        }
    }
    for attribute in attributes {
        if let Data::Text(text) = &mut attribute.value.data {
            match (attribute.key.text.to_lowercase().as_str(), &key_name) {
                ("sort_title", _) => *text = text.replace("<<title>>", &title),
                ("summary", Some(key_name)) => *text = text.replace("<<key_name>>", key_name),
                _ => {}
            }
        }
    }
    title
}
