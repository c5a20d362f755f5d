//! Prepares a run: determines the collections, the contents of their libraries, and what to read from Trakt.

use kometa::collections::{Collection, Library, Loaded};
use kometa::nearest::nearest_name;

use super::cached_target::CachedTarget;
use super::dynamic_sync::ReadDefinition;
use super::{RunOptions, RunResult, Unknown};
use crate::fetch::Fetcher;
use crate::library::{Level, Library as Contents};
use crate::options::{Options, cache_days, is_due, wants_description};
use crate::source::{Need, Needs, Source};
use crate::target::Target;

/// Adds the collections that dynamic definitions generate, and returns the definitions whose sources responded. The
/// others are reported, and their existing collections stay.
pub(super) async fn expand(
    library: &mut Library,
    options: &RunOptions,
    fetcher: &mut Fetcher,
    result: &mut RunResult,
) -> Vec<ReadDefinition> {
    let mut read = Vec::new();
    let definitions: Vec<_> = library
        .dynamic
        .iter()
        .map(|definition| (definition.name.clone(), definition.source.clone()))
        .collect();
    for (name, source) in definitions {
        match fetcher.keys(&source, options.now).await {
            Ok(keys) => {
                read.push(ReadDefinition { empty: keys.is_empty(), name: name.clone() });
                library.expand(&name, &keys);
            }
            Err(failure) => {
                result.problems.push(format!("{}: dynamic_collections.{name}: {failure}", library.name));
            }
        }
    }
    read
}

/// Reports requested collections that are not defined.
pub(super) fn report_unknown(loaded: &Loaded, options: &RunOptions, result: &mut RunResult) {
    let playlists = || loaded.playlists.iter().map(|playlist| &playlist.collection);
    let all = || loaded.libraries.iter().flat_map(|library| &library.collections).chain(playlists());
    let is_defined = |name: &&String| all().any(|collection| is_named(collection, name));
    let names = || all().map(|collection| collection.name.as_str());
    let unknown = |name: &String| Unknown { nearest: nearest_name(name, names()), name: name.clone() };
    result.unknown = options.collections.iter().filter(|name| !is_defined(name)).map(unknown).collect();
}

/// The contents of a library; `None` if it cannot be used now, which is reported.
pub(super) async fn contents(
    library: &Library,
    options: &RunOptions,
    playlists: Vec<Level>,
    target: &dyn Target,
    result: &mut RunResult,
) -> Option<Contents> {
    let names = [&library.name, &library.mapping_name];
    let level = |collection| Options::of(collection, options.start, false).level;
    let mut levels: Vec<_> = selected(library, options).map(level).collect();
    levels.extend(playlists);
    for name in names {
        match target.library(name, &levels).await {
            Ok(Some(contents)) if contents.media == library.media => return Some(contents),
            Ok(Some(contents)) => {
                let (has, taken) = (contents.media.path(), library.media.path());
                result.problems.push(format!("{name}: it holds {has}, and its file was read for {taken}"));
                return None;
            }
            Ok(None) => {}
            Err(error) => {
                result.problems.push(error.to_string());
                return None;
            }
        }
    }
    if !has_work(library) {
        return None;
    }
    result.problems.push(format!(
        "there is no library {:?}: name one of your libraries so, or map it with --map {:?}=YOURS",
        library.name, library.mapping_name
    ));
    None
}

/// Whether Kinometa has anything to do in a library. If all its builders use services that Kinometa does not support,
/// it is left to Kometa.
fn has_work(library: &Library) -> bool {
    let is_supported = |collection: &Collection| {
        collection.fails() || collection.spec.left_out == 0 || !collection.spec.builders.is_empty()
    };
    !library.dynamic.is_empty() || library.collections.iter().any(is_supported)
}

/// Whether a collection has this name, in the file or on the target.
pub(super) fn is_named(collection: &Collection, name: &str) -> bool {
    collection.name.eq_ignore_ascii_case(name) || collection.mapping_name.eq_ignore_ascii_case(name)
}

/// Whether a collection has this name on the target, ignoring case.
pub(super) fn is_titled(collection: &Collection, title: &str) -> bool {
    collection.name.to_lowercase() == title.to_lowercase()
}

/// The collections of this run.
pub(super) fn selected<'a>(
    library: &'a Library,
    options: &'a RunOptions,
) -> impl Iterator<Item = &'a Collection> {
    let names = &options.collections;
    library
        .collections
        .iter()
        .filter(move |collection| names.is_empty() || names.iter().any(|name| is_named(collection, name)))
}

/// Adds the sources that the collections of this run need.
pub(super) async fn add_needs(
    library: &Library,
    options: &RunOptions,
    target: &mut CachedTarget<'_>,
    needs: &mut Needs,
) {
    for collection in selected(library, options) {
        if collection.fails() || !collection.is_for(library.media) {
            continue;
        }
        let exists = target.exists(&library.name, &collection.name).await;
        let is_due = !options.collections.is_empty() || is_due(collection, options.start, exists);
        let already_created = exists && Options::of(collection, options.start, exists).only_run_on_create;
        if !is_due || already_created {
            continue;
        }
        let max_age_days = cache_days(collection);
        for builder in &collection.spec.builders {
            let (source, limit) = Source::of(builder, library.media);
            needs.add(source, Need { limit, description: wants_description(builder), max_age_days });
        }
    }
}
