//! Merges titles and relinks files to titles.
//!
//! Plays and resume points belong to the movie or episode that was watched. When two titles turn out to be
//! the same, or a file turns out to contain another title, they are moved to the correct title.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use db::Tx;
use db::ids::{FileId, TitleId, UserId};
use db::kinds::{MatchState, TitleKind, TitleSource};
use db::rows::{FileTitle, MatchGroup, MediaFile, Title};
use media::names::{EpisodeName, ParsedName};
use sync::outbox::retitle_play;

use super::numbering::{EpisodeRef, ShowIndex, episode_refs};
use super::rows::{episode_row, season_row};
use catalogue::tracks::Parsed;

/// Replaces `from` by `into` everywhere, including seasons and episodes, and deletes `from`.
pub async fn merge(tx: &Tx, from: &Title, into: &Title) -> db::Result<()> {
    if from.id == into.id {
        return Ok(());
    }
    if from.kind == TitleKind::Show {
        merge_episodes(tx, from.id, into).await?;
    }
    db::titles::merge(tx, from.id, into.id).await
}

async fn merge_episodes(tx: &Tx, from: TitleId, target: &Title) -> db::Result<()> {
    let mut index = ShowIndex::of(target);
    let into = target.id;
    index.extend(&db::titles::of_show(tx, into).await?);
    let source = db::titles::of_show(tx, from).await?;
    for season in source.iter().filter(|row| row.kind == TitleKind::Season) {
        let Some(number) = season.season_number else { continue };
        if !index.seasons.contains_key(&number) {
            let moved = Title { parent_id: Some(into), show_id: Some(into), ..season.clone() };
            index.extend([&db::titles::update(tx, moved).await?]);
        }
    }
    for episode in source.iter().filter(|row| row.kind == TitleKind::Episode) {
        let reference = episode_ref_of(episode);
        let season = index.seasons.get(&reference.season).copied();
        match index.find(&reference) {
            Some(other) => db::titles::merge(tx, episode.id, other).await?,
            None => {
                let moved = Title { parent_id: season, show_id: Some(into), ..episode.clone() };
                index.extend([&db::titles::update(tx, moved).await?]);
            }
        }
    }
    // Redirect references to the old seasons to the seasons of the other show.
    for season in source.iter().filter(|row| row.kind == TitleKind::Season) {
        let other = season.season_number.and_then(|number| index.seasons.get(&number).copied());
        if let Some(other) = other.filter(|other| *other != season.id) {
            db::titles::merge(tx, season.id, other).await?;
        }
    }
    Ok(())
}

/// The reference that finds a row in another show's index.
fn episode_ref_of(row: &Title) -> EpisodeRef {
    let from_file_name = row.trakt_id.is_none();
    EpisodeRef {
        season: row.season_number.unwrap_or_default(),
        number: row.episode_number.unwrap_or_default(),
        absolute: row.episode_absolute.filter(|_| from_file_name),
        // The date identifies an episode only when it is filed under its year, as dated episodes are.
        aired: row
            .released_at
            .map(|at| at.0.date_naive())
            .filter(|day| from_file_name && row.season_number == Some(chrono::Datelike::year(day))),
    }
}

/// Links the files of a group to its title, creates the episodes that do not exist yet, and moves plays and
/// resume points that came from these files.
///
/// The messages that move the plays on Trakt are enqueued. Returns the users with something to send.
pub async fn relink(tx: &Tx, group: &MatchGroup, now: DateTime<Utc>) -> db::Result<Vec<UserId>> {
    let files = db::files::of_group(tx, group.id).await?;
    let ids: Vec<FileId> = files.iter().map(|file| file.id).collect();
    let mut before: HashMap<FileId, Vec<FileTitle>> = HashMap::new();
    for link in db::files::links(tx, &ids).await? {
        before.entry(link.file_id).or_default().push(link);
    }
    let title = match group.title_id.filter(|_| group.state != MatchState::Ignored) {
        Some(id) => db::titles::find(tx, id).await?,
        None => None,
    };
    let mut links = Vec::new();
    let mut moves = Moves::default();
    if let Some(title) = title {
        let mut linker = Linker::open(tx, &title).await?;
        for file in &files {
            let titles = linker.titles_in(tx, &title, file, now).await?;
            for (ordinal, title_id) in (0..).zip(&titles) {
                links.push(FileTitle { file_id: file.id, title_id: *title_id, ordinal });
            }
            moves.record(file.id, before.get(&file.id).map(Vec::as_slice).unwrap_or_default(), &titles);
        }
    }
    db::files::unlink(tx, &ids).await?;
    db::files::link(tx, links).await?;
    moves.apply(tx, &ids, now).await
}

/// The new title for each file and old title.
#[derive(Default)]
struct Moves(HashMap<(FileId, TitleId), TitleId>);

impl Moves {
    fn record(&mut self, file: FileId, before: &[FileTitle], after: &[TitleId]) {
        for (old, new) in before.iter().zip(after) {
            if old.title_id != *new {
                self.0.insert((file, old.title_id), *new);
            }
        }
    }

    /// Moves plays and resume points that came from these files to the files' new titles. Returns the users
    /// with something to send to Trakt.
    async fn apply(&self, tx: &Tx, files: &[FileId], now: DateTime<Utc>) -> db::Result<Vec<UserId>> {
        let mut to_wake = Vec::new();
        if self.0.is_empty() {
            return Ok(to_wake);
        }
        for ((file, old), new) in &self.0 {
            db::outbox::retitle_unsent(tx, *file, *old, *new).await?;
        }
        for play in db::timeline::plays_from_files(tx, files).await? {
            let to = play.file_id.and_then(|file| self.0.get(&(file, play.title_id)));
            if let Some(&to) = to
                && retitle_play(tx, &play, to, now).await?
            {
                to_wake.push(play.user_id);
            }
        }
        for resume in db::timeline::progress_in_files(tx, files).await? {
            let to = resume.file_id.and_then(|file| self.0.get(&(file, resume.title_id)));
            if let Some(&to) = to {
                db::viewings::move_to(tx, Some(resume.user_id), resume.title_id, to).await?;
                db::timeline::delete_progress(tx, resume.user_id, &[resume.title_id]).await?;
                db::progress::put(tx, db::rows::Progress { title_id: to, ..resume }).await?;
            }
        }
        self.merge_episodes_without_files(tx).await?;
        Ok(to_wake)
    }

    /// Merges old episodes that came from file names and have no files left into the new ones.
    async fn merge_episodes_without_files(&self, tx: &Tx) -> db::Result<()> {
        let pairs: HashMap<TitleId, TitleId> = self.0.iter().map(|((_, old), new)| (*old, *new)).collect();
        for (old, new) in pairs {
            let Some(row) = db::titles::find(tx, old).await? else { continue };
            let from_file_name = row.kind == TitleKind::Episode && row.trakt_id.is_none();
            if from_file_name && db::files::of_title(tx, old).await?.is_empty() {
                db::titles::merge(tx, old, new).await?;
            }
        }
        Ok(())
    }
}

/// Finds or creates the titles of files: the episodes of a show, or the movie itself.
struct Linker(Option<ShowIndex>);

impl Linker {
    async fn open(tx: &Tx, title: &Title) -> db::Result<Self> {
        if title.kind != TitleKind::Show {
            return Ok(Self(None));
        }
        let mut index = ShowIndex::of(title);
        index.extend(&db::titles::of_show(tx, title.id).await?);
        Ok(Self(Some(index)))
    }

    async fn titles_in(
        &mut self,
        tx: &Tx,
        title: &Title,
        file: &MediaFile,
        now: DateTime<Utc>,
    ) -> db::Result<Vec<TitleId>> {
        let Some(index) = &mut self.0 else { return Ok(vec![title.id]) };
        let Some(ParsedName::Episode(name)) = Parsed::of(file).name else { return Ok(Vec::new()) };
        let mut ids = Vec::new();
        for episode in episode_refs(&name.numbering) {
            let id = match index.find(&episode) {
                Some(id) => id,
                None => make_episode(tx, index, title.id, &episode, &name, now).await?,
            };
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }
}

async fn make_episode(
    tx: &Tx,
    index: &mut ShowIndex,
    show_id: TitleId,
    episode: &EpisodeRef,
    name: &EpisodeName,
    now: DateTime<Utc>,
) -> db::Result<TitleId> {
    let season = match index.seasons.get(&episode.season) {
        Some(&id) => id,
        None => {
            let rows = db::titles::insert_many(tx, vec![season_row(show_id, episode.season, now)]).await?;
            index.extend(&rows);
            rows[0].id
        }
    };
    let row = episode_row(show_id, season, episode, name.title.as_deref(), now);
    let rows = db::titles::insert_many(tx, vec![row]).await?;
    index.extend(&rows);
    Ok(rows[0].id)
}

/// Replaces the row of a deleted file by the row of its copy. Plays and resume points move to the copy, and a
/// user's decision about the match of the old file applies to the copy.
pub async fn replace_by_copy(tx: &Tx, gone: FileId, copy: FileId, now: DateTime<Utc>) -> db::Result<()> {
    let (Some(old), Some(new)) = (db::files::find(tx, gone).await?, db::files::find(tx, copy).await?) else {
        return Ok(());
    };
    db::files::replace(tx, gone, copy).await?;
    let (Some(old), Some(new)) = (old.match_group_id, new.match_group_id) else { return Ok(()) };
    if old == new || !db::files::of_group(tx, old).await?.is_empty() {
        return Ok(());
    }
    let (Some(old), Some(new)) = (db::matches::find(tx, old).await?, db::matches::find(tx, new).await?)
    else {
        return Ok(());
    };
    inherit(tx, old, new, now).await
}

/// A title that is named after its files, with the name of the renamed files.
fn renamed(title: Title, named: &Title) -> Title {
    let (name, sort_name) = (named.name.clone(), named.sort_name.clone());
    Title { name, sort_name, year: named.year, ..title }
}

/// Gives `new` the title of `old`, whose files were renamed.
async fn inherit(tx: &Tx, old: MatchGroup, new: MatchGroup, now: DateTime<Utc>) -> db::Result<()> {
    let decided = |group: &MatchGroup| matches!(group.state, MatchState::Manual | MatchState::Ignored);
    if decided(&new) {
        return Ok(());
    }
    let titles = match (old.title_id, new.title_id) {
        (Some(old), Some(new)) => (db::titles::find(tx, old).await?, db::titles::find(tx, new).await?),
        _ => return Ok(()),
    };
    let (Some(before), Some(after)) = titles else { return Ok(()) };
    let mut group = MatchGroup { title_id: Some(before.id), ..new };
    if decided(&old) {
        group.state = old.state;
        group.decided_at = old.decided_at;
    } else if after.trakt_id.is_some() && before.trakt_id != after.trakt_id {
        // The new name was matched with another title, and no user has decided otherwise.
        return Ok(());
    }
    if after.trakt_id.is_none() {
        let before = match before.source {
            TitleSource::Names => db::titles::update(tx, renamed(before, &after)).await?,
            TitleSource::Nfo | TitleSource::Trakt => before,
        };
        merge(tx, &after, &before).await?;
    }
    let group = db::matches::update(tx, group).await?;
    relink(tx, &group, now).await.map(|_| ())
}
