//! Reads the `libraries` of config.yml.

use std::sync::Arc;

use super::definitions;
use super::files::{self, Block};
use super::scope::{Outer, Scope};
use super::settings::Settings;
use super::{Collection, Dynamic, FoundKey, Library, LoadOptions};
use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::spec::Media;
use crate::template::{Context, Map};
use crate::yaml::{Data, Key, Value};

/// Keys that Kinometa supports.
pub(crate) const SUPPORTED: [&str; 9] = [
    "collection_files",
    "library_name",
    "metadata_path",
    "plex",
    "report_path",
    "run_order",
    "schedule",
    "settings",
    "template_variables",
];

/// Keys that only Kometa uses.
pub(crate) const KOMETA_ONLY: [&str; 14] = [
    "image_files",
    "metadata_files",
    "operations",
    "overlay_files",
    "overlay_path",
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

/// Keys that belong in separate files. Kometa rejects them here.
const INLINE: [&str; 6] =
    ["collections", "dynamic_collections", "metadata", "overlays", "templates", "playlists"];

/// Reads all libraries.
pub(super) fn read_all(root: &Value, options: LoadOptions<'_>, findings: &mut Vec<Finding>) -> Vec<Library> {
    let settings = Arc::new(Settings::read(root.get("settings"), "settings", findings));
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
    entries.iter().map(|(key, value)| read_one(key, value, root, &settings, options)).collect()
}

fn read_one(
    key: &Key,
    value: &Value,
    config: &Value,
    root: &Arc<Settings>,
    options: LoadOptions<'_>,
) -> Library {
    let name = value.get("library_name").filter(|name| name.data != Data::Null);
    let name = name.map_or_else(|| key.text.clone(), Value::to_python);
    let known = |one: &&(String, Media)| one.0 == name || one.0 == key.text;
    let media = options.known_media.iter().find(known).map_or_else(|| media_of(&name), |(_, media)| *media);
    let mut library = Library {
        name,
        mapping_name: key.text.clone(),
        media,
        plex: None,
        at: key.at.clone(),
        auto_sort_hubs: None,
        report_path: value.get("report_path").filter(|path| path.data != Data::Null).map(Value::to_python),
        schedule: None,
        collections: Vec::new(),
        dynamic: Vec::new(),
        findings: Vec::new(),
    };
    let path = format!("libraries.{}", key.text);
    if !matches!(value.data, Data::Map(_) | Data::Null) {
        let problem = Problem::WrongType { expected: "a mapping", found: value.kind() };
        library.findings.push(Finding::new(Level::Error, &value.at, path, problem));
        return library;
    }
    keys(value, &path, &mut library.findings);
    library.plex = super::plex::server(config, Some(value), &path, &mut library.findings);
    let outer = files::schedule(value, &path, &mut library.findings);
    library.schedule = outer.schedules.first().cloned();
    let own = Settings::read(value.get("settings"), &format!("{path}.settings"), &mut library.findings);
    library.auto_sort_hubs = own.hub_sort(root);
    super::operations::warn(value, &path, own.is_on("kometa_label", root), &mut library.findings);
    let settings = (root.clone(), Arc::new(own));
    let variables = files::variables(value, &path, &mut library.findings);
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
        for block in files::blocks(written, &path, options.folder, &mut library.findings) {
            file(&block, &variables, &settings, &outer, options, &mut library);
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
                Problem::Unusable("definitions belong in separate files, listed in collection_files");
            findings.push(Finding::new(Level::Error, &key.at, format!("{path}.{name}"), problem));
        } else if KOMETA_ONLY.contains(&name) {
            others.push(key.text.clone());
        } else if name == "trakt" {
            let problem = Problem::Unusable("is read at the root of config.yml only");
            findings.push(Finding::new(Level::Warning, &key.at, format!("{path}.trakt"), problem));
        } else if !SUPPORTED.contains(&name) {
            let nearest = nearest_name(name, SUPPORTED.iter().chain(&KOMETA_ONLY).copied());
            let problem = Problem::UnknownKey { key: key.text.clone(), nearest };
            findings.push(Finding::new(Level::Warning, &key.at, path, problem));
        }
    }
    if !others.is_empty() {
        let problem = Problem::NotUsed { keys: others };
        findings.push(Finding { level: Level::Note, at: None, path: path.to_owned(), problem });
    }
}

/// Adds the collections of a file to the library.
fn file(
    block: &Block,
    library_variables: &Map,
    (root, own): &(Arc<Settings>, Arc<Settings>),
    enclosing: &Outer,
    options: LoadOptions<'_>,
    library: &mut Library,
) {
    let mut variables = block.variables.clone();
    for (key, value) in library_variables {
        if !variables.iter().any(|(own, _)| own.text == key.text) {
            variables.push((key.clone(), value.clone()));
        }
    }
    if let files::Source::DefaultTrakt(_) = &block.source {
        super::default_trakt::unknown_variables(&block.variables, &mut library.findings);
    }
    let context = Context {
        library_type: library.media.library_type(),
        library_name: library.name.clone(),
        today: options.today,
    };
    let outer = enclosing.with(&block.outer);
    let (root, own) = (root.clone(), own.clone());
    let scope = Arc::new(Scope {
        variables,
        context,
        media: library.media,
        root,
        library: own,
        outer,
        extra_attributes: &[],
    });
    let defined = definitions::read(&block.source, &scope, options.folder, &mut library.findings);
    defined.collections.into_iter().for_each(|collection| library.add(collection));
    library.dynamic.extend(defined.dynamic);
}

impl Library {
    /// Adds the collections that the dynamic definition with this name creates from Trakt's response. A collection
    /// whose title already exists is skipped and reported.
    pub fn expand(&mut self, name: &str, found: &[FoundKey]) {
        let definition = self.dynamic.iter().find(|one| one.name == name);
        let Some((collections, findings)) = definition.map(|one: &Dynamic| one.collections(found)) else {
            return;
        };
        self.findings.extend(findings);
        collections.into_iter().for_each(|collection| self.add(collection));
    }

    /// Adds a collection. A second collection with the same name or title is skipped and reported, because the two
    /// would undo each other's changes. Equal titles are allowed if only one of the two is enabled for this media
    /// type.
    fn add(&mut self, collection: Collection) {
        let media = self.media;
        let same = |one: &&Collection| {
            one.mapping_name == collection.mapping_name
                || one.name.eq_ignore_ascii_case(&collection.name)
                    && one.is_for(media)
                    && collection.is_for(media)
        };
        if let Some(first) = self.collections.iter().find(same) {
            let problem = Problem::DuplicateCollection { name: collection.name, first: first.at.clone() };
            self.findings.push(Finding::new(Level::Warning, &collection.at, "", problem));
        } else {
            self.collections.push(collection);
        }
    }
}

/// Guesses the media type from a library's name. Kometa's own examples for shows are "TV Shows" and "Anime".
fn media_of(name: &str) -> Media {
    let name = name.to_lowercase();
    let words = ["show", "series", "anime", "serien", "séries", "sitcom", "télé"];
    let has_word = words.iter().any(|word| name.contains(word));
    let tv = name.split(|c: char| !c.is_alphanumeric()).any(|word| word == "tv");
    let movies = ["movie", "film"].iter().any(|word| name.contains(word));
    if (has_word || tv) && !movies { Media::Shows } else { Media::Movies }
}
