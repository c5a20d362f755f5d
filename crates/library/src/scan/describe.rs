//! Applies NFO files and images that were added or changed next to known files.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use db::Tx;
use db::ids::TitleId;
use db::kinds::TitleKind;
use db::rows::Title;

use super::pictures;
use super::scanned_file::{ScannedFile, Task};
use super::store::Store;
use crate::rows::apply_nfo;

impl Store {
    /// Applies NFO files and images to existing titles.
    pub(super) async fn describe(
        &self,
        tx: &Tx,
        scanned: &[ScannedFile],
        now: DateTime<Utc>,
    ) -> db::Result<()> {
        let changed: Vec<&ScannedFile> = scanned.iter().filter(|file| file.task != Task::Add).collect();
        let mut ids: HashSet<TitleId> = changed.iter().flat_map(|file| self.titles_in(file)).collect();
        ids.extend(changed.iter().filter_map(|file| self.group_of(file)?.title_id));
        let seasons = changed.iter().filter_map(|file| {
            let (season, _) = file.local.show.as_ref()?.season_poster.as_ref()?;
            let show = self.shows.get(&self.group_of(file)?.title_id?)?;
            show.seasons.get(&i32::from(*season)).copied()
        });
        ids.extend(seasons);
        let ids: Vec<TitleId> = ids.into_iter().collect();
        let before = db::titles::find_many(tx, &ids).await?;
        let mut rows: HashMap<TitleId, Title> = before.iter().cloned().map(|row| (row.id, row)).collect();
        for file in changed {
            self.describe_one(&mut rows, file);
        }
        for old in before {
            let Some(new) = rows.remove(&old.id).filter(|new| *new != old) else { continue };
            db::titles::update(tx, Title { updated_at: now.into(), ..new }).await?;
        }
        Ok(())
    }

    fn describe_one(&self, rows: &mut HashMap<TitleId, Title>, file: &ScannedFile) {
        let Some(work) = self.group_of(file).and_then(|group| group.title_id) else { return };
        if let Some(row) = rows.get_mut(&work) {
            if let Some(nfo) = file.work_nfo() {
                apply_nfo(row, nfo);
            }
            pictures::set_work(row, file.work_pictures());
        }
        if self.title_kind != TitleKind::Show {
            return;
        }
        let episodes = self.titles_in(file);
        for (ordinal, episode) in episodes.iter().enumerate() {
            let Some(row) = rows.get_mut(episode) else { continue };
            let numbers = row.season_number.zip(row.episode_number).unwrap_or_default();
            if let Some(nfo) = file.episode_nfo(numbers.0, numbers.1, ordinal, episodes.len()) {
                apply_nfo(row, nfo);
            }
            pictures::set_still(row, file.local.still.as_ref());
        }
        let poster = file.local.show.as_ref().and_then(|show| show.season_poster.as_ref());
        let season = poster.and_then(|(season, _)| {
            let id = self.shows.get(&work)?.seasons.get(&i32::from(*season))?;
            rows.get_mut(id)
        });
        if let Some(row) = season {
            pictures::set_season(row, poster);
        }
    }
}
