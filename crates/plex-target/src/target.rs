//! The target.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use async_trait::async_trait;
use collections::library::{Level, Library as View};
use collections::options::Details;
use collections::plan::Existing;
use collections::target::{Labelled, Rows, Target, TargetError, Whose, Written};
use kometa::spec::Media;
use plex::Client;
use plex::models::Kind;
use plex::target::{Library, Memory, Outcome};
use tokio::sync::Mutex;

use crate::build::{Build, Built};
use crate::shelf::Shelf;
use crate::{desired, view};

/// Collections on Plex.
#[derive(Debug)]
pub struct PlexTarget {
    /// The server of each library, by the library's real name.
    pub(crate) libraries: HashMap<String, Client>,
    /// The server of playlists.
    pub(crate) root: Option<Client>,
    pub(crate) dry_run: bool,
    folder: PathBuf,
    kometa_label: bool,
    pub(crate) state: Mutex<State>,
}

/// The state of the run.
#[derive(Debug)]
pub(crate) struct State {
    shelves: HashMap<String, Shelf>,
    /// Libraries whose server became unavailable.
    ended: HashSet<String>,
    pub(crate) memory: Memory,
}

/// An unsupported action, with the reason.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Refused(pub(crate) String);

pub(crate) fn refused(why: impl Into<String>) -> TargetError {
    TargetError::Other(Box::new(Refused(why.into())))
}

impl PlexTarget {
    pub(crate) fn new(
        libraries: HashMap<String, Client>,
        root: Option<Client>,
        memory: Memory,
        (dry_run, kometa_label): (bool, bool),
        folder: PathBuf,
    ) -> Self {
        let state = State { shelves: HashMap::new(), ended: HashSet::new(), memory };
        Self { libraries, root, dry_run, folder, kometa_label, state: Mutex::new(state) }
    }

    /// Whether config.yml has a server for any of its libraries.
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
    fn shelf(&mut self, library: &str) -> Result<&mut Shelf, TargetError> {
        if self.ended.contains(library) {
            return Err(TargetError::Unavailable(library.to_owned()));
        }
        self.shelves.get_mut(library).ok_or_else(|| TargetError::Unavailable(library.to_owned()))
    }

    /// What an error means for a library: one that would affect every other call ends it.
    fn failed(&mut self, library: &str, error: plex::Error) -> TargetError {
        if !error.ends_library() {
            return TargetError::Other(Box::new(error));
        }
        self.ended.insert(library.to_owned());
        TargetError::Ended { library: library.to_owned(), reason: error.to_string() }
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

    async fn library(&self, name: &str, levels: &[Level]) -> Result<Option<View>, TargetError> {
        let Some(client) = self.libraries.get(name) else { return Ok(None) };
        let mut state = self.state.lock().await;
        match read(client, name, levels).await {
            Ok((shelf, view)) => {
                state.shelves.insert(name.to_owned(), shelf);
                Ok(Some(view))
            }
            Err(error) => Err(match state.failed(name, error) {
                TargetError::Ended { library, reason } => TargetError::Unread { library, reason },
                other => other,
            }),
        }
    }

    /// A server that does not respond now is reported when its libraries are read.
    async fn held(&self) -> Result<Vec<(String, Media)>, TargetError> {
        let mut held = Vec::new();
        let mut asked: HashMap<String, Vec<(String, Media)>> = HashMap::new();
        for (name, client) in &self.libraries {
            let server = client.server_address().to_owned();
            if !asked.contains_key(&server) {
                let sections = client.sections().await.unwrap_or_default();
                let kinds = sections.into_iter().filter_map(|one| Some((one.title, view::media(one.kind?))));
                asked.insert(server.clone(), kinds.collect());
            }
            held.extend(asked[&server].iter().filter(|(title, _)| title == name).cloned());
        }
        Ok(held)
    }

    async fn existing(&self, library: &str, collection: &str) -> Result<Option<Existing>, TargetError> {
        let mut state = self.state.lock().await;
        let shelf = state.shelf(library)?;
        if let Err(error) = shelf.existing(collection).await {
            return Err(state.failed(library, error));
        }
        let State { shelves, memory, .. } = &*state;
        let shelf = &shelves[library];
        let Some(existing) = shelf.existing.get(&collection.to_lowercase()).and_then(Option::as_ref) else {
            return Ok(None);
        };
        Ok(Some(Existing {
            members: existing.members.iter().map(|item| shelf.member(item)).collect(),
            details: desired::details(shelf, &existing.collection),
            by_hand: !shelf.library.is_ours(existing, memory),
            compares: true,
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
        state.shelf(library)?;
        let State { shelves, memory, .. } = &mut *state;
        let Some(shelf) = shelves.get_mut(library) else {
            return Err(TargetError::Unavailable(library.to_owned()));
        };
        let keys: Vec<u64> = members.iter().filter_map(|key| u64::try_from(*key).ok()).collect();
        let mut details = details.clone();
        details.kometa_label |= self.kometa_label;
        let built = Build { shelf, memory, folder: &self.folder, collection, keys: &keys, details: &details };
        match built.run().await {
            Ok(Built::Done(written)) => Ok(written),
            Ok(Built::Refused(why)) => Err(refused(why)),
            Err(error) => Err(state.failed(library, error)),
        }
    }

    async fn delete(&self, library: &str, collection: &str, whose: Whose) -> Result<(), TargetError> {
        let mut state = self.state.lock().await;
        let shelf = state.shelf(library)?;
        let deleted = match whose {
            Whose::Ours => shelf.library.delete(collection).await,
            Whose::Anybodys => shelf.library.delete_anybodys(collection).await,
        };
        shelf.existing.remove(&collection.to_lowercase());
        match deleted {
            Ok(Outcome::HandMade) => {
                Err(refused(format!("{collection}: it was created manually, so it is not deleted")))
            }
            Ok(_) => Ok(()),
            Err(error) => Err(state.failed(library, error)),
        }
    }

    async fn labelled(&self, library: &str, label: &str) -> Result<Vec<Labelled>, TargetError> {
        let mut state = self.state.lock().await;
        // What ended it was told.
        let Ok(shelf) = state.shelf(library) else { return Ok(Vec::new()) };
        let section = shelf.library.section();
        match shelf.library.client().collections_labelled(section, label).await {
            Ok(found) => {
                Ok(found.into_iter().map(|one| Labelled { name: one.title, members: one.count }).collect())
            }
            Err(error) => Err(state.failed(library, error)),
        }
    }

    async fn finish(&self, library: &str, rows: Option<&Rows>) -> Result<Vec<String>, TargetError> {
        let mut state = self.state.lock().await;
        let Ok(shelf) = state.shelf(library) else { return Ok(Vec::new()) };
        let mut done = std::mem::take(&mut shelf.notes);
        match shelf.order_rows(rows).await {
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
    /// An item of any library, as a member in plans.
    pub(crate) fn member_of(state: &State, key: u64) -> Option<collections::plan::Member> {
        state.shelves.values().find_map(|shelf| shelf.members.get(&key).cloned())
    }
}

/// Reads a library. Seasons and episodes are read only if something contains them.
async fn read(client: &Client, name: &str, levels: &[Level]) -> plex::Result<(Shelf, View)> {
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
    let view = view::view(kind, library.items(), &parts);
    let mut shelf = Shelf::new(library);
    shelf.kinds = shelf.library.items().iter().chain(&parts).map(|item| (item.key, item.kind)).collect();
    let known = view.items().iter().filter_map(|item| Some((u64::try_from(item.key).ok()?, item.into())));
    shelf.members = known.collect();
    Ok((shelf, view))
}
