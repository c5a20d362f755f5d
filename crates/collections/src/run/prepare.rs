//! Preparation of a run: the collections, their libraries, and what to read from Trakt.

use kometa::collections::{Collection, Library, Loaded};
use kometa::nearest::nearest_name;

use super::gone::ReadDefinition;
use super::known::Known;
use super::{RunResult, RunOptions, Unknown};
use crate::fetch::Fetcher;
use crate::library::{Level, Library as View};
use crate::options::{Options, cache_days, is_due, wants_description};
use crate::source::{Need, Needs, Source};
use crate::target::Target;

/// Adds the collections of dynamic definitions. One that cannot be read is reported; its existing collections stay.
pub(super) async fn expand(
    library: &mut Library,
    options: &RunOptions,
    fetcher: &mut Fetcher,
    ran: &mut RunResult,
) -> Vec<ReadDefinition> {
    let mut read = Vec::new();
    let asked: Vec<_> = library.dynamic.iter().map(|one| (one.name.clone(), one.source.clone())).collect();
    for (name, asks) in asked {
        match fetcher.keys(&asks, options.now).await {
            Ok(keys) => {
                read.push(ReadDefinition { empty: keys.is_empty(), name: name.clone() });
                library.expand(&name, &keys);
            }
            Err(failure) => {
                ran.problems.push(format!("{}: dynamic_collections.{name}: {failure}", library.name));
            }
        }
    }
    read
}

/// Requested names that do not exist.
pub(super) fn unknown(loaded: &Loaded, options: &RunOptions, ran: &mut RunResult) {
    let playlists = || loaded.playlists.iter().map(|playlist| &playlist.collection);
    let all = || loaded.libraries.iter().flat_map(|library| &library.collections).chain(playlists());
    let is_there = |name: &&String| all().any(|collection| is_named(collection, name));
    let names = || all().map(|collection| collection.name.as_str());
    let unknown = |name: &String| Unknown { nearest: nearest_name(name, names()), name: name.clone() };
    ran.unknown = options.collections.iter().filter(|name| !is_there(name)).map(unknown).collect();
}

/// The contents of a library; `None` if it cannot be used now, which is reported.
pub(super) async fn view(
    library: &Library,
    options: &RunOptions,
    playlists: Vec<Level>,
    target: &dyn Target,
    ran: &mut RunResult,
) -> Option<View> {
    let names = [&library.name, &library.mapping_name];
    let level = |one| Options::of(one, options.start, false).level;
    let mut levels: Vec<_> = wanted(library, options).map(level).collect();
    levels.extend(playlists);
    for name in names {
        match target.library(name, &levels).await {
            Ok(Some(view)) if view.media == library.media => return Some(view),
            Ok(Some(view)) => {
                let (has, taken) = (view.media.path(), library.media.path());
                ran.problems.push(format!("{name}: it holds {has}, and its file was read for {taken}"));
                return None;
            }
            Ok(None) => {}
            Err(error) => {
                ran.problems.push(error.to_string());
                return None;
            }
        }
    }
    if !has_work(library) {
        return None;
    }
    ran.problems.push(format!(
        "there is no library {:?}: name one of your libraries so, or map it with --map {:?}=YOURS",
        library.name, library.mapping_name
    ));
    None
}

/// Whether anything in a library is for Kinometa. One that only other services fill is left to Kometa.
fn has_work(library: &Library) -> bool {
    let ours = |one: &Collection| one.fails() || one.spec.left_out == 0 || !one.spec.builders.is_empty();
    !library.dynamic.is_empty() || library.collections.iter().any(ours)
}

/// Whether a collection has this name, in the file or in the library.
pub(super) fn is_named(collection: &Collection, name: &str) -> bool {
    collection.name.eq_ignore_ascii_case(name) || collection.mapping_name.eq_ignore_ascii_case(name)
}

/// Whether a collection has this title, whatever its case.
pub(super) fn is_titled(collection: &Collection, title: &str) -> bool {
    collection.name.to_lowercase() == title.to_lowercase()
}

/// The collections in this run.
pub(super) fn wanted<'a>(
    library: &'a Library,
    options: &'a RunOptions,
) -> impl Iterator<Item = &'a Collection> {
    let names = &options.collections;
    library
        .collections
        .iter()
        .filter(move |one| names.is_empty() || names.iter().any(|name| is_named(one, name)))
}

/// The sources that the collections of this run need.
pub(super) async fn needed(
    library: &Library,
    options: &RunOptions,
    target: &mut Known<'_>,
    needs: &mut Needs,
) {
    for collection in wanted(library, options) {
        if collection.fails() || !collection.is_for(library.media) {
            continue;
        }
        let exists = target.exists(&library.name, &collection.name).await;
        let due = !options.collections.is_empty() || is_due(collection, options.start, exists);
        let made = exists && Options::of(collection, options.start, exists).only_run_on_create;
        if !due || made {
            continue;
        }
        let days = cache_days(collection);
        for builder in &collection.spec.builders {
            let (source, first) = Source::of(builder, library.media);
            needs.add(source, Need { first, description: wants_description(builder), days });
        }
    }
}
