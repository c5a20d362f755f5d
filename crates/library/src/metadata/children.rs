//! Applies the seasons and episodes of a show from Trakt to their rows.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use db::Tx;
use db::ids::TitleId;
use db::kinds::TitleKind;
use db::rows::Title;
use trakt::models::{Episode, Season};

use super::apply;
use crate::numbering::EpisodeRef;
use crate::rows::{episode_row, season_row};

/// Updates the seasons and episodes of a show. Rows are found by their season and episode numbers. Rows that
/// Trakt does not list are kept.
///
/// # Errors
/// When the database fails.
pub async fn write(tx: &Tx, show_id: TitleId, seasons: &[Season], now: DateTime<Utc>) -> db::Result<()> {
    let rows = db::titles::of_show(tx, show_id).await?;
    let season_ids = write_seasons(tx, show_id, &rows, seasons, now).await?;
    write_episodes(tx, show_id, &rows, &season_ids, seasons, now).await
}

async fn write_seasons(
    tx: &Tx,
    show_id: TitleId,
    rows: &[Title],
    seasons: &[Season],
    now: DateTime<Utc>,
) -> db::Result<HashMap<i32, TitleId>> {
    let mut known: HashMap<i32, &Title> = HashMap::new();
    for row in rows.iter().filter(|row| row.kind == TitleKind::Season) {
        known.extend(row.season_number.map(|number| (number, row)));
    }
    let mut changes = Changes::default();
    for season in seasons {
        let Ok(number) = i32::try_from(season.number) else { continue };
        let old = known.get(&number).copied();
        let mut row = old.cloned().unwrap_or_else(|| season_row(show_id, number, now));
        apply::season(&mut row, season, now);
        changes.add(old, row);
    }
    let mut ids: HashMap<i32, TitleId> = known.iter().map(|(number, row)| (*number, row.id)).collect();
    for row in changes.write(tx, TitleKind::Season).await? {
        ids.extend(row.season_number.map(|number| (number, row.id)));
    }
    Ok(ids)
}

async fn write_episodes(
    tx: &Tx,
    show_id: TitleId,
    rows: &[Title],
    season_ids: &HashMap<i32, TitleId>,
    seasons: &[Season],
    now: DateTime<Utc>,
) -> db::Result<()> {
    let mut known: HashMap<(i32, i32), &Title> = HashMap::new();
    for row in rows.iter().filter(|row| row.kind == TitleKind::Episode) {
        known.extend(row.season_number.zip(row.episode_number).map(|number| (number, row)));
    }
    let mut changes = Changes::default();
    let mut seen = HashSet::new();
    for season in seasons {
        for episode in season.episodes.iter().flat_map(|listing| &listing.items) {
            let Some((season, number)) = numbers(season, episode) else { continue };
            let Some(&season_id) = season_ids.get(&season) else { continue };
            if !seen.insert((season, number)) {
                continue;
            }
            let old = known.get(&(season, number)).copied();
            let reference = EpisodeRef { season, number, absolute: None, aired: None };
            let mut row =
                old.cloned().unwrap_or_else(|| episode_row(show_id, season_id, &reference, None, now));
            apply::episode(&mut row, episode, now);
            changes.add(old, row);
        }
    }
    changes.write(tx, TitleKind::Episode).await.map(|_| ())
}

fn numbers(season: &Season, episode: &Episode) -> Option<(i32, i32)> {
    Some((i32::try_from(season.number).ok()?, i32::try_from(episode.number).ok()?))
}

/// Rows to insert and rows to update.
#[derive(Default)]
struct Changes {
    new: Vec<Title>,
    changed: Vec<Title>,
    /// Trakt ids that rows receive and other rows may still have, because Trakt renumbered the show.
    moved_ids: Vec<i64>,
}

impl Changes {
    fn add(&mut self, old: Option<&Title>, row: Title) {
        match old {
            None => {
                self.moved_ids.extend(row.trakt_id);
                self.new.push(row);
            }
            Some(old) => {
                if old.trakt_id != row.trakt_id {
                    self.moved_ids.extend(row.trakt_id);
                }
                // A row is not written if only the time of the fetch would change.
                let same =
                    Title { refreshed_at: row.refreshed_at, updated_at: row.updated_at, ..old.clone() }
                        == row;
                if !same {
                    self.changed.push(row);
                }
            }
        }
    }

    /// Writes the rows and returns the inserted ones.
    async fn write(self, tx: &Tx, kind: TitleKind) -> db::Result<Vec<Title>> {
        db::titles::release_trakt_ids(tx, kind, &self.moved_ids).await?;
        for row in self.changed {
            db::titles::update(tx, row).await?;
        }
        db::titles::insert_many(tx, self.new).await
    }
}
