//! What a registered file holds, and what is wrong with it.

use std::path::PathBuf;

use collections::target::Target;
use db::ids::LibraryId;
use kometa::collections::Loaded;
use kometa::finding::{Finding, Level};
use kometa::spec::Media;
use plex_target::client_of;

use super::files::{self, LoadError};
use super::service::{CollectionError, Inner};

/// A file, checked.
#[derive(Debug, Default)]
pub struct Check {
    /// Why it cannot be read at all.
    pub unreadable: Option<String>,
    /// What is wrong, in the order of the file.
    pub found: Vec<Found>,
    /// Its libraries.
    pub libraries: Vec<CheckedLibrary>,
    /// How many playlists it defines.
    pub playlists: usize,
}

/// Something that is wrong, or worth telling.
#[derive(Debug)]
pub struct Found {
    /// The library; none for the file as a whole.
    pub library: Option<String>,
    /// The collection; none for the library as a whole.
    pub collection: Option<String>,
    /// What.
    pub finding: Finding,
}

/// A library of a file.
#[derive(Debug)]
pub struct CheckedLibrary {
    /// Its name.
    pub name: String,
    /// The mapping's name.
    pub mapping_name: String,
    /// What it holds.
    pub media: Media,
    /// The library of this server that it means.
    pub here: Option<(LibraryId, String)>,
    /// Host and port of the Plex server on which it is built instead.
    pub plex: Option<String>,
    /// How many collections it defines.
    pub collections: usize,
    /// How many of them cannot be built.
    pub failing: usize,
    /// How many definitions depend on what Trakt answers.
    pub dynamic: usize,
}

/// Loads a file, knowing what this server's libraries hold. The disk may be slow, so that is done aside.
pub(super) async fn load(inner: &Inner, path: &str) -> Result<Loaded, CollectionError> {
    load_knowing(inner, path, inner.library().held().await?).await
}

/// The same, knowing what other libraries hold.
pub(super) async fn load_knowing(
    inner: &Inner,
    path: &str,
    held: Vec<(String, Media)>,
) -> Result<Loaded, CollectionError> {
    let (path, config) = (PathBuf::from(path), inner.parts.config.clone());
    let now = inner.parts.clock.now();
    let loading = tokio::task::spawn_blocking(move || files::load(&path, &config, &held, now));
    match loading.await {
        Ok(loaded) => Ok(loaded?),
        Err(error) => Err(db::Error::Other(error.to_string()).into()),
    }
}

pub(super) async fn check(inner: &Inner, path: &str) -> Result<Check, CollectionError> {
    let loaded = match load(inner, path).await {
        Ok(loaded) => loaded,
        Err(CollectionError::Load(error)) => return Ok(unreadable(&error)),
        Err(error) => return Err(error),
    };
    let own = inner.library();
    let mut check = Check { playlists: loaded.playlists.len(), ..Check::default() };
    let about = |library: Option<&str>, collection: Option<&str>, findings: Vec<Finding>| {
        let (library, collection) = (library.map(str::to_owned), collection.map(str::to_owned));
        findings.into_iter().map(move |finding| Found {
            library: library.clone(),
            collection: collection.clone(),
            finding,
        })
    };
    let told = loaded.told_once();
    check.found.extend(about(None, None, loaded.findings));
    for (library, findings) in loaded.libraries.into_iter().zip(told) {
        let here = match own.find(&library.name).await? {
            Some(found) => Some(found),
            None => own.find(&library.mapping_name).await?,
        };
        let plex = library.plex.as_ref().and_then(|server| client_of(server, "kinometa", true).ok());
        check.libraries.push(CheckedLibrary {
            plex: plex.map(|client| client.server_address().to_owned()),
            media: library.media,
            here: here.map(|row| (row.id, row.name)),
            collections: library.collections.len(),
            failing: library.collections.iter().filter(|one| one.fails()).count(),
            dynamic: library.dynamic.len(),
            name: library.name.clone(),
            mapping_name: library.mapping_name,
        });
        check.found.extend(about(Some(&library.name), None, findings));
        for mut collection in library.collections {
            // Libraries may share their files; what keeps a collection from being built is told for each.
            let told = |finding: &Finding| {
                let around = |one: &Found| one.collection.is_none() && one.finding == *finding;
                let before = |one: &Found| one.finding == *finding && finding.level != Level::Error;
                let known = |one: &Found| around(one) || before(one);
                finding.at.is_some() && check.found.iter().any(known)
            };
            collection.findings.retain(|finding| !told(finding));
            check.found.extend(about(Some(&library.name), Some(&collection.name), collection.findings));
        }
    }
    for playlist in loaded.playlists {
        let collection = playlist.collection;
        check.found.extend(about(None, Some(&collection.name), collection.findings));
    }
    Ok(check)
}

fn unreadable(error: &LoadError) -> Check {
    Check { unreadable: Some(error.to_string()), ..Check::default() }
}
