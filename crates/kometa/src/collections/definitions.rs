//! Reads the templates and collections of a collection file.

use std::path::Path;
use std::sync::Arc;

use super::Collection;
use super::default_trakt;
use super::dynamic::{self, Dynamic};
use super::files::{self, Source};
use super::scope::Scope;
use crate::finding::{Finding, Level, Problem};
use crate::spec;
use crate::template::{self, Applied, Attribute, Context, Map, Template, TemplateError, Templates};
use crate::yaml::{Data, Key, Value};

/// Keys of a collection file.
pub(crate) const KEYS: [&str; 4] = ["collections", "dynamic_collections", "templates", "external_templates"];
/// Other keys that such a file may contain.
const OTHERS: [&str; 3] = ["metadata", "overlays", "playlists"];

/// The definitions of a file.
#[derive(Default)]
pub(super) struct Defined {
    pub(super) collections: Vec<Collection>,
    pub(super) dynamic: Vec<Dynamic>,
}

/// Reads the definitions of a file.
pub(super) fn read(
    source: &Source,
    scope: &Arc<Scope>,
    folder: &Path,
    findings: &mut Vec<Finding>,
) -> Defined {
    match source {
        Source::DefaultTrakt(at) => {
            let definitions = default_trakt::definitions(at, &scope.variables);
            let templates = Templates::new();
            let read_definition =
                |(key, definition): (Key, Map)| read_one(&key, &definition, &templates, scope);
            Defined {
                collections: definitions.into_iter().map(read_definition).collect(),
                dynamic: Vec::new(),
            }
        }
        Source::File(content) => file(content, scope, folder, findings),
    }
}

fn file(content: &Value, scope: &Arc<Scope>, folder: &Path, findings: &mut Vec<Finding>) -> Defined {
    let Data::Map(entries) = &content.data else {
        findings.push(Finding::new(
            Level::Error,
            &content.at,
            "",
            Problem::Unusable("the file is empty or not a mapping"),
        ));
        return Defined::default();
    };
    let known = |key: &Key| KEYS.iter().chain(&OTHERS).any(|known| *known == key.text);
    for (key, _) in entries.iter().filter(|(key, _)| !known(key)) {
        if let Some(nearest) = crate::nearest::nearest_name(&key.text, KEYS) {
            let problem = Problem::UnknownKey { key: key.text.clone(), nearest: Some(nearest) };
            findings.push(Finding::new(Level::Warning, &key.at, "", problem));
        }
    }
    let templates = templates(content, folder, findings);
    let collections = content.get("collections");
    let dynamic = content.get("dynamic_collections");
    if collections.is_none() && dynamic.is_none() {
        // Files listed in `metadata_path` may contain metadata, collections, or both.
        let other = OTHERS.iter().any(|key| content.get(key).is_some());
        let level = if other { Level::Note } else { Level::Error };
        let problem = Problem::Unusable("neither collections nor dynamic_collections is in this file");
        findings.push(Finding::new(level, &content.at, "", problem));
    }
    let each = |(key, definition): (&Key, &Map)| read_one(key, definition, &templates, scope);
    Defined {
        collections: collections
            .map(|collections| mappings(collections, "collections", findings).into_iter().map(each).collect())
            .unwrap_or_default(),
        dynamic: dynamic
            .filter(|dynamic| dynamic.data != Data::Null)
            .map(|dynamic| dynamic::read_all(dynamic, &templates, scope, findings))
            .unwrap_or_default(),
    }
}

/// Returns the definitions of a mapping. Values that are not mappings are reported and skipped.
pub(super) fn mappings<'v>(
    value: &'v Value,
    path: &'static str,
    findings: &mut Vec<Finding>,
) -> Vec<(&'v Key, &'v Map)> {
    let Data::Map(definitions) = &value.data else {
        let problem = Problem::WrongType { expected: "a mapping of definitions", found: value.kind() };
        findings.push(Finding::new(Level::Error, &value.at, path, problem));
        return Vec::new();
    };
    let mut read = Vec::new();
    for (key, definition) in definitions {
        match &definition.data {
            Data::Map(definition) => read.push((key, definition)),
            // Kometa silently skips definitions without attributes.
            Data::Null => {}
            _ => {
                let problem = Problem::WrongType { expected: "a mapping", found: definition.kind() };
                findings.push(Finding::new(Level::Warning, &definition.at, key.text.clone(), problem));
            }
        }
    }
    read
}

/// Returns the file's own templates, and those from `external_templates` with other names.
pub(super) fn templates(content: &Value, folder: &Path, findings: &mut Vec<Finding>) -> Templates {
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
        for block in files::blocks(external, "external_templates", folder, findings) {
            if let Source::File(content) = &block.source {
                add(content, &block.variables);
            }
        }
    }
    templates
}

/// Applies the templates of a definition and parses its attributes.
pub(super) fn read_one(key: &Key, definition: &Map, templates: &Templates, scope: &Scope) -> Collection {
    let mut findings = Vec::new();
    let applied = template::apply(&key.text, definition, templates, &scope.variables, &scope.context);
    let mut attributes = match applied {
        Ok(Applied { attributes, dropped }) => {
            let finding =
                |(at, error): (_, TemplateError)| Finding::new(Level::Error, &at, "template", error);
            findings.extend(dropped.into_iter().map(finding));
            attributes
        }
        Err((at, error)) => {
            findings.push(Finding::new(Level::Error, &at, "template", error));
            Vec::new()
        }
    };
    let title = titled(&mut attributes, &key.text, &scope.context);
    let failed = !findings.is_empty() && attributes.is_empty();
    let known = |attribute: &Attribute| {
        scope.extra_attributes.iter().any(|extra| attribute.key.text.eq_ignore_ascii_case(extra))
    };
    let spec = if failed {
        spec::Spec::default()
    } else if scope.extra_attributes.is_empty() {
        spec::read(&attributes, scope.media, &mut findings)
    } else {
        let others: Vec<_> = attributes.iter().filter(|one| !known(one)).cloned().collect();
        spec::read(&others, scope.media, &mut findings)
    };
    // Added last, so that `validate_builders: false` cannot turn these errors into warnings.
    findings.extend(scope.outer.invalid.iter().cloned());
    Collection {
        name: title,
        mapping_name: key.text.clone(),
        at: key.at.clone(),
        settings: scope.root.in_effect(&scope.library, &attributes),
        attributes,
        outer: scope.outer.schedules.clone(),
        spec,
        findings,
    }
}

/// Returns the title. Replaces the few placeholders that Kometa replaces outside of templates: some in the name,
/// `<<title>>` in the sort title, `<<key_name>>` in the summary.
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
