//! Putting works together and taking them apart: which title a group stands for, and what moves along.
//!
//! Plays and resume points belong to the work that was watched. When the server learns that two titles are one
//! work, or that a file is another work than it was taken for, they follow.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use db::Tx;
use db::ids::{FileId, TitleId};
use db::kinds::{MatchState, TitleKind, TitleSource};
use db::rows::{FileTitle, MatchGroup, MediaFile, Play, Title};
use media::names::{EpisodeName, ParsedName};

use super::numbering::{ShowIndex, Wanted, wanted};
use super::rows::{episode_row, season_row};
use catalogue::tracks::Parsed;

/// Makes `into` stand for `from` everywhere, seasons and episodes included, and removes `from`.
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
        let wanted = wanted_of(episode);
        let season = index.seasons.get(&wanted.season).copied();
        match index.find(&wanted) {
            Some(other) => db::titles::merge(tx, episode.id, other).await?,
            None => {
                let moved = Title { parent_id: season, show_id: Some(into), ..episode.clone() };
                index.extend([&db::titles::update(tx, moved).await?]);
            }
        }
    }
    Ok(())
}

/// How a row would be looked for.
fn wanted_of(row: &Title) -> Wanted {
    let made_up = row.trakt_id.is_none();
    Wanted {
        season: row.season_number.unwrap_or_default(),
        number: row.episode_number.unwrap_or_default(),
        absolute: row.episode_absolute.filter(|_| made_up),
        // A dated episode is filed under its year; only then the date says which one it is.
        aired: row
            .released_at
            .map(|at| at.0.date_naive())
            .filter(|day| made_up && row.season_number == Some(chrono::Datelike::year(day))),
    }
}

/// Links the files of a group to the title that it stands for, makes the episodes that are missing, and takes
/// plays and resume points that were made from these files along.
///
/// The answer has the plays that moved, as they were.
pub async fn relink(tx: &Tx, group: &MatchGroup, now: DateTime<Utc>) -> db::Result<Vec<MovedPlay>> {
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
        let mut show = Show::open(tx, &title).await?;
        for file in &files {
            let titles = show.titles_in(tx, &title, file, now).await?;
            for (ordinal, title_id) in (0..).zip(&titles) {
                links.push(FileTitle { file_id: file.id, title_id: *title_id, ordinal });
            }
            moves.note(file.id, before.get(&file.id).map(Vec::as_slice).unwrap_or_default(), &titles);
        }
    }
    db::files::unlink(tx, &ids).await?;
    db::files::link(tx, links).await?;
    moves.carry_out(tx, &ids).await
}

/// A play that belongs to another title now.
#[derive(Debug, Clone)]
pub struct MovedPlay {
    /// As it was.
    pub play: Play,
    /// Its title now.
    pub to: TitleId,
}

/// Where the titles of files went: `(file, old title)` to new title.
#[derive(Default)]
struct Moves(HashMap<(FileId, TitleId), TitleId>);

impl Moves {
    fn note(&mut self, file: FileId, before: &[FileTitle], after: &[TitleId]) {
        for (old, new) in before.iter().zip(after) {
            if old.title_id != *new {
                self.0.insert((file, old.title_id), *new);
            }
        }
    }

    /// What was watched from a file was the work in the file, so it follows.
    async fn carry_out(&self, tx: &Tx, files: &[FileId]) -> db::Result<Vec<MovedPlay>> {
        let mut moved = Vec::new();
        if self.0.is_empty() {
            return Ok(moved);
        }
        for play in db::timeline::plays_from_files(tx, files).await? {
            let to = play.file_id.and_then(|file| self.0.get(&(file, play.title_id)));
            if let Some(&to) = to {
                db::timeline::set_play_title(tx, play.id, to).await?;
                moved.push(MovedPlay { play, to });
            }
        }
        for resume in db::timeline::progress_in_files(tx, files).await? {
            let to = resume.file_id.and_then(|file| self.0.get(&(file, resume.title_id)));
            if let Some(&to) = to {
                db::timeline::delete_progress(tx, resume.user_id, &[resume.title_id]).await?;
                db::progress::put(tx, db::rows::Progress { title_id: to, ..resume }).await?;
            }
        }
        self.merge_made_up(tx).await?;
        Ok(moved)
    }

    /// An episode that only a file name spoke of, and that no file holds any more, was the other one all along.
    async fn merge_made_up(&self, tx: &Tx) -> db::Result<()> {
        let pairs: HashMap<TitleId, TitleId> = self.0.iter().map(|((_, old), new)| (*old, *new)).collect();
        for (old, new) in pairs {
            let Some(row) = db::titles::find(tx, old).await? else { continue };
            let made_up = row.kind == TitleKind::Episode && row.trakt_id.is_none();
            if made_up && db::files::of_title(tx, old).await?.is_empty() {
                db::titles::merge(tx, old, new).await?;
            }
        }
        Ok(())
    }
}

/// The seasons and episodes of a show while files are linked to them; nothing for a movie.
struct Show(Option<ShowIndex>);

impl Show {
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
        for wanted in wanted(&name.numbering) {
            let id = match index.find(&wanted) {
                Some(id) => id,
                None => make_episode(tx, index, title.id, &wanted, &name, now).await?,
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
    wanted: &Wanted,
    name: &EpisodeName,
    now: DateTime<Utc>,
) -> db::Result<TitleId> {
    let season = match index.seasons.get(&wanted.season) {
        Some(&id) => id,
        None => {
            let rows = db::titles::insert_many(tx, vec![season_row(show_id, wanted.season, now)]).await?;
            index.extend(&rows);
            rows[0].id
        }
    };
    let row = episode_row(show_id, season, wanted, name.title.as_deref(), now);
    let rows = db::titles::insert_many(tx, vec![row]).await?;
    index.extend(&rows);
    Ok(rows[0].id)
}

/// A file is gone and its copy has a row: the copy takes over everything that hangs on the row, and what was decided
/// about the old name holds for the new one.
pub async fn hand_over(tx: &Tx, gone: FileId, copy: FileId, now: DateTime<Utc>) -> db::Result<()> {
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

/// A title that only has its name from the files follows the new name.
fn renamed(title: Title, named: &Title) -> Title {
    let (name, sort_name) = (named.name.clone(), named.sort_name.clone());
    Title { name, sort_name, year: named.year, ..title }
}

/// `new` is what `old` was before its files were renamed.
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
        // The new name led to another title, and nobody said that this is wrong.
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
