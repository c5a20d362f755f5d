//! From config.yml to the collections that it defines: libraries, their files, templates and specs.

mod causes;
mod default_trakt;
mod definitions;
mod dynamic;
mod files;
mod hubs;
mod library;
mod operations;
mod playlists;
mod plex;
mod settings;
pub(crate) mod tables;
mod view;

use std::path::Path;

use crate::config::{Config, Secrets};
use crate::finding::{Finding, Level, Problem};
use crate::schedule::Schedule;
use crate::spec::{Builder, Media, Spec, boolean, list};
use crate::template::Attribute;
use crate::yaml::{Data, Place, Value};

pub use dynamic::{Asks, Dynamic, FoundKey};
pub use files::candidates;
pub use hubs::{HubKey, HubSort};
pub use playlists::Playlist;
pub use plex::PlexServer;
pub use settings::Setting;

/// Everything that a config.yml defines.
#[derive(Debug)]
pub struct Loaded {
    /// Its libraries, in the order written.
    pub libraries: Vec<Library>,
    /// What its `playlist_files` define.
    pub playlists: Vec<Playlist>,
    /// The Plex server that the root names.
    pub plex: Option<PlexServer>,
    /// What is wrong with the file itself.
    pub findings: Vec<Finding>,
}

/// A library of config.yml.
#[derive(Debug)]
pub struct Library {
    /// The real name: `library_name`, else the mapping's.
    pub name: String,
    /// The mapping's name: reports are called after it.
    pub mapping_name: String,
    /// Its media type. Kometa asks Plex; here, the name decides if nothing better is known.
    pub media: Media,
    /// The Plex server on which its collections are created, if it or the root has one.
    pub plex: Option<PlexServer>,
    /// Where it is written.
    pub at: Place,
    /// How the rows of its collections are sorted on Plex.
    pub auto_sort_hubs: Option<HubSort>,
    /// Where its report is written, if not next to config.yml.
    pub report_path: Option<String>,
    /// When it runs; also stored in its collections.
    pub schedule: Option<Schedule>,
    /// Its collections, in the order of its files.
    pub collections: Vec<Collection>,
    /// Definitions whose collections depend on Trakt's response; see [`Library::expand`].
    pub dynamic: Vec<Dynamic>,
    /// What is wrong with it and its files.
    pub findings: Vec<Finding>,
}

/// A collection with its templates applied.
#[derive(Debug)]
pub struct Collection {
    /// The title: `name`, else the mapping's name.
    pub name: String,
    /// The mapping's name.
    pub mapping_name: String,
    /// Where it is defined.
    pub at: Place,
    /// The schedules of its library and of its file, which must be due in addition to its own.
    pub outer: Vec<Schedule>,
    /// Its attributes, each with the place where it was written.
    pub attributes: Vec<Attribute>,
    /// The settings that apply if it has no value of its own.
    pub settings: Vec<Setting>,
    /// What the attributes mean.
    pub spec: Spec,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

impl Collection {
    /// Whether a problem prevents it from being built.
    pub fn fails(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }

    /// The value of an attribute under any of its spellings; `None` if missing or blank.
    pub fn attribute(&self, name: &str) -> Option<&Value> {
        let of = |one: &&Attribute| crate::spec::current_name(&one.key.text) == name;
        self.attributes.iter().find(of).map(|one| &one.value).filter(|value| value.data != Data::Null)
    }

    /// The values that settings give: several where settings are added together.
    pub fn settings_for<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Setting> {
        self.settings.iter().filter(move |setting| setting.name == name)
    }

    /// Whether `run_definition` lets it run in a library of this media type.
    pub fn is_for(&self, media: Media) -> bool {
        let named = ["run_definition", "allowed_library_types"];
        let of = |one: &&Attribute| named.contains(&one.key.text.to_ascii_lowercase().as_str());
        let Some(attribute) = self.attributes.iter().find(of) else { return true };
        let words = list(&attribute.value);
        let says = |value: &Value| match boolean(value) {
            Some(runs) => runs,
            None => value.to_python().eq_ignore_ascii_case(media.word()),
        };
        !words.iter().any(|value| boolean(value) == Some(false)) && words.iter().any(says)
    }
}

/// What loading needs besides the file.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The folder of config.yml, the base of paths.
    pub folder: &'a Path,
    /// The values of placeholders.
    pub secrets: &'a Secrets,
    /// Year, month and day.
    pub today: (i64, i64, i64),
    /// The media types of libraries, by their real or mapped names, if known. For the others, the name decides.
    pub held: &'a [(String, Media)],
}

/// Loads all libraries and their collection files. Every problem is a finding; the rest is loaded.
pub fn load(config: &Config, surroundings: Surroundings<'_>) -> Loaded {
    let mut findings = config.findings.clone();
    let root = match Value::read(&config.root) {
        Ok(root) => surroundings.secrets.fill_all(root),
        Err(error) => {
            findings.push(Finding::new(Level::Error, &config.root.at, "", error));
            return Loaded { libraries: Vec::new(), playlists: Vec::new(), plex: None, findings };
        }
    };
    let libraries = library::all(&root, surroundings, &mut findings);
    let playlists = playlists::all(&root, &libraries, surroundings, &mut findings);
    without_account(config, &libraries, &mut findings);
    only_on_plex(&libraries, &mut findings);
    let plex = plex::server(&root, None, "", &mut findings);
    Loaded { libraries, playlists, plex, findings }
}

impl Loaded {
    /// The findings of each library, in order. The same cause in several places is reported once.
    pub fn told_once(&self) -> Vec<Vec<Finding>> {
        causes::told_once(&self.libraries)
    }
}

/// Attributes that only work on Plex.
const PLEX_ONLY: [&str; 7] = [
    "collection_mode",
    "content_rating",
    "hub_priority",
    "item_label",
    "item_label.remove",
    "item_label.sync",
    "visible_shared",
];

/// Without a Plex server, attributes that only work on Plex are reported once.
fn only_on_plex(libraries: &[Library], findings: &mut Vec<Finding>) {
    let own = libraries.iter().filter(|library| library.plex.is_none());
    let used = |collection: &Collection| -> Vec<&str> {
        PLEX_ONLY.into_iter().filter(|name| collection.attribute(name).is_some()).collect()
    };
    let all: Vec<_> = own.flat_map(|library| &library.collections).map(used).collect();
    let count = all.iter().filter(|used| !used.is_empty()).count();
    let mut keys: Vec<String> = all.into_iter().flatten().map(str::to_owned).collect();
    keys.sort();
    keys.dedup();
    if count > 0 {
        let problem = Problem::OnlyOnPlex { keys, count };
        findings.push(Finding { level: Level::Note, at: None, path: String::new(), problem });
    }
}

/// With only a client id, charts and public lists work; what does not is counted and reported once.
fn without_account(config: &Config, libraries: &[Library], findings: &mut Vec<Finding>) {
    let Some(trakt) = config.trakt.as_ref().filter(|trakt| trakt.authorization.is_none()) else { return };
    let needs = |one: &&Collection| one.spec.builders.iter().any(Builder::needs_account);
    let collections = libraries.iter().flat_map(|library| &library.collections).filter(needs).count();
    let dynamic =
        libraries.iter().flat_map(|library| &library.dynamic).filter(|one| one.asks.needs_account());
    let count = collections + dynamic.count();
    if count > 0 {
        let problem = Problem::NeedsAccount { count };
        findings.push(Finding::new(Level::Warning, &trakt.at, "trakt.authorization", problem));
    }
}

#[cfg(test)]
mod tests;
