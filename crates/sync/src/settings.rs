//! Reading and changing what is synced for a user.

use db::{
    Millis,
    ids::{LibraryId, TitleId, UserId},
    kinds::SyncSwitch,
    sync_cursors,
    sync_settings::{self, SyncSettings},
    trakt_accounts,
};

use crate::{Engine, Result, SyncEvent};

/// A change to the sync settings. Omitted fields stay unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsChange {
    /// Switches, and whether they are on.
    pub switches: Vec<(SyncSwitch, bool)>,
    /// The threshold for counting a viewing, in percent: 81 to 99; `Some(None)` for Trakt's default.
    pub watched_percent: Option<Option<i32>>,
    /// Every library whose titles never leave the server.
    pub excluded_libraries: Option<Vec<LibraryId>>,
    /// Every title that never leaves the server.
    pub excluded_titles: Option<Vec<TitleId>>,
}

impl Engine {
    /// The sync settings of a user.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sync_settings(&self, user_id: UserId) -> Result<SyncSettings> {
        Ok(sync_settings::read(&self.core.db, user_id).await?)
    }

    /// Changes the sync settings. Waiting messages that may no longer be sent are withheld, and withheld ones that may
    /// be sent now are sent; the account's loops do both. An open player keeps its threshold.
    ///
    /// # Errors
    /// When the database fails: also when a library or title does not exist, or the percentage is out of range.
    pub async fn change_settings(&self, user_id: UserId, change: SettingsChange) -> Result<SyncSettings> {
        let tx = self.core.db.begin().await?;
        for (switch, is_on) in change.switches {
            sync_settings::set_switch(&tx, user_id, switch, is_on).await?;
        }
        if let Some(percent) = change.watched_percent {
            sync_settings::set_watched_percent(&tx, user_id, percent).await?;
        }
        if let Some(libraries) = change.excluded_libraries {
            sync_settings::set_excluded_libraries(&tx, user_id, &libraries).await?;
        }
        if let Some(titles) = change.excluded_titles {
            sync_settings::set_excluded_titles(&tx, user_id, &titles).await?;
        }
        sync_settings::begin_catch_up(&tx, user_id).await?;
        if let Some(account) = trakt_accounts::find(&tx, user_id).await?.and_then(|account| account.slug) {
            // A comparison finds what was changed here while its category was switched off.
            sync_cursors::read_again(&tx, user_id, &account, Millis::from(self.core.clock.now())).await?;
        }
        let settings = sync_settings::read(&tx, user_id).await?;
        tx.commit().await?;
        self.core.events.send(SyncEvent::Account { user_id });
        self.wake(user_id);
        self.pulls.restart(user_id);
        Ok(settings)
    }
}
