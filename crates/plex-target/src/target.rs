//! The implementation of the target.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use async_trait::async_trait;
use collections::library::{Level, Library as Contents};
use collections::options::Details;
use collections::plan::Existing;
use collections::target::{DeleteScope, HubOrder, Labelled, Target, TargetError, Written};
use kometa::spec::Media;
use plex::Client;
use plex::models::Kind;
use plex::target::{Library, Memory, Outcome};
use tokio::sync::Mutex;

use crate::build::{Build, BuildOutcome};
use crate::loaded_library::LoadedLibrary;
use crate::{contents, desired};

/// Builds collections on Plex.
#[derive(Debug)]
pub struct PlexTarget {
    /// The client for each library on Plex, by the name of the library on Plex.
    pub(crate) libraries: HashMap<String, Client>,
    /// The client for playlists.
    pub(crate) root: Option<Client>,
    pub(crate) dry_run: bool,
    /// The folder of config.yml.
    folder: PathBuf,
    kometa_label: bool,
    pub(crate) state: Mutex<State>,
}

/// The state of the run.
#[derive(Debug)]
pub(crate) struct State {
    libraries: HashMap<String, LoadedLibrary>,
    /// Names of libraries whose server became unavailable.
    unavailable: HashSet<String>,
    pub(crate) memory: Memory,
}

/// The reason why an action was rejected.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Rejected(pub(crate) String);

pub(crate) fn rejected(reason: impl Into<String>) -> TargetError {
    TargetError::Other(Box::new(Rejected(reason.into())))
}

impl PlexTarget {
    pub(crate) fn new(
        libraries: HashMap<String, Client>,
        root: Option<Client>,
        memory: Memory,
        (dry_run, kometa_label): (bool, bool),
        folder: PathBuf,
    ) -> Self {
        let state = State { libraries: HashMap::new(), unavailable: HashSet::new(), memory };
        Self { libraries, root, dry_run, folder, kometa_label, state: Mutex::new(state) }
    }

    /// Whether config.yml has no Plex server for any of its libraries.
    pub fn is_empty(&self) -> bool {
        self.libraries.is_empty()
    }

    /// Whether a library is on Plex.
    pub fn has(&self, library: &str) -> bool {
        self.libraries.contains_key(library)
    }
}

impl State {
    /// A library that was read and whose server is still available.
    fn loaded(&mut self, library: &str) -> Result<&mut LoadedLibrary, TargetError> {
        if self.unavailable.contains(library) {
            return Err(TargetError::Unavailable(library.to_owned()));
        }
        self.libraries.get_mut(library).ok_or_else(|| TargetError::Unavailable(library.to_owned()))
    }

    /// Converts an error. After one that would affect all other calls too, the library counts as unavailable.
    fn failed(&mut self, library: &str, error: plex::Error) -> TargetError {
        if !error.ends_library() {
            return TargetError::Other(Box::new(error));
        }
        self.unavailable.insert(library.to_owned());
        TargetError::BecameUnavailable { library: library.to_owned(), reason: error.to_string() }
    }
}

#[async_trait]
impl Target for PlexTarget {
    fn name(&self) -> &str {
        "Plex"
    }

    fn is_dry_run(&self) -> bool {
        self.dry_run
    }

    fn has_playlists(&self) -> bool {
        self.root.is_some()
    }

    async fn library(&self, name: &str, levels: &[Level]) -> Result<Option<Contents>, TargetError> {
        let Some(client) = self.libraries.get(name) else { return Ok(None) };
        let mut state = self.state.lock().await;
        match read(client, name, levels).await {
            Ok((loaded, contents)) => {
                state.libraries.insert(name.to_owned(), loaded);
                Ok(Some(contents))
            }
            Err(error) => Err(match state.failed(name, error) {
                TargetError::BecameUnavailable { library, reason } => {
                    TargetError::Unreadable { library, reason }
                }
                other => other,
            }),
        }
    }

    /// Omits the libraries of a server that does not respond: the failure is reported when they are read.
    async fn media_types(&self) -> Result<Vec<(String, Media)>, TargetError> {
        let mut media_types = Vec::new();
        let mut by_server: HashMap<String, Vec<(String, Media)>> = HashMap::new();
        for (name, client) in &self.libraries {
            let server = client.server_address().to_owned();
            if !by_server.contains_key(&server) {
                let sections = client.sections().await.unwrap_or_default();
                let kinds = sections
                    .into_iter()
                    .filter_map(|section| Some((section.title, contents::media(section.kind?))));
                by_server.insert(server.clone(), kinds.collect());
            }
            media_types.extend(by_server[&server].iter().filter(|(title, _)| title == name).cloned());
        }
        Ok(media_types)
    }

    async fn existing(&self, library: &str, collection: &str) -> Result<Option<Existing>, TargetError> {
        let mut state = self.state.lock().await;
        let loaded = state.loaded(library)?;
        if let Err(error) = loaded.existing(collection).await {
            return Err(state.failed(library, error));
        }
        let State { libraries, memory, .. } = &*state;
        let loaded = &libraries[library];
        let Some(existing) = loaded.existing.get(&collection.to_lowercase()).and_then(Option::as_ref) else {
            return Ok(None);
        };
        Ok(Some(Existing {
            members: existing.members.iter().map(|item| loaded.member(item)).collect(),
            details: desired::details(loaded, &existing.collection),
            created_manually: !loaded.library.is_managed(existing, memory),
            target_compares: true,
        }))
    }

    async fn write(
        &self,
        library: &str,
        collection: &str,
        members: &[i64],
        details: &Details,
    ) -> Result<Written, TargetError> {
        let mut state = self.state.lock().await;
        state.loaded(library)?;
        let State { libraries, memory, .. } = &mut *state;
        let Some(loaded) = libraries.get_mut(library) else {
            return Err(TargetError::Unavailable(library.to_owned()));
        };
        let keys: Vec<u64> = members.iter().filter_map(|key| u64::try_from(*key).ok()).collect();
        let mut details = details.clone();
        details.kometa_label |= self.kometa_label;
        let build =
            Build { loaded, memory, folder: &self.folder, collection, keys: &keys, details: &details };
        match build.run().await {
            Ok(BuildOutcome::Done(written)) => Ok(written),
            Ok(BuildOutcome::Rejected(reason)) => Err(rejected(reason)),
            Err(error) => Err(state.failed(library, error)),
        }
    }

    async fn delete(&self, library: &str, collection: &str, scope: DeleteScope) -> Result<(), TargetError> {
        let mut state = self.state.lock().await;
        let loaded = state.loaded(library)?;
        let deleted = match scope {
            DeleteScope::Managed => loaded.library.delete(collection).await,
            DeleteScope::Any => loaded.library.delete_any(collection).await,
        };
        loaded.existing.remove(&collection.to_lowercase());
        match deleted {
            Ok(Outcome::ManuallyCreated) => {
                Err(rejected(format!("{collection}: it was created manually, so it is not deleted")))
            }
            Ok(_) => Ok(()),
            Err(error) => Err(state.failed(library, error)),
        }
    }

    async fn labelled(&self, library: &str, label: &str) -> Result<Vec<Labelled>, TargetError> {
        let mut state = self.state.lock().await;
        // The error that made the library unavailable has already been reported.
        let Ok(loaded) = state.loaded(library) else { return Ok(Vec::new()) };
        let section = loaded.library.section();
        match loaded.library.client().collections_with_label(section, label).await {
            Ok(found) => Ok(found
                .into_iter()
                .map(|collection| Labelled { name: collection.title, members: collection.count })
                .collect()),
            Err(error) => Err(state.failed(library, error)),
        }
    }

    async fn finish(&self, library: &str, hubs: Option<&HubOrder>) -> Result<Vec<String>, TargetError> {
        let mut state = self.state.lock().await;
        let Ok(loaded) = state.loaded(library) else { return Ok(Vec::new()) };
        let mut done = std::mem::take(&mut loaded.notes);
        match loaded.order_hubs(hubs).await {
            Ok(0) => {}
            Ok(1) => done.push("1 row moved".into()),
            Ok(moved) => done.push(format!("{moved} rows moved")),
            Err(error) => return Err(state.failed(library, error)),
        }
        Ok(done)
    }

    async fn playlist(&self, name: &str) -> Result<Option<Existing>, TargetError> {
        self.read_playlist(name).await
    }

    async fn write_playlist(
        &self,
        name: &str,
        members: &[i64],
        details: &Details,
    ) -> Result<Written, TargetError> {
        self.change_playlist(name, members, details).await
    }

    async fn delete_playlist(&self, name: &str) -> Result<(), TargetError> {
        self.drop_playlist(name).await
    }
}

impl PlexTarget {
    /// An item of any library, in the form that plans use.
    pub(crate) fn member_of(state: &State, key: u64) -> Option<collections::plan::Member> {
        state.libraries.values().find_map(|loaded| loaded.members.get(&key).cloned())
    }
}

/// Reads a library. Seasons and episodes are read only at the requested levels.
async fn read(client: &Client, name: &str, levels: &[Level]) -> plex::Result<(LoadedLibrary, Contents)> {
    let library = Library::load(client, name).await?;
    let kind = library.section().kind.unwrap_or(Kind::Movie);
    let mut parts = Vec::new();
    if kind == Kind::Show {
        for (level, part) in [(Level::Seasons, Kind::Season), (Level::Episodes, Kind::Episode)] {
            if levels.contains(&level) {
                parts.extend(library.parts(part).await?);
            }
        }
    }
    let contents = contents::contents(kind, library.items(), &parts);
    let mut loaded = LoadedLibrary::new(library);
    loaded.kinds = loaded.library.items().iter().chain(&parts).map(|item| (item.key, item.kind)).collect();
    let known = contents.items().iter().filter_map(|item| Some((u64::try_from(item.key).ok()?, item.into())));
    loaded.members = known.collect();
    Ok((loaded, contents))
}
