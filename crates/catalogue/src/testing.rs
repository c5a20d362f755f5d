//! A small library for tests that need a view.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use db::Millis;
use db::ids::{FileId, LibraryId, PlayId, TitleId};
use db::kinds::{FileState, TitleKind};
use db::titles::{CatalogueFile, CatalogueTitle};

use super::snapshot::Builder;
use super::user_data::{PlayCount, Resume, UserData};
use super::view::View;

/// Rows from which a view is built.
#[derive(Default)]
pub(crate) struct TestLibrary {
    titles: Vec<CatalogueTitle>,
    files: Vec<CatalogueFile>,
    user_data: UserData,
}

/// A day of the test calendar.
pub(crate) fn day(number: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000 + number)
}

impl TestLibrary {
    /// Adds a movie with one file.
    pub(crate) fn movie(&mut self, id: i64, name: &str, year: i32) -> &mut CatalogueTitle {
        self.file(id, 1_080);
        let title = CatalogueTitle { year: Some(year), ..bare(TitleId(id), TitleKind::Movie, name) };
        self.titles.push(title);
        self.titles.last_mut().expect("just added")
    }

    /// Adds a season to a show, which is added if it does not exist. Episodes 1 to `episodes` have a file. The id of
    /// the season is `id + 1 + season * 100`, and the ids of its episodes follow.
    pub(crate) fn show(&mut self, id: i64, name: &str, season: i32, episodes: i32) {
        if !self.titles.iter().any(|title| title.id.0 == id) {
            self.titles.push(bare(TitleId(id), TitleKind::Show, name));
        }
        let season_id = id + 1 + i64::from(season) * 100;
        self.titles.push(CatalogueTitle {
            parent_id: Some(TitleId(id)),
            show_id: Some(TitleId(id)),
            season_number: Some(season),
            ..bare(TitleId(season_id), TitleKind::Season, &format!("Season {season}"))
        });
        for number in 1..=episodes {
            let episode_id = season_id + i64::from(number);
            self.file(episode_id, 720);
            self.titles.push(CatalogueTitle {
                parent_id: Some(TitleId(season_id)),
                show_id: Some(TitleId(id)),
                season_number: Some(season),
                episode_number: Some(number),
                ..bare(TitleId(episode_id), TitleKind::Episode, &format!("{name} {season}x{number}"))
            });
        }
    }

    /// Adds a file to a title.
    pub(crate) fn file(&mut self, title_id: i64, height: i32) -> &mut CatalogueFile {
        self.files.push(CatalogueFile {
            title_id: TitleId(title_id),
            id: FileId(title_id),
            fingerprint: None,
            library_id: LibraryId(1),
            state: FileState::Present,
            part: None,
            width: Some(height * 16 / 9),
            height: Some(height),
            hdr: None,
        });
        self.files.last_mut().expect("just added")
    }

    /// The row of a title.
    pub(crate) fn title(&mut self, id: i64) -> &mut CatalogueTitle {
        self.titles.iter_mut().find(|title| title.id.0 == id).expect("a title of the library")
    }

    /// Marks the files of a title as missing.
    pub(crate) fn lose_files(&mut self, id: i64) {
        for file in self.files.iter_mut().filter(|file| file.title_id.0 == id) {
            file.state = FileState::Missing;
        }
    }

    /// Adds a play of a title.
    pub(crate) fn play(&mut self, id: i64, at: DateTime<Utc>) {
        let count = PlayCount { plays: 1, last_watched_at: Some(at), newest: PlayId(id) };
        self.user_data.plays.insert(TitleId(id), count);
    }

    /// Resets the progress of a show.
    pub(crate) fn reset(&mut self, id: i64, at: DateTime<Utc>) {
        self.user_data.resets.insert(TitleId(id), at);
    }

    /// Drops a show.
    pub(crate) fn drop_show(&mut self, id: i64) {
        self.user_data.preferences.entry(TitleId(id)).or_default().is_dropped = true;
    }

    /// Adds a resume point in the middle of a title.
    pub(crate) fn pause(&mut self, id: i64, at: DateTime<Utc>) {
        self.user_data
            .progress
            .insert(TitleId(id), Resume { percent: 50.0, position_ms: 60_000, paused_at: at });
    }

    /// Builds the view.
    pub(crate) fn view(self) -> View {
        let libraries = HashMap::from([(LibraryId(1), "Everything".to_owned())]);
        let mut builder = Builder::new(1, libraries, HashSet::new());
        builder.add(self.titles, self.files);
        View::new(Arc::new(builder.finish()), Arc::new(self.user_data), "test".to_owned())
    }
}

fn bare(id: TitleId, kind: TitleKind, name: &str) -> CatalogueTitle {
    CatalogueTitle {
        id,
        kind,
        parent_id: None,
        show_id: None,
        season_number: None,
        episode_number: None,
        name: name.to_owned(),
        sort_name: media::collation::sort_name(name),
        year: None,
        runtime_minutes: None,
        released_at: None,
        genres: db::Json::Array(Vec::new()),
        rating: None,
        trakt_id: None,
        images: db::Json::Object(serde_json::Map::new()),
        added_at: Some(Millis::from(day(0))),
        created_at: Millis::from(day(0)),
    }
}
