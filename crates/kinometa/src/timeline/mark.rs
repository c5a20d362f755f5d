//! Manual changes: marking as watched, changing and deleting plays, clearing resume points.
//!
//! Each change and its outbox entries for Trakt are written in one transaction.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use db::Db;
use db::ids::{PlayId, TitleId, UserId};
use db::kinds::PlaySource;
use db::rows;
use sync::Engine;
use sync::outbox::payload::When;
use sync::outbox::{enqueue_history, forget_play, retime_play};
use trakt::models::to_the_minute;

use super::days::is_plausible;
use catalogue::Catalogue;
use catalogue::entry::Entry;
use catalogue::home::to_mark;

/// Services needed for manual changes to the timeline.
#[derive(Clone, Copy)]
pub struct Marks<'a> {
    /// The database.
    pub db: &'a Db,
    /// The in-memory library, for titles and episodes.
    pub catalogue: &'a Catalogue,
    /// The sync engine, which sends the changes to Trakt.
    pub engine: &'a Engine,
}

/// Reasons why a manual change failed.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// The title does not exist.
    #[error("title not found")]
    NoTitle,
    /// The play does not exist, or belongs to another user.
    #[error("play not found")]
    NoPlay,
    /// The time is in the future, or before the first film was made.
    #[error("the time is not plausible")]
    ImplausibleTime,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The change could not be queued for Trakt.
    #[error(transparent)]
    Sync(#[from] sync::Error),
}

/// When a title was watched, as chosen by the user.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WatchedAt {
    /// At the time of the request.
    #[default]
    Now,
    /// At the release date.
    Released,
    /// At an unknown time.
    Unknown,
    /// At this time.
    Time(DateTime<Utc>),
}

impl FromStr for WatchedAt {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, chrono::ParseError> {
        Ok(match text {
            "now" => Self::Now,
            "released" => Self::Released,
            "unknown" => Self::Unknown,
            text => Self::Time(text.parse()?),
        })
    }
}

impl WatchedAt {
    /// The local time of the play, and the time to send to Trakt.
    pub(super) fn times(self, entry: &Entry, now: DateTime<Utc>) -> (Option<DateTime<Utc>>, When) {
        match self {
            Self::Now => (Some(now), When::At(now)),
            Self::Time(at) => (Some(at), When::At(at)),
            Self::Released => (entry.released_at.filter(|at| *at <= now), When::Released),
            Self::Unknown => (None, When::Unknown),
        }
    }
}

impl Marks<'_> {
    /// Marks a title as watched; for a show or season, every aired episode that is not watched yet. Returns the new
    /// plays, which may be none.
    ///
    /// # Errors
    /// When the title does not exist, the time is not plausible, or the database fails.
    pub async fn mark_watched(
        &self,
        user_id: UserId,
        title_id: TitleId,
        watched: WatchedAt,
        now: DateTime<Utc>,
    ) -> Result<Vec<rows::Play>, MarkError> {
        if matches!(watched, WatchedAt::Time(at) if !is_plausible(at, now)) {
            return Err(MarkError::ImplausibleTime);
        }
        let view = self.catalogue.view(user_id).await?;
        let entry = view.snapshot.get(title_id).ok_or(MarkError::NoTitle)?;
        let marked = to_mark(&view, entry, now);
        self.insert(user_id, &marked, watched.times(entry, now).1, watched, now).await
    }

    /// Inserts one play for each of these titles, and enqueues the plays together.
    pub(super) async fn insert(
        &self,
        user_id: UserId,
        marked: &[&Entry],
        when: When,
        watched: WatchedAt,
        now: DateTime<Utc>,
    ) -> Result<Vec<rows::Play>, MarkError> {
        let plays = marked.iter().map(|entry| new_play(user_id, entry.id, watched.times(entry, now).0, now));
        let titles: Vec<TitleId> = marked.iter().map(|entry| entry.id).collect();
        let link = self.engine.link(user_id).await?;
        let tx = self.db.begin().await?;
        let plays = db::timeline::insert_plays(&tx, plays.collect()).await?;
        db::timeline::delete_progress(&tx, user_id, &titles).await?;
        let enqueued = enqueue_history(&tx, &plays, when, link, now).await?;
        tx.commit().await?;
        self.notify(user_id, &titles, enqueued);
        Ok(plays)
    }

    /// Deletes a play, also on Trakt. Other plays of the title are not affected.
    ///
    /// # Errors
    /// When the user has no such play, or the database fails.
    pub async fn delete_play(
        &self,
        user_id: UserId,
        play_id: PlayId,
        now: DateTime<Utc>,
    ) -> Result<(), MarkError> {
        let link = self.engine.link(user_id).await?;
        let tx = self.db.begin().await?;
        let play = db::timeline::find_play(&tx, user_id, play_id).await?.ok_or(MarkError::NoPlay)?;
        let enqueued = forget_play(&tx, &play, link, now).await?;
        db::plays::delete(&tx, play_id).await?;
        tx.commit().await?;
        self.notify(user_id, &[play.title_id], enqueued);
        Ok(())
    }

    /// Changes when a play was watched, also on Trakt. Trakt cannot change an entry, so it is replaced by a new
    /// one, and the play gets a new id. Nothing changes if the times are equal to the minute, because Trakt stores
    /// no seconds.
    ///
    /// # Errors
    /// When the user has no such play, the time is not plausible, or the database fails.
    pub async fn change_time(
        &self,
        user_id: UserId,
        play_id: PlayId,
        watched: WatchedAt,
        now: DateTime<Utc>,
    ) -> Result<rows::Play, MarkError> {
        if matches!(watched, WatchedAt::Time(at) if !is_plausible(at, now)) {
            return Err(MarkError::ImplausibleTime);
        }
        let view = self.catalogue.view(user_id).await?;
        let link = self.engine.link(user_id).await?;
        let tx = self.db.begin().await?;
        let play = db::timeline::find_play(&tx, user_id, play_id).await?.ok_or(MarkError::NoPlay)?;
        let entry = view.snapshot.get(play.title_id).ok_or(MarkError::NoTitle)?;
        let (watched_at, when) = watched.times(entry, now);
        if play.watched_at.map(|at| to_the_minute(at.0)) == watched_at.map(to_the_minute) {
            return Ok(play);
        }
        let (play, enqueued) = retime_play(&tx, &play, watched_at.map(Into::into), when, link, now).await?;
        tx.commit().await?;
        self.notify(user_id, &[play.title_id], enqueued);
        Ok(play)
    }

    /// Clears the resume point of a title; for a show or season, of all its episodes.
    ///
    /// # Errors
    /// When the title does not exist, or the database fails.
    pub async fn clear_progress(&self, user_id: UserId, title_id: TitleId) -> Result<(), MarkError> {
        let view = self.catalogue.view(user_id).await?;
        let entry = view.snapshot.get(title_id).ok_or(MarkError::NoTitle)?;
        let mut ids = vec![entry.id];
        let show = entry.show_id.unwrap_or(entry.id);
        let below = view
            .snapshot
            .episodes(show)
            .filter(|episode| show == entry.id || episode.season_id == Some(entry.id));
        ids.extend(below.map(|episode| episode.id));
        let tx = self.db.begin().await?;
        db::timeline::delete_progress(&tx, user_id, &ids).await?;
        tx.commit().await?;
        self.notify(user_id, &ids, false);
        Ok(())
    }

    /// Announces the change, and wakes the sync worker when there is something to send.
    pub(super) fn notify(&self, user_id: UserId, titles: &[TitleId], enqueued: bool) {
        self.catalogue.user_titles_changed(user_id, titles.iter().copied());
        if enqueued {
            self.engine.wake(user_id);
        }
    }
}

pub(super) fn new_play(
    user_id: UserId,
    title_id: TitleId,
    watched_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> rows::Play {
    rows::Play {
        id: PlayId::NEW,
        user_id,
        title_id,
        watched_at: watched_at.map(Into::into),
        source: PlaySource::Manual,
        file_id: None,
        is_private: false,
        trakt_history_id: None,
        created_at: now.into(),
    }
}
