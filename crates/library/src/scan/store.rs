//! Writes the rows for scanned files: groups, titles, files and the links between them.
//!
//! A [`Store`] is used for one scan. It caches rows, so that ten thousand files need a few hundred statements.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use db::kinds::{GroupKind, MatchState, TitleKind};
use db::rows::{FileTitle, Library, MatchGroup, MediaFile, Title};
use db::{
    Db, Tx,
    ids::{FileId, LibraryId, MatchGroupId, TitleId},
};
use media::names::ParsedName;

use super::file_row;
use super::listing::Listing;
use super::pictures;
use super::scanned_file::{ScannedFile, Task};
use crate::numbering::{ShowIndex, episode_refs};
use crate::rows::work_row;

/// The rows of a library that a scan has read or written.
pub(super) struct Store {
    library_id: LibraryId,
    group_kind: GroupKind,
    pub(super) title_kind: TitleKind,
    /// Groups by key.
    groups: HashMap<String, MatchGroup>,
    pub(super) shows: HashMap<TitleId, ShowIndex>,
    /// The first scan uses a file's modification time as the time at which it was added, later scans the
    /// current time.
    first_scan: bool,
}

impl Store {
    /// Reads the groups of the library.
    pub(super) async fn open(db: &Db, library: &Library) -> db::Result<Self> {
        let groups = db::matches::of_library(db, library.id).await?;
        let (group_kind, title_kind) = match library.kind {
            db::kinds::LibraryKind::Movies => (GroupKind::Movie, TitleKind::Movie),
            db::kinds::LibraryKind::Shows => (GroupKind::Show, TitleKind::Show),
        };
        Ok(Self {
            library_id: library.id,
            group_kind,
            title_kind,
            groups: groups.into_iter().map(|group| (group.key.clone(), group)).collect(),
            shows: HashMap::new(),
            first_scan: library.last_scanned_at.is_none(),
        })
    }

    /// Writes files in one transaction.
    pub(super) async fn write(
        &mut self,
        tx: &Tx,
        listing: &Listing,
        scanned: Vec<ScannedFile>,
        now: DateTime<Utc>,
    ) -> db::Result<()> {
        self.follow_renames(tx, &scanned).await?;
        self.make_works(tx, &scanned, now).await?;
        self.make_episodes(tx, &scanned, now).await?;
        let files = self.write_files(tx, listing, &scanned, now).await?;
        self.write_links(tx, &scanned, &files).await?;
        self.describe(tx, &scanned, now).await
    }

    pub(super) fn group_of(&self, file: &ScannedFile) -> Option<&MatchGroup> {
        self.groups.get(&file.work()?.key())
    }

    /// If all files of a group are renamed to the same name, and no group has that name, the group is renamed
    /// and keeps its title, plays and the user's decision. An automatic match is repeated with the new name.
    async fn follow_renames(&mut self, tx: &Tx, scanned: &[ScannedFile]) -> db::Result<()> {
        let mut moves: HashMap<MatchGroupId, Vec<(FileId, &ScannedFile)>> = HashMap::new();
        for file in scanned {
            let (Task::Move(id) | Task::Rename(id), Some(work)) = (file.task, file.work()) else { continue };
            if self.groups.contains_key(&work.key()) {
                continue;
            }
            let row = db::files::find(tx, id).await?;
            if let Some(group) = row.and_then(|row| row.match_group_id) {
                moves.entry(group).or_default().push((id, file));
            }
        }
        for (group_id, moved) in moves {
            let Some(work) = moved[0].1.work() else { continue };
            let key = work.key();
            let same_name =
                moved.iter().all(|(_, file)| file.work().map(|work| work.key()) == Some(key.clone()));
            let moved_ids: HashSet<FileId> = moved.iter().map(|(id, _)| *id).collect();
            let files = db::files::of_group(tx, group_id).await?;
            let all_moved = files.iter().all(|file| moved_ids.contains(&file.id));
            let old = self.groups.values().find(|group| group.id == group_id).cloned();
            let Some(mut group) = old.filter(|_| same_name && all_moved) else { continue };
            self.groups.remove(&group.key);
            group.key.clone_from(&key);
            group.parsed_title.clone_from(&work.title);
            group.parsed_year = work.year.map(i32::from);
            if !matches!(group.state, MatchState::Manual | MatchState::Ignored) {
                group.state = MatchState::Pending;
            }
            self.rename_local_title(tx, &group, moved[0].1).await?;
            let group = db::matches::update(tx, group).await?;
            self.groups.insert(key, group);
        }
        Ok(())
    }

    /// Renames a title that is named after its files.
    async fn rename_local_title(&self, tx: &Tx, group: &MatchGroup, file: &ScannedFile) -> db::Result<()> {
        let (Some(title_id), Some(work)) = (group.title_id, file.work()) else { return Ok(()) };
        let Some(title) = db::titles::find(tx, title_id).await? else { return Ok(()) };
        if title.source != db::kinds::TitleSource::Names {
            return Ok(());
        }
        let named = work_row(title.kind, work, file.work_nfo(), title.created_at.0);
        let title = Title {
            name: named.name,
            sort_name: named.sort_name,
            year: named.year,
            imdb_id: named.imdb_id,
            tmdb_id: named.tmdb_id,
            tvdb_id: named.tvdb_id,
            ..title
        };
        db::titles::update(tx, title).await?;
        Ok(())
    }

    /// Creates missing groups with their movies and shows.
    async fn make_works(&mut self, tx: &Tx, scanned: &[ScannedFile], now: DateTime<Utc>) -> db::Result<()> {
        let mut new: Vec<(String, &ScannedFile)> = Vec::new();
        let mut seen = HashSet::new();
        for file in scanned {
            let Some(key) = file.work().map(|work| work.key()) else { continue };
            let complete = self
                .groups
                .get(&key)
                .is_some_and(|group| group.title_id.is_some() || group.state == MatchState::Ignored);
            if !complete && seen.insert(key.clone()) {
                new.push((key, file));
            }
        }
        let titles = new
            .iter()
            .filter_map(|(_, file)| {
                let mut row = work_row(self.title_kind, file.work()?, file.work_nfo(), now);
                pictures::set_work(&mut row, file.work_pictures());
                Some(row)
            })
            .collect();
        let titles = db::titles::insert_many(tx, titles).await?;
        let mut groups = Vec::new();
        for ((key, file), title) in new.iter().zip(titles) {
            if self.title_kind == TitleKind::Show {
                self.shows.insert(title.id, ShowIndex::of(&title));
            }
            match self.groups.get_mut(key) {
                Some(group) => {
                    group.title_id = Some(title.id);
                    *group = db::matches::update(tx, group.clone()).await?;
                }
                None => groups.extend(self.group_row(key, file, title.id, now)),
            }
        }
        for group in db::matches::insert_many(tx, groups).await? {
            self.groups.insert(group.key.clone(), group);
        }
        Ok(())
    }

    fn group_row(
        &self,
        key: &str,
        file: &ScannedFile,
        title_id: TitleId,
        now: DateTime<Utc>,
    ) -> Option<MatchGroup> {
        let work = file.work()?;
        Some(MatchGroup {
            id: MatchGroupId::NEW,
            library_id: self.library_id,
            key: key.to_owned(),
            kind: self.group_kind,
            parsed_title: work.title.clone(),
            parsed_year: work.year.map(i32::from),
            state: MatchState::Pending,
            title_id: Some(title_id),
            candidates: db::Json::Array(Vec::new()),
            created_at: now.into(),
            decided_at: None,
        })
    }

    /// Writes the rows of the files and returns their ids in the same order.
    async fn write_files(
        &self,
        tx: &Tx,
        listing: &Listing,
        scanned: &[ScannedFile],
        now: DateTime<Utc>,
    ) -> db::Result<Vec<FileId>> {
        let mut ids = vec![FileId::NEW; scanned.len()];
        let mut new_rows: Vec<(usize, MediaFile)> = Vec::new();
        for (position, file) in scanned.iter().enumerate() {
            let group_id = self.group_of(file).map(|group| group.id);
            match file.task.row() {
                None => {
                    let row = file_row::new(self.library_id, listing, file, group_id, self.first_scan, now);
                    new_rows.push((position, row));
                }
                Some(id) => {
                    ids[position] = id;
                    if let Some(mut row) = db::files::find(tx, id).await? {
                        file_row::update(&mut row, listing, file, group_id, now);
                        db::files::update(tx, row).await?;
                    }
                }
            }
        }
        let (positions, rows): (Vec<usize>, Vec<MediaFile>) = new_rows.into_iter().unzip();
        for (position, row) in positions.into_iter().zip(db::files::insert_many(tx, rows).await?) {
            ids[position] = row.id;
        }
        Ok(ids)
    }

    async fn write_links(&self, tx: &Tx, scanned: &[ScannedFile], files: &[FileId]) -> db::Result<()> {
        let renamed: Vec<FileId> = scanned
            .iter()
            .zip(files)
            .filter(|(file, _)| file.task.may_change_titles())
            .map(|(_, id)| *id)
            .collect();
        db::files::unlink(tx, &renamed).await?;
        let mut links = Vec::new();
        let mut with_new_files = HashSet::new();
        for (file, &file_id) in scanned.iter().zip(files) {
            let titles = self.titles_in(file);
            if file.task == Task::Add {
                with_new_files.extend(titles.iter().copied());
            }
            links.extend(titles.into_iter().zip(0..).map(|(title_id, ordinal)| FileTitle {
                file_id,
                title_id,
                ordinal,
            }));
        }
        db::files::link(tx, links).await?;
        let with_new_files: Vec<TitleId> = with_new_files.into_iter().collect();
        db::titles::set_added(tx, &with_new_files).await
    }

    /// The movie or episodes in a file; none if the file's group is ignored.
    pub(super) fn titles_in(&self, file: &ScannedFile) -> Vec<TitleId> {
        let Some(group) = self.group_of(file).filter(|group| group.state != MatchState::Ignored) else {
            return Vec::new();
        };
        let Some(title) = group.title_id else { return Vec::new() };
        match &file.name {
            ParsedName::Episode(name) => {
                let index = self.shows.get(&title);
                let mut ids: Vec<TitleId> =
                    episode_refs(&name.numbering).iter().filter_map(|episode| index?.find(episode)).collect();
                ids.dedup();
                ids
            }
            _ => vec![title],
        }
    }
}
