//! Creates the seasons and episodes that scanned files contain.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use db::rows::Title;
use db::{Conn, Tx, ids::TitleId};
use media::names::{EpisodeName, ParsedName};

use super::pictures;
use super::scanned_file::ScannedFile;
use super::store::Store;
use crate::numbering::{EpisodeRef, ShowIndex, episode_refs};
use crate::rows::{apply_nfo, episode_row, season_row};

impl Store {
    /// Creates seasons and episodes that do not exist yet.
    pub(super) async fn make_episodes(
        &mut self,
        tx: &Tx,
        scanned: &[ScannedFile],
        now: DateTime<Utc>,
    ) -> db::Result<()> {
        let episodes: Vec<(TitleId, &ScannedFile, &EpisodeName)> = scanned
            .iter()
            .filter_map(|file| match &file.name {
                ParsedName::Episode(name) => Some((self.group_of(file)?.title_id?, file, name)),
                _ => None,
            })
            .collect();
        self.load_shows(tx, episodes.iter().map(|(show, ..)| *show)).await?;
        self.make_seasons(tx, &episodes, now).await?;
        let mut rows = Vec::new();
        let mut made = HashSet::new();
        for (show, file, name) in &episodes {
            let index = &self.shows[show];
            let all = episode_refs(&name.numbering);
            for (ordinal, episode) in all.iter().enumerate() {
                let Some(&season) = index.seasons.get(&episode.season) else { continue };
                if index.find(episode).is_some() || !made.insert((*show, episode.season, episode.number)) {
                    continue;
                }
                let title = name.title.as_deref().filter(|_| all.len() == 1);
                let mut row = episode_row(*show, season, episode, title, now);
                if let Some(nfo) = file.episode_nfo(episode.season, episode.number, ordinal, all.len()) {
                    apply_nfo(&mut row, nfo);
                }
                pictures::set_still(&mut row, file.local.still.as_ref());
                rows.push(row);
            }
        }
        self.index_rows(&db::titles::insert_many(tx, rows).await?);
        Ok(())
    }

    async fn load_shows(&mut self, conn: &dyn Conn, shows: impl Iterator<Item = TitleId>) -> db::Result<()> {
        let unknown: HashSet<TitleId> = shows.filter(|id| !self.shows.contains_key(id)).collect();
        let unknown: Vec<TitleId> = unknown.into_iter().collect();
        for show in db::titles::find_many(conn, &unknown).await? {
            self.shows.insert(show.id, ShowIndex::of(&show));
        }
        self.index_rows(&db::titles::of_shows(conn, &unknown).await?);
        Ok(())
    }

    fn index_rows(&mut self, rows: &[Title]) {
        for row in rows {
            if let Some(show) = row.show_id {
                self.shows.entry(show).or_default().extend([row]);
            }
        }
    }

    async fn make_seasons(
        &mut self,
        tx: &Tx,
        episodes: &[(TitleId, &ScannedFile, &EpisodeName)],
        now: DateTime<Utc>,
    ) -> db::Result<()> {
        let mut made = HashSet::new();
        let mut rows = Vec::new();
        for (show, file, name) in episodes {
            for EpisodeRef { season, .. } in episode_refs(&name.numbering)
                .iter()
                .filter(|episode| self.shows[show].find(episode).is_none())
            {
                if self.shows[show].seasons.contains_key(season) || !made.insert((*show, *season)) {
                    continue;
                }
                let mut row = season_row(*show, *season, now);
                let show = file.local.show.as_ref();
                pictures::set_season(&mut row, show.and_then(|show| show.season_poster.as_ref()));
                rows.push(row);
            }
        }
        self.index_rows(&db::titles::insert_many(tx, rows).await?);
        Ok(())
    }
}
