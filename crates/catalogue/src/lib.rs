//! The titles in memory, and each user's view of them.
//!
//! Writers report changes to the [`Catalogue`]; readers get a [`View`]. Changes of a user's plays or resume points are
//! visible in the next view. Changes of the library are read in the background while readers keep using the previous
//! titles, so that no page waits for the whole library to be read. A change is announced when views show it; a writer
//! whose next response must show it waits for [`Catalogue::refreshed`].

pub mod card;
mod current;
pub mod detail;
pub mod entry;
pub mod facets;
pub mod home;
pub mod list;
mod orders;
pub mod paths;
pub mod pictures;
pub mod plays;
pub mod problem;
pub mod query;
pub mod search;
pub mod snapshot;
#[cfg(test)]
pub(crate) mod testing;
pub mod tracks;
pub mod user_data;
mod user_views;
pub mod view;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use db::Db;
use db::ids::{LibraryId, TitleId, UserId};

use current::Current;
use model::events::Events;
use user_views::UserViews;
use view::View;

/// The titles in memory; cheap to clone.
#[derive(Debug, Clone)]
pub struct Catalogue {
    current: Current,
    user_views: Arc<UserViews>,
}

impl Catalogue {
    /// An empty catalogue; it reads the database on first use.
    pub fn new(db: Db, events: Events, started_at: DateTime<Utc>) -> Self {
        // Distinguishes this process from earlier ones in entity tags.
        let process = format!("{:x}", started_at.timestamp_millis());
        Self { current: Current::new(db.clone(), events), user_views: Arc::new(UserViews::new(db, process)) }
    }

    /// Reports that titles, files or matches changed. Call it after the commit. The change is read in the background,
    /// together with others that are reported in the meantime, and announced when views show it.
    pub fn library_changed(&self) {
        self.current.changed(true);
    }

    /// Reports that another server on the same database changed titles, files or matches.
    pub fn library_changed_elsewhere(&self) {
        self.current.changed(false);
    }

    /// Waits until views show every change of the library that was reported before this call.
    pub async fn refreshed(&self) {
        self.current.refreshed().await;
    }

    /// Reports that a user's plays, resume points or preferences changed. Call it after the commit.
    pub fn user_changed(&self, user_id: UserId) {
        self.user_views.changed(user_id);
    }

    /// Reports that a user's plays, resume points or preferences changed for these titles. Call it after the commit.
    pub fn user_titles_changed(&self, user_id: UserId, titles: impl IntoIterator<Item = TitleId>) {
        self.user_views.titles_changed(user_id, titles);
    }

    /// Reports that a user was removed, or that the plays of several users changed.
    pub fn users_changed(&self) {
        self.user_views.all_changed();
    }

    /// The library as a user sees it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn view(&self, user_id: UserId) -> db::Result<Arc<View>> {
        let snapshot = self.current.snapshot().await?;
        self.user_views.view(user_id, snapshot).await
    }

    /// The movies and shows in the library that are matched with a title on Trakt.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn matched(&self) -> db::Result<Vec<TitleId>> {
        let snapshot = self.current.snapshot().await?;
        let works = snapshot.movies.iter().chain(&snapshot.shows);
        let is_matched = |id: &TitleId| snapshot.get(*id).is_some_and(|entry| entry.matched);
        Ok(works.copied().filter(is_matched).collect())
    }

    /// The video frame used instead of a title's missing artwork, if any.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn frame_of(&self, title_id: TitleId) -> db::Result<Option<entry::Frame>> {
        let snapshot = self.current.snapshot().await?;
        Ok(snapshot.get(title_id).and_then(|entry| entry.frame.clone()))
    }

    /// The versions of all video frames used instead of missing artwork.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn frames(&self) -> db::Result<Vec<String>> {
        Ok(self.current.snapshot().await?.frames().map(str::to_owned).collect())
    }

    /// How many movies or shows each library contains.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn titles_per_library(&self) -> db::Result<HashMap<LibraryId, i64>> {
        let snapshot = self.current.snapshot().await?;
        let mut counts = HashMap::new();
        for entry in snapshot.movies.iter().chain(&snapshot.shows).filter_map(|id| snapshot.get(*id)) {
            for library in &entry.files.libraries {
                *counts.entry(*library).or_default() += 1;
            }
        }
        Ok(counts)
    }
}
