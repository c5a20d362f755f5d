//! Loads what a config.yml defines: libraries, their collection files with templates applied, and playlists.

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
mod scope;
mod settings;
pub(crate) mod tables;

use std::path::Path;

use crate::config::{Config, Secrets};
use crate::finding::{Finding, Level, Problem};
use crate::schedule::Schedule;
use crate::spec::{Builder, Media, Spec, boolean, list};
use crate::template::Attribute;
use crate::yaml::{Data, Place, Value};

pub use dynamic::{Dynamic, DynamicSource, FoundKey};
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
    /// The playlists defined by its `playlist_files`.
    pub playlists: Vec<Playlist>,
    /// The Plex server defined at its root.
    pub plex: Option<PlexServer>,
    /// Findings about the file itself; those about a library or collection are stored there.
    pub findings: Vec<Finding>,
}

/// A library of config.yml.
#[derive(Debug)]
pub struct Library {
    /// Its real name: `library_name` if set, otherwise the mapping's name.
    pub name: String,
    /// The mapping's name, which is also the name of its report.
    pub mapping_name: String,
    /// Its media type. Kometa asks Plex for it; Kinometa guesses it from the name, unless [`LoadOptions`] contain
    /// it.
    pub media: Media,
    /// The Plex server on which its collections are created, if the library or the root defines one.
    pub plex: Option<PlexServer>,
    /// Where it is defined.
    pub at: Place,
    /// How the rows of its collections are sorted on Plex.
    pub auto_sort_hubs: Option<HubSort>,
    /// The path of its report, if it is not next to config.yml.
    pub report_path: Option<String>,
    /// When it runs. Each of its collections has a copy in [`Collection::outer`].
    pub schedule: Option<Schedule>,
    /// Its collections, in the order of its files.
    pub collections: Vec<Collection>,
    /// Definitions whose collections depend on a response from Trakt; see [`Library::expand`].
    pub dynamic: Vec<Dynamic>,
    /// Findings about it and its files.
    pub findings: Vec<Finding>,
}

/// A collection with its templates applied.
#[derive(Debug)]
pub struct Collection {
    /// Its title: `name` if set, otherwise the mapping's name.
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
    /// The parsed attributes.
    pub spec: Spec,
    /// Findings about it.
    pub findings: Vec<Finding>,
}

impl Collection {
    /// Returns whether an error prevents it from being built.
    pub fn fails(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }

    /// Returns the value of an attribute, also under its old names; `None` if missing or blank.
    pub fn attribute(&self, name: &str) -> Option<&Value> {
        let of = |one: &&Attribute| crate::spec::current_name(&one.key.text) == name;
        self.attributes.iter().find(of).map(|one| &one.value).filter(|value| value.data != Data::Null)
    }

    /// Returns the settings for an attribute. There are several if the settings of root and library are combined.
    pub fn settings_for<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Setting> {
        self.settings.iter().filter(move |setting| setting.name == name)
    }

    /// Returns whether `run_definition` allows it to run in a library of this media type.
    pub fn is_for(&self, media: Media) -> bool {
        let named = ["run_definition", "allowed_library_types"];
        let of = |one: &&Attribute| named.contains(&one.key.text.to_ascii_lowercase().as_str());
        let Some(attribute) = self.attributes.iter().find(of) else { return true };
        let values = list(&attribute.value);
        let allows = |value: &Value| match boolean(value) {
            Some(runs) => runs,
            None => value.to_python().eq_ignore_ascii_case(media.library_type()),
        };
        !values.iter().any(|value| boolean(value) == Some(false)) && values.iter().any(allows)
    }
}

/// What [`load`] needs besides the file.
#[derive(Clone, Copy)]
pub struct LoadOptions<'a> {
    /// The folder of config.yml, to which paths are relative.
    pub folder: &'a Path,
    /// The values of placeholders.
    pub secrets: &'a Secrets,
    /// Today's year, month and day.
    pub today: (i64, i64, i64),
    /// Known media types of libraries, by real name or mapping name. Those of other libraries are guessed from the
    /// name.
    pub known_media: &'a [(String, Media)],
}

/// Loads all libraries and their collection files. Problems become findings; everything else is still loaded.
pub fn load(config: &Config, options: LoadOptions<'_>) -> Loaded {
    let mut findings = config.findings.clone();
    let root = match Value::read(&config.root) {
        Ok(root) => options.secrets.fill_all(root),
        Err(error) => {
            findings.push(Finding::new(Level::Error, &config.root.at, "", error));
            return Loaded { libraries: Vec::new(), playlists: Vec::new(), plex: None, findings };
        }
    };
    let libraries = library::read_all(&root, options, &mut findings);
    let playlists = playlists::read_all(&root, &libraries, options, &mut findings);
    report_needs_account(config, &libraries, &mut findings);
    report_plex_only(&libraries, &mut findings);
    let plex = plex::server(&root, None, "", &mut findings);
    Loaded { libraries, playlists, plex, findings }
}

impl Loaded {
    /// Returns the findings of each library, in order. Findings with the same cause are reported once, with all
    /// places.
    pub fn deduplicated_findings(&self) -> Vec<Vec<Finding>> {
        causes::deduplicate(&self.libraries)
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

/// Reports attributes that only work on Plex and are used in libraries without a Plex server, in a single finding.
fn report_plex_only(libraries: &[Library], findings: &mut Vec<Finding>) {
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

/// Without an authorized account, only charts and public lists work. The other definitions are counted in a single
/// finding.
fn report_needs_account(config: &Config, libraries: &[Library], findings: &mut Vec<Finding>) {
    let Some(trakt) = config.trakt.as_ref().filter(|trakt| trakt.authorization.is_none()) else { return };
    let needs = |one: &&Collection| one.spec.builders.iter().any(Builder::needs_account);
    let collections = libraries.iter().flat_map(|library| &library.collections).filter(needs).count();
    let dynamic =
        libraries.iter().flat_map(|library| &library.dynamic).filter(|one| one.source.needs_account());
    let count = collections + dynamic.count();
    if count > 0 {
        let problem = Problem::NeedsAccount { count };
        findings.push(Finding::new(Level::Warning, &trakt.at, "trakt.authorization", problem));
    }
}

#[cfg(test)]
mod tests;
