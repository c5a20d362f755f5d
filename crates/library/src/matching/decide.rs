//! Manages matches: lists them, searches Trakt, and applies users' choices, which are kept by every scan.

use std::collections::HashMap;
use std::sync::Arc;

use clock::Clock;
use db::kinds::MatchState as Stored;
use db::matches::Filter;
use db::rows::MatchGroup;
use db::{
    Db,
    ids::{LibraryId, MatchGroupId, UserId},
};
use sync::Engine;
use tokio::sync::Notify;

use super::shown::{Candidate, Match, MatchState};
use super::{assign, shown};
use crate::metadata::fetch;
use crate::score::{self, Query};
use catalogue::Catalogue;

/// The service for matches; cheap to clone.
#[derive(Clone)]
pub struct Matching {
    pub(super) db: Db,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) catalogue: Catalogue,
    pub(super) engine: Engine,
    /// Notified when there is something to match.
    pub(super) new_work: Arc<Notify>,
}

/// A user's choice for a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchChoice {
    /// The title with this id on Trakt.
    Trakt(i64),
    /// Hide the files from the library.
    Ignore,
    /// A title that Trakt does not have, named after its files.
    Local,
}

/// Why a match could not be shown or decided.
#[derive(Debug, thiserror::Error)]
pub enum MatchError {
    /// There is no such match.
    #[error("no such match")]
    NotFound,
    /// Trakt has no such title.
    #[error("no such title on Trakt")]
    NoSuchTitle,
    /// No Trakt application is set up.
    #[error("Trakt is not set up")]
    NotConfigured,
    /// The request to Trakt failed.
    #[error("request to Trakt failed: {0}")]
    Trakt(trakt::Error),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The engine failed.
    #[error(transparent)]
    Sync(sync::Error),
}

impl From<sync::Error> for MatchError {
    fn from(error: sync::Error) -> Self {
        match error {
            sync::Error::NotConfigured => Self::NotConfigured,
            error => Self::Sync(error),
        }
    }
}

impl From<trakt::Error> for MatchError {
    fn from(error: trakt::Error) -> Self {
        match error {
            trakt::Error::NotFound => Self::NoSuchTitle,
            error => Self::Trakt(error),
        }
    }
}

impl Matching {
    /// Creates the service.
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        catalogue: Catalogue,
        engine: Engine,
        new_work: Arc<Notify>,
    ) -> Self {
        Self { db, clock, catalogue, engine, new_work }
    }

    /// Wakes the worker, because a Trakt application was set up and matching is possible now.
    pub fn wake(&self) {
        self.new_work.notify_one();
    }

    /// A page of the matches, sorted by name, and their total number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        user_id: UserId,
        state: Option<MatchState>,
        library_id: Option<LibraryId>,
        offset: usize,
        limit: usize,
    ) -> db::Result<(Vec<Match>, u64)> {
        let filter = Filter { states: state.map(shown::stored).unwrap_or_default(), library_id };
        let (groups, total) = db::matches::list(&self.db, &filter, offset as u64, limit as u64).await?;
        let items = self.show(user_id, groups).await?;
        Ok((items, total))
    }

    /// One match.
    ///
    /// # Errors
    /// When the match does not exist or the database fails.
    pub async fn get(&self, user_id: UserId, id: MatchGroupId) -> Result<Match, MatchError> {
        let group = self.find(id).await?;
        self.show(user_id, vec![group]).await?.pop().ok_or(MatchError::NotFound)
    }

    /// Searches Trakt for candidates for a group, by its parsed title or by `text`.
    ///
    /// # Errors
    /// When the match does not exist or Trakt cannot be reached.
    pub async fn candidates(
        &self,
        id: MatchGroupId,
        text: Option<&str>,
        year: Option<i32>,
    ) -> Result<Vec<Candidate>, MatchError> {
        let group = self.find(id).await?;
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        let query = Query {
            title: text.unwrap_or(&group.parsed_title).to_owned(),
            year: year.or(group.parsed_year.filter(|_| text.is_none())),
        };
        let client = self.engine.public_client()?;
        let found = fetch::by_text(&client, group.kind, &query.title).await?;
        let outcome = score::rank(&query, found.iter().map(|found| found.candidate(None)).collect());
        Ok(outcome.into_scored().into_iter().map(|scored| shown::candidate(group.kind, scored)).collect())
    }

    /// Applies a user's choice. Plays and resume points that came from the group's files are moved to the new
    /// title, also on Trakt.
    ///
    /// # Errors
    /// When the match or the title does not exist, or Trakt cannot be reached.
    pub async fn decide(
        &self,
        user_id: UserId,
        id: MatchGroupId,
        choice: MatchChoice,
    ) -> Result<Match, MatchError> {
        let kind = self.find(id).await?.kind;
        let found = match choice {
            MatchChoice::Trakt(trakt_id) => {
                let client = self.engine.public_client()?;
                Some(fetch::by_trakt_id(&client, kind, trakt_id).await?)
            }
            MatchChoice::Ignore | MatchChoice::Local => None,
        };
        let now = self.clock.now();
        let tx = self.db.begin_titles().await?;
        let group = db::matches::find(&tx, id).await?.ok_or(MatchError::NotFound)?;
        let to_wake = match (choice, &found) {
            (MatchChoice::Trakt(_), Some(found)) => {
                assign::assign(&tx, group, found, Stored::Manual, now).await?.to_wake
            }
            (MatchChoice::Ignore, _) => {
                assign::ignore(&tx, group, now).await?;
                Vec::new()
            }
            (MatchChoice::Local | MatchChoice::Trakt(_), _) => assign::assign_local(&tx, group, now).await?,
        };
        db::titles::prune(&tx).await?;
        tx.commit().await?;
        self.catalogue.users_changed();
        self.catalogue.library_changed();
        self.catalogue.refreshed().await;
        self.new_work.notify_one();
        to_wake.into_iter().for_each(|user| self.engine.wake(user));
        self.get(user_id, id).await
    }

    async fn find(&self, id: MatchGroupId) -> Result<MatchGroup, MatchError> {
        db::matches::find(&self.db, id).await?.ok_or(MatchError::NotFound)
    }

    async fn show(&self, user_id: UserId, groups: Vec<MatchGroup>) -> db::Result<Vec<Match>> {
        let ids: Vec<MatchGroupId> = groups.iter().map(|group| group.id).collect();
        let mut paths: HashMap<MatchGroupId, Vec<String>> = HashMap::new();
        for (group, path) in db::files::paths_of_groups(&self.db, &ids).await? {
            paths.entry(group).or_default().push(path);
        }
        let view = self.catalogue.view(user_id).await?;
        let show = |group: MatchGroup| {
            let paths = paths.remove(&group.id).unwrap_or_default();
            shown::group(group, paths, &view)
        };
        Ok(groups.into_iter().map(show).collect())
    }
}
