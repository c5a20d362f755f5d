//! A user's sync settings.

use db::ids::{LibraryId, TitleId, UserId};
use db::rows::Library;
use db::sync_settings::SyncSettings;
use sync::SettingsChange;
use sync::scrobble::COUNTS_FROM;

use super::{Trakt, TraktError, TraktResult};

/// Highest threshold from which a viewing can count as watched, in percent.
const MAX_WATCHED_PERCENT: i32 = 99;

/// A user's sync settings, with all libraries that can be excluded.
#[derive(Debug)]
pub struct SettingsWithLibraries {
    /// The settings.
    pub settings: SyncSettings,
    /// Every library.
    pub libraries: Vec<Library>,
}

/// A setting that was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidSetting {
    /// The threshold is below Trakt's, or too high to be reached.
    WatchedPercent,
    /// The library does not exist.
    Library(LibraryId),
    /// The title does not exist.
    Title(TitleId),
}

/// The lowest threshold that a user can set, in percent: Trakt's own.
pub fn min_watched_percent() -> i32 {
    COUNTS_FROM as i32
}

/// The highest threshold that a user can set, in percent.
pub fn max_watched_percent() -> i32 {
    MAX_WATCHED_PERCENT
}

impl Trakt {
    /// The user's sync settings.
    pub async fn sync_settings(&self, user_id: UserId) -> TraktResult<SettingsWithLibraries> {
        let settings = self.engine.sync_settings(user_id).await?;
        Ok(SettingsWithLibraries { settings, libraries: db::libraries::list(&self.db).await? })
    }

    /// Changes the user's sync settings. Nothing is changed if any value is invalid.
    pub async fn change_sync_settings(
        &self,
        user_id: UserId,
        change: SettingsChange,
    ) -> TraktResult<SettingsWithLibraries> {
        let change = self.checked(change).await?;
        let settings = self.engine.change_settings(user_id, change).await?;
        Ok(SettingsWithLibraries { settings, libraries: db::libraries::list(&self.db).await? })
    }

    async fn checked(&self, mut change: SettingsChange) -> TraktResult<SettingsChange> {
        let invalid = |what| Err(TraktError::InvalidSetting(what));
        if let Some(Some(percent)) = change.watched_percent {
            if !(min_watched_percent()..=MAX_WATCHED_PERCENT).contains(&percent) {
                return invalid(InvalidSetting::WatchedPercent);
            }
            change.watched_percent = Some(Some(percent).filter(|percent| *percent > min_watched_percent()));
        }
        if let Some(wanted) = &mut change.excluded_libraries {
            let known = db::libraries::list(&self.db).await?;
            wanted.sort_unstable();
            wanted.dedup();
            if let Some(id) = wanted.iter().find(|id| known.iter().all(|library| library.id != **id)) {
                return invalid(InvalidSetting::Library(*id));
            }
        }
        if let Some(wanted) = &mut change.excluded_titles {
            wanted.sort_unstable();
            wanted.dedup();
            let known = db::titles::find_many(&self.db, wanted).await?;
            if let Some(id) = wanted.iter().find(|id| known.iter().all(|title| title.id != **id)) {
                return invalid(InvalidSetting::Title(*id));
            }
        }
        Ok(change)
    }
}
