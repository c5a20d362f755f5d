//! The target.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use async_trait::async_trait;
use collections::library::{Level, Library as View};
use collections::options::Details;
use collections::plan::Existing;
use collections::target::{Target, TargetError, Written};
use kometa::spec::Media;
use plex::Client;
use plex::models::Kind;
use plex::target::{Desired, Library, Members, Memory, Outcome, Report};
use tokio::sync::Mutex;

use crate::servers::Setup;
use crate::shelf::Shelf;
use crate::{desired, labels, view, words};

/// Collections on Plex.
#[derive(Debug)]
pub struct PlexTarget {
    /// The server of each library, by the library's real name.
    libraries: HashMap<String, Client>,
    /// The server of playlists.
    pub(crate) root: Option<Client>,
    pub(crate) dry_run: bool,
    folder: PathBuf,
    kometa_label: bool,
    pub(crate) state: Mutex<State>,
}

/// What a run has read and done so far.
#[derive(Debug)]
pub(crate) struct State {
    shelves: HashMap<String, Shelf>,
    /// Libraries whose server went away.
    ended: HashSet<String>,
    pub(crate) memory: Memory,
}

/// Something that cannot be done, and why.
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
        setup: Setup,
    ) -> Self {
        let state = State { shelves: HashMap::new(), ended: HashSet::new(), memory };
        Self {
            libraries,
            root,
            dry_run: setup.dry_run,
            folder: setup.folder,
            kometa_label: setup.kometa_label,
            state: Mutex::new(state),
        }
    }

    /// Whether config.yml names a server for any of its libraries.
    pub fn is_empty(&self) -> bool {
        self.libraries.is_empty()
    }

    /// Whether a library is on Plex.
    pub fn has(&self, library: &str) -> bool {
        self.libraries.contains_key(library)
    }
}

impl State {
    /// A library that was read and whose server is still there.
    fn shelf(&mut self, library: &str) -> Result<&mut Shelf, TargetError> {
        if self.ended.contains(library) {
            return Err(TargetError::Unavailable(library.to_owned()));
        }
        self.shelves.get_mut(library).ok_or_else(|| TargetError::Unavailable(library.to_owned()))
    }

    /// What an error means for a library: what every other call would meet, too, ends it.
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
            Err(error) => Err(state.failed(name, error)),
        }
    }

    /// A server that does not answer now is told when its libraries are read.
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

    async fn delete(&self, library: &str, collection: &str) -> Result<(), TargetError> {
        let mut state = self.state.lock().await;
        let shelf = state.shelf(library)?;
        let deleted = shelf.library.delete(collection).await;
        shelf.existing.remove(&collection.to_lowercase());
        match deleted {
            Ok(Outcome::HandMade) => {
                Err(refused(format!("{collection}: somebody made it by hand, so it is not deleted")))
            }
            Ok(_) => Ok(()),
            Err(error) => Err(state.failed(library, error)),
        }
    }

    async fn finish(&self, library: &str) -> Result<Vec<String>, TargetError> {
        let mut state = self.state.lock().await;
        // What ended it was told.
        let Ok(shelf) = state.shelf(library) else { return Ok(Vec::new()) };
        let mut done = std::mem::take(&mut shelf.notes);
        if !shelf.rows.is_empty() {
            let rows = std::mem::take(&mut shelf.rows);
            match shelf.library.order_rows(&rows).await {
                Ok(0) => {}
                Ok(moved) => done.push(format!("{moved} rows moved for hub_priority")),
                Err(error) => return Err(state.failed(library, error)),
            }
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
    /// An item of any library, as plans see members.
    pub(crate) fn member_of(state: &State, key: u64) -> Option<collections::plan::Member> {
        state.shelves.values().find_map(|shelf| shelf.members.get(&key).cloned())
    }
}

/// Reads a library. Seasons and episodes are read only where something holds them.
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

/// One collection on its way to what it should be.
struct Build<'a> {
    shelf: &'a mut Shelf,
    memory: &'a mut Memory,
    folder: &'a PathBuf,
    collection: &'a str,
    keys: &'a [u64],
    details: &'a Details,
}

/// What became of it.
enum Built {
    Done(Written),
    Refused(String),
}

impl Build<'_> {
    async fn run(self) -> plex::Result<Built> {
        let name = self.collection;
        let existing = self.shelf.take(name).await?;
        if self.keys.is_empty() && !self.details.blank && self.details.smart_label.is_none() {
            return self.emptied(existing.is_some()).await;
        }
        let section = self.shelf.library.section().kind.unwrap_or(Kind::Movie);
        let held = existing.as_ref().and_then(|existing| existing.collection.kind);
        let first = self.keys.first().and_then(|key| self.shelf.kinds.get(key)).copied();
        let kind = first.or(held).unwrap_or(section);
        let mut more = Vec::new();
        let before: Vec<u64> =
            existing.iter().flat_map(|existing| &existing.members).map(|item| item.key).collect();
        let members = match &self.details.smart_label {
            None => Members::Listed(self.keys.to_vec()),
            Some(smart) => {
                let fresh: Vec<u64> = self.keys.iter().copied().filter(|key| !before.contains(key)).collect();
                labels::put(&self.shelf.library, kind, &fresh, name).await?;
                more.extend((!fresh.is_empty()).then(|| format!("{} labelled", fresh.len())));
                let library = &self.shelf.library;
                let key = library.client().label_key(library.section(), kind, name).await?;
                // In a dry run nothing may carry the label yet.
                let filter = format!("label={}", key.unwrap_or_default());
                let sort = desired::smart_sort(smart).map(|sort| format!("&{sort}")).unwrap_or_default();
                Members::Smart(filter + &sort)
            }
        };
        let (shelf, folder) = (self.shelf, self.folder);
        let wanted = desired::desired(shelf, folder, name, existing.as_ref(), members, kind, self.details);
        let report = shelf.library.apply_to(existing, &wanted, self.memory).await?;
        if let Some(why) = stopped(&report, &wanted) {
            return Ok(Built::Refused(why));
        }
        if self.details.smart_label.is_some() {
            let gone: Vec<u64> = before.iter().copied().filter(|key| !self.keys.contains(key)).collect();
            labels::take(&shelf.library, kind, &gone, name).await?;
            more.extend((!gone.is_empty()).then(|| format!("{} no longer labelled", gone.len())));
        }
        more.extend(labels::items(&shelf.library, kind, self.keys, &self.details.item_labels).await?);
        shelf.rows.extend(report.key.zip(self.details.hub_priority));
        Ok(Built::Done(match more.is_empty() || self.details.smart_label.is_none() {
            true => words::written(&report, more),
            false => Written::Members(match words::written(&report, more) {
                Written::Details(words) | Written::Members(words) => words,
                Written::AsPlanned | Written::Unchanged => Vec::new(),
            }),
        }))
    }

    /// Nothing belongs in it any more, and whoever had to agree has agreed. Plex drops a collection whose last member
    /// goes, so it is deleted.
    async fn emptied(self, exists: bool) -> plex::Result<Built> {
        if !exists {
            return Ok(Built::Done(Written::Unchanged));
        }
        Ok(match self.shelf.library.delete(self.collection).await? {
            Outcome::HandMade => {
                Built::Refused("nothing belongs in it any more; somebody made it by hand, so it stays".into())
            }
            _ => Built::Done(Written::Members(vec!["deleted: nothing belongs in it any more".into()])),
        })
    }
}

/// Why nothing was done.
fn stopped(report: &Report, wanted: &Desired) -> Option<String> {
    match report.outcome {
        Outcome::HandMade => Some("somebody made a collection of this name by hand".into()),
        Outcome::OtherKind if matches!(wanted.members, Members::Smart(_)) => {
            Some("Plex has a collection of this name that is not smart: delete it there first".into())
        }
        Outcome::OtherKind => Some("Plex has a smart collection of this name: delete it there first".into()),
        Outcome::Empty | Outcome::Unchanged | Outcome::Created | Outcome::Modified => None,
    }
}
