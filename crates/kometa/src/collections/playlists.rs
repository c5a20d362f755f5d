//! Reads `playlist_files`: playlists are ordered collections across several libraries.

use std::sync::Arc;

use super::definitions;
use super::files::{self, Block, Source};
use super::scope::Scope;
use super::settings::Settings;
use super::{Collection, Library, LoadOptions};
use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::spec::{Media, boolean, list};
use crate::template::{Attribute, Context, Map};
use crate::yaml::{Data, Key, Value};

/// A playlist. Its items are always in the order of its builders; movies and shows may be mixed.
#[derive(Debug)]
pub struct Playlist {
    /// The real names of its libraries, in the order written.
    pub libraries: Vec<String>,
    /// Whether it is to be deleted.
    pub delete: bool,
    /// Its definition, read like that of a collection.
    pub collection: Collection,
}

/// Attributes that only playlists have.
pub(crate) const ATTRIBUTES: [&str; 4] = ["libraries", "sync_to_users", "exclude_users", "delete_playlist"];

/// Reads all playlists of config.yml.
pub(super) fn read_all(
    root: &Value,
    libraries: &[Library],
    options: LoadOptions<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<Playlist> {
    let Some(written) = root.get("playlist_files").filter(|value| value.data != Data::Null) else {
        return Vec::new();
    };
    let settings = Arc::new(Settings::read(root.get("settings"), "settings", &mut Vec::new()));
    let mut playlists: Vec<Playlist> = Vec::new();
    for block in files::blocks(written, "playlist_files", options.folder, findings) {
        for playlist in file(&block, libraries, &settings, options, findings) {
            let name = &playlist.collection.mapping_name;
            match playlists.iter().find(|one| one.collection.mapping_name == *name) {
                Some(first) => {
                    let first = first.collection.at.clone();
                    let problem = Problem::DuplicateCollection { name: name.clone(), first };
                    findings.push(Finding::new(Level::Warning, &playlist.collection.at, "", problem));
                }
                None => playlists.push(playlist),
            }
        }
    }
    playlists
}

fn file(
    block: &Block,
    libraries: &[Library],
    settings: &Arc<Settings>,
    options: LoadOptions<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<Playlist> {
    let Source::File(content) = &block.source else { return Vec::new() };
    let Some(playlists) = content.get("playlists") else {
        let problem = Problem::Unusable("there are no playlists in this file");
        findings.push(Finding::new(Level::Error, &content.at, "", problem));
        return Vec::new();
    };
    let templates = definitions::templates(content, options.folder, findings);
    let scope = |media: Media| Scope {
        variables: block.variables.clone(),
        context: Context {
            library_type: media.library_type(),
            library_name: String::new(),
            today: options.today,
        },
        media,
        root: settings.clone(),
        library: Arc::default(),
        outer: block.outer.clone(),
        extra_attributes: &ATTRIBUTES,
    };
    let one = |(key, definition): (&Key, &Map)| {
        // A template may set `libraries`, and their media type determines which attributes are valid: templates are
        // applied once to find out, and again for shows.
        let first = definitions::read_one(key, definition, &templates, &scope(Media::Movies));
        let media = media(&first, libraries);
        let collection = match media {
            Media::Movies => first,
            Media::Shows => definitions::read_one(key, definition, &templates, &scope(media)),
        };
        playlist(collection, libraries)
    };
    definitions::mappings(playlists, "playlists", findings).into_iter().map(one).collect()
}

/// Returns the media type: shows if any of its libraries contains shows, because the items are then episodes.
fn media(collection: &Collection, libraries: &[Library]) -> Media {
    let names = named(collection, "libraries").map(|value| list(&value)).unwrap_or_default();
    let of = |name: &Value| libraries.iter().find(|library| library.mapping_name == name.to_python());
    let shows = names.iter().filter_map(of).any(|library| library.media == Media::Shows);
    if shows { Media::Shows } else { Media::Movies }
}

fn named(collection: &Collection, name: &str) -> Option<Value> {
    let of = |one: &&Attribute| one.key.text.eq_ignore_ascii_case(name);
    collection.attributes.iter().find(of).map(|one| one.value.clone())
}

fn playlist(mut collection: Collection, libraries: &[Library]) -> Playlist {
    let names = named(&collection, "libraries").filter(|names| names.data != Data::Null);
    let delete = named(&collection, "delete_playlist").and_then(|value| boolean(&value)) == Some(true);
    let mut found = Vec::new();
    let mut findings = Vec::new();
    match &names {
        None => {
            let problem = Problem::Missing;
            findings.push(Finding::new(Level::Error, &collection.at, "libraries", problem));
        }
        Some(names) => {
            for name in list(names) {
                let text = name.to_python();
                match libraries.iter().find(|library| library.mapping_name == text) {
                    Some(library) => found.push(library.name.clone()),
                    None => {
                        let known: Vec<_> =
                            libraries.iter().map(|library| library.mapping_name.as_str()).collect();
                        let problem = Problem::NotOneOf {
                            nearest: nearest_name(&text, known.iter().copied()),
                            value: text,
                            options: known.join(", "),
                        };
                        findings.push(Finding::new(Level::Error, &name.at, "libraries", problem));
                    }
                }
            }
        }
    }
    if delete {
        // A playlist that is only deleted needs no builder.
        collection.findings.retain(|finding| finding.problem != Problem::NoBuilder);
    }
    collection.findings.extend(findings);
    Playlist { libraries: found, delete, collection }
}

#[cfg(test)]
#[path = "playlists_tests.rs"]
mod tests;
