//! Checks a registered config file: its contents and problems.

use std::path::PathBuf;

use collections::target::Target;
use db::ids::LibraryId;
use kometa::collections::Loaded;
use kometa::finding::{Finding, Level};
use kometa::spec::Media;
use plex_target::client_of;

use super::files::{self, LoadError};
use super::service::{CollectionError, Inner};

/// The result of checking a file.
#[derive(Debug, Default)]
pub struct Check {
    /// Why the file cannot be read at all.
    pub unreadable: Option<String>,
    /// Findings, in the order of the file.
    pub found: Vec<CheckFinding>,
    /// The file's libraries.
    pub libraries: Vec<CheckedLibrary>,
    /// Number of playlists that the file defines.
    pub playlists: usize,
}

/// A finding and where it applies.
#[derive(Debug)]
pub struct CheckFinding {
    /// The library; `None` for the file as a whole.
    pub library: Option<String>,
    /// The collection; `None` for the library as a whole.
    pub collection: Option<String>,
    /// The problem or note.
    pub finding: Finding,
}

/// A library of a file.
#[derive(Debug)]
pub struct CheckedLibrary {
    /// The library's name.
    pub name: String,
    /// The key of the library's mapping in the file.
    pub mapping_name: String,
    /// Whether the library contains movies or shows.
    pub media: Media,
    /// The library of this server that the name refers to.
    pub own: Option<(LibraryId, String)>,
    /// Host and port of the Plex server, if the library is built there instead.
    pub plex: Option<String>,
    /// Number of collections that the library defines.
    pub collections: usize,
    /// Number of these collections that cannot be built.
    pub failing: usize,
    /// Number of dynamic definitions, whose collections depend on Trakt's response.
    pub dynamic: usize,
}

/// Loads a file, using the media types of this server's libraries.
pub(super) async fn load(inner: &Inner, path: &str) -> Result<Loaded, CollectionError> {
    load_with_media(inner, path, inner.library().media_types().await?).await
}

/// Loads a file for libraries with the given names and media types. Runs on the blocking thread pool, because the
/// disk may be slow.
pub(super) async fn load_with_media(
    inner: &Inner,
    path: &str,
    known_media: Vec<(String, Media)>,
) -> Result<Loaded, CollectionError> {
    let (path, config) = (PathBuf::from(path), inner.parts.config.clone());
    let now = inner.parts.clock.now();
    let loading = tokio::task::spawn_blocking(move || files::load(&path, &config, &known_media, now));
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
    let own_library = inner.library();
    let mut check = Check { playlists: loaded.playlists.len(), ..Check::default() };
    let about = |library: Option<&str>, collection: Option<&str>, findings: Vec<Finding>| {
        let (library, collection) = (library.map(str::to_owned), collection.map(str::to_owned));
        findings.into_iter().map(move |finding| CheckFinding {
            library: library.clone(),
            collection: collection.clone(),
            finding,
        })
    };
    let deduplicated = loaded.deduplicated_findings();
    check.found.extend(about(None, None, loaded.findings));
    for (library, findings) in loaded.libraries.into_iter().zip(deduplicated) {
        let own = match own_library.find(&library.name).await? {
            Some(found) => Some(found),
            None => own_library.find(&library.mapping_name).await?,
        };
        let plex = library.plex.as_ref().and_then(|server| client_of(server, "kinometa", true).ok());
        check.libraries.push(CheckedLibrary {
            plex: plex.map(|client| client.server_address().to_owned()),
            media: library.media,
            own: own.map(|row| (row.id, row.name)),
            collections: library.collections.len(),
            failing: library.collections.iter().filter(|one| one.fails()).count(),
            dynamic: library.dynamic.len(),
            name: library.name.clone(),
            mapping_name: library.mapping_name,
        });
        check.found.extend(about(Some(&library.name), None, findings));
        for mut collection in library.collections {
            // Libraries may share collection files, so each finding is listed once. Errors are repeated for every
            // collection that they affect.
            let is_listed = |finding: &Finding| {
                let is_general = |one: &CheckFinding| one.collection.is_none() && one.finding == *finding;
                let is_repeated =
                    |one: &CheckFinding| one.finding == *finding && finding.level != Level::Error;
                let known = |one: &CheckFinding| is_general(one) || is_repeated(one);
                finding.at.is_some() && check.found.iter().any(known)
            };
            collection.findings.retain(|finding| !is_listed(finding));
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
