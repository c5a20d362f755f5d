//! All titles in memory, without long texts, for lists, rows and search.
//!
//! Filtering, sorting and searching in memory behave the same on SQLite and PostgreSQL (case, diacritics, nulls)
//! and cost microseconds. Overviews and files stay in the database and are read for one title at a time.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use db::ids::{FileId, LibraryId, TitleId};
use db::kinds::FileState;
use db::titles::{CatalogueFile, CatalogueTitle};

use super::entry::{Entry, FileFacts, Frame, Interner};
use super::tracks::resolution;
use db::kinds::TitleKind;

/// Every title at one revision of the library.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// The revision it was read at.
    pub revision: u64,
    entries: HashMap<TitleId, Entry>,
    /// Movies with files, by name.
    pub movies: Vec<TitleId>,
    /// Shows with files, by name.
    pub shows: Vec<TitleId>,
    /// Episodes with files, in no particular order.
    pub episodes: Vec<TitleId>,
    seasons_of: HashMap<TitleId, Vec<TitleId>>,
    episodes_of: HashMap<TitleId, Vec<TitleId>>,
    /// Names of the libraries.
    pub libraries: HashMap<LibraryId, String>,
}

/// Builds a snapshot from pages of rows, so that no more than one page of them is in memory.
pub struct Builder {
    snapshot: Snapshot,
    interner: Interner,
    /// Libraries whose files count as not present.
    unavailable: HashSet<LibraryId>,
}

impl Builder {
    /// An empty snapshot at this revision. Files of unavailable libraries count as not present.
    pub fn new(
        revision: u64,
        libraries: HashMap<LibraryId, String>,
        unavailable: HashSet<LibraryId>,
    ) -> Self {
        let snapshot = Snapshot { revision, libraries, ..Snapshot::default() };
        Self { snapshot, interner: Interner::default(), unavailable }
    }

    /// Adds titles with all their files.
    pub fn add(&mut self, titles: Vec<CatalogueTitle>, files: Vec<CatalogueFile>) {
        let sources = frame_sources(&files, &self.unavailable);
        let mut facts = file_facts(files, &self.unavailable, &mut self.interner);
        for row in titles {
            let files = facts.remove(&row.id).unwrap_or_default();
            let mut entry = Entry::new(row, files, &mut self.interner);
            if let Some((file_id, fingerprint)) = sources.get(&entry.id) {
                entry.use_frame(Frame::of(*file_id, fingerprint));
            }
            self.snapshot.entries.insert(entry.id, entry);
        }
    }

    /// Links shows and seasons with their episodes, and sorts the lists.
    pub fn finish(mut self) -> Snapshot {
        self.snapshot.link();
        self.snapshot
    }
}

impl Snapshot {
    /// The title with this id.
    pub fn get(&self, id: TitleId) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// The versions of all frames that are used instead of artwork.
    pub fn frames(&self) -> impl Iterator<Item = &str> {
        self.entries.values().filter_map(|entry| entry.frame.as_ref()).map(|frame| &*frame.version)
    }

    /// Seasons of a show by number; the specials come last.
    pub fn seasons(&self, show_id: TitleId) -> impl Iterator<Item = &Entry> {
        self.seasons_of.get(&show_id).into_iter().flatten().filter_map(|id| self.get(*id))
    }

    /// Episodes of a show by season and number; the specials come last.
    pub fn episodes(&self, show_id: TitleId) -> impl DoubleEndedIterator<Item = &Entry> {
        self.episodes_of.get(&show_id).into_iter().flatten().filter_map(|id| self.get(*id))
    }

    /// Fills in the children of titles, the lists, and what shows and seasons inherit from their episodes.
    fn link(&mut self) {
        for entry in self.entries.values() {
            match (entry.kind, entry.show_id) {
                (TitleKind::Season, Some(show)) => self.seasons_of.entry(show).or_default().push(entry.id),
                (TitleKind::Episode, Some(show)) => {
                    self.episodes_of.entry(show).or_default().push(entry.id);
                }
                _ => {}
            }
        }
        let entries = &self.entries;
        let number = |id: &TitleId| {
            entries.get(id).map(|entry| {
                let season = entry.season_number.unwrap_or(i32::MAX);
                (if season == 0 { i32::MAX } else { season }, entry.episode_number, entry.id)
            })
        };
        for children in self.seasons_of.values_mut().chain(self.episodes_of.values_mut()) {
            children.sort_by_key(number);
        }
        self.inherit();
        self.inherit_frames();
        self.fill_lists();
    }

    /// A show without a backdrop gets the frame of its first episode that has one.
    fn inherit_frames(&mut self) {
        let bare =
            self.entries.values().filter(|entry| entry.kind == TitleKind::Show && entry.backdrop.is_none());
        let first = |show: &Entry| {
            let frame = self.episodes(show.id).find_map(|episode| episode.frame.clone());
            frame.map(|frame| (show.id, frame))
        };
        let found: Vec<_> = bare.filter_map(first).collect();
        for (id, frame) in found {
            if let Some(show) = self.entries.get_mut(&id) {
                show.use_frame(frame);
            }
        }
    }

    /// Shows and seasons get the file facts of their episodes.
    fn inherit(&mut self) {
        let mut parents: HashMap<TitleId, (FileFacts, Option<DateTime<Utc>>)> = HashMap::new();
        for entry in self.entries.values().filter(|entry| entry.kind == TitleKind::Episode) {
            if entry.files.versions == 0 {
                continue;
            }
            for parent in [entry.season_id, entry.show_id].into_iter().flatten() {
                let (facts, added_at) = parents.entry(parent).or_default();
                facts.absorb(&entry.files);
                *added_at = (*added_at).max(Some(entry.added_at));
            }
        }
        for (id, (facts, added_at)) in parents {
            if let Some(entry) = self.entries.get_mut(&id) {
                entry.files = facts;
                entry.added_at = added_at.unwrap_or(entry.added_at);
            }
        }
    }

    fn fill_lists(&mut self) {
        for entry in self.entries.values().filter(|entry| entry.files.versions > 0) {
            match entry.kind {
                TitleKind::Movie => self.movies.push(entry.id),
                TitleKind::Show => self.shows.push(entry.id),
                TitleKind::Episode => self.episodes.push(entry.id),
                TitleKind::Season => {}
            }
        }
        let entries = &self.entries;
        for list in [&mut self.movies, &mut self.shows] {
            list.sort_by(|a, b| entries[a].name_order().cmp(&entries[b].name_order()));
        }
    }
}

/// The file of each title from which a frame can be taken: one that is present and whose video track is known.
fn frame_sources(
    files: &[CatalogueFile],
    unavailable: &HashSet<LibraryId>,
) -> HashMap<TitleId, (FileId, String)> {
    let mut sources: HashMap<TitleId, (FileId, String)> = HashMap::new();
    for file in files {
        let is_present = file.state == FileState::Present && !unavailable.contains(&file.library_id);
        let Some(fingerprint) = file.fingerprint.as_ref().filter(|_| is_present && file.width.is_some())
        else {
            continue;
        };
        let known = sources.get(&file.title_id);
        if file.part.is_none_or(|part| part <= 1) && known.is_none_or(|(id, _)| file.id < *id) {
            sources.insert(file.title_id, (file.id, fingerprint.clone()));
        }
    }
    sources
}

fn file_facts(
    files: Vec<CatalogueFile>,
    unavailable: &HashSet<LibraryId>,
    interner: &mut Interner,
) -> HashMap<TitleId, FileFacts> {
    let mut facts: HashMap<TitleId, FileFacts> = HashMap::new();
    for file in files {
        let one = FileFacts {
            versions: i64::from(file.part.is_none_or(|part| part <= 1)),
            present: file.state == FileState::Present && !unavailable.contains(&file.library_id),
            resolution: file.width.zip(file.height).and_then(|(width, height)| resolution(width, height)),
            hdr: file.hdr.as_deref().map(|hdr| interner.intern(hdr)),
            libraries: BTreeSet::from([file.library_id]),
        };
        facts.entry(file.title_id).or_default().absorb(&one);
    }
    facts
}
