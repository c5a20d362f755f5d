//! Manual changes to many plays. Each change is one transaction.

use chrono::{DateTime, Utc};
use db::ids::{PlayId, TitleId, UserId};
use db::rows;
use sync::outbox::{RemovedPlay, forget_play, restore_plays};

use super::days::is_plausible;
use super::mark::{MarkError, Marks, WatchedAt};
use catalogue::entry::Entry;
use catalogue::home::{to_mark_together, to_unmark};
use catalogue::view::View;

impl Marks<'_> {
    /// Marks titles as watched; with `and_earlier`, also the episodes before each episode in its show. Titles that
    /// are already watched are skipped. Returns the new plays, which may be none.
    ///
    /// # Errors
    /// When one of the titles does not exist, the time is not plausible, or the database fails.
    pub async fn mark_together(
        &self,
        user_id: UserId,
        title_ids: &[TitleId],
        and_earlier: bool,
        watched: WatchedAt,
        now: DateTime<Utc>,
    ) -> Result<Vec<rows::Play>, MarkError> {
        if matches!(watched, WatchedAt::Time(at) if !is_plausible(at, now)) {
            return Err(MarkError::ImplausibleTime);
        }
        let view = self.catalogue.view(user_id).await?;
        let marked = to_mark_together(&view, &entries(&view, title_ids)?, and_earlier, now);
        let Some(first) = marked.first() else { return Ok(Vec::new()) };
        self.insert(user_id, &marked, watched.times(first, now).1, watched, now).await
    }

    /// The plays that are deleted when these titles are marked as unwatched.
    ///
    /// # Errors
    /// When one of the titles does not exist, or the database fails.
    pub async fn plays_of(
        &self,
        user_id: UserId,
        title_ids: &[TitleId],
    ) -> Result<Vec<rows::Play>, MarkError> {
        let view = self.catalogue.view(user_id).await?;
        let titles = to_unmark(&view, &entries(&view, title_ids)?);
        Ok(db::plays::of_titles(self.db, user_id, &titles).await?)
    }

    /// Marks titles as unwatched: deletes all their plays, also on Trakt. Returns the deleted plays.
    ///
    /// # Errors
    /// When one of the titles does not exist, or the database fails.
    pub async fn mark_unwatched(
        &self,
        user_id: UserId,
        title_ids: &[TitleId],
        now: DateTime<Utc>,
    ) -> Result<Vec<rows::Play>, MarkError> {
        let view = self.catalogue.view(user_id).await?;
        let titles = to_unmark(&view, &entries(&view, title_ids)?);
        let link = self.engine.link(user_id).await?;
        let tx = self.db.begin().await?;
        let plays = db::plays::of_titles(&tx, user_id, &titles).await?;
        self.delete(tx, user_id, plays, link, now).await
    }

    /// Deletes plays, also on Trakt. Plays that no longer exist are skipped. Returns the deleted plays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_plays(
        &self,
        user_id: UserId,
        play_ids: &[PlayId],
        now: DateTime<Utc>,
    ) -> Result<Vec<rows::Play>, MarkError> {
        let link = self.engine.link(user_id).await?;
        let tx = self.db.begin().await?;
        let plays = db::timeline::find_plays(&tx, user_id, play_ids).await?;
        self.delete(tx, user_id, plays, link, now).await
    }

    async fn delete(
        &self,
        tx: db::Tx,
        user_id: UserId,
        plays: Vec<rows::Play>,
        link: sync::outbox::Link,
        now: DateTime<Utc>,
    ) -> Result<Vec<rows::Play>, MarkError> {
        let mut enqueued = false;
        for play in &plays {
            enqueued |= forget_play(&tx, play, link, now).await?;
        }
        let ids: Vec<PlayId> = plays.iter().map(|play| play.id).collect();
        db::plays::delete_many(&tx, &ids).await?;
        tx.commit().await?;
        let titles: Vec<TitleId> = plays.iter().map(|play| play.title_id).collect();
        self.notify(user_id, &titles, enqueued);
        Ok(plays)
    }

    /// Restores deleted plays, also on Trakt. Plays that exist are skipped. Returns the restored plays.
    ///
    /// # Errors
    /// When one of the titles does not exist, a time is not plausible, or the database fails.
    pub async fn restore_plays(
        &self,
        user_id: UserId,
        removed: &[RemovedPlay],
        now: DateTime<Utc>,
    ) -> Result<Vec<rows::Play>, MarkError> {
        if removed.iter().filter_map(|play| play.watched_at).any(|at| !is_plausible(at.0, now)) {
            return Err(MarkError::ImplausibleTime);
        }
        let titles: Vec<TitleId> = removed.iter().map(|play| play.title_id).collect();
        let view = self.catalogue.view(user_id).await?;
        entries(&view, &titles)?;
        let link = self.engine.link(user_id).await?;
        let tx = self.db.begin().await?;
        let (plays, enqueued) = restore_plays(&tx, user_id, removed, link, now).await?;
        tx.commit().await?;
        self.notify(user_id, &titles, enqueued);
        Ok(plays)
    }
}

fn entries<'a>(view: &'a View, ids: &[TitleId]) -> Result<Vec<&'a Entry>, MarkError> {
    ids.iter().map(|id| view.snapshot.get(*id).ok_or(MarkError::NoTitle)).collect()
}
