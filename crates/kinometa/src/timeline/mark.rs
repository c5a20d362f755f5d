//! Marks by hand: watched, not watched after all, not under way any more.
//!
//! A mark and the intention to tell Trakt are one transaction.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use db::Db;
use db::ids::{PlayId, TitleId, UserId};
use db::kinds::PlaySource;
use db::rows;
use sync::Engine;
use sync::outbox::payload::When;
use sync::outbox::{enqueue_history, forget_play};

use super::days::plausible;
use catalogue::Catalogue;
use catalogue::entry::Entry;
use catalogue::home::to_mark;

/// What marks work with.
#[derive(Clone, Copy)]
pub struct Marks<'a> {
    /// Database.
    pub db: &'a Db,
    /// The library in memory.
    pub catalogue: &'a Catalogue,
    /// What tells Trakt.
    pub engine: &'a Engine,
}

/// Why a mark could not be made.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// There is no such title or play.
    #[error("This title")]
    NoTitle,
    /// There is no such play of this person.
    #[error("This play")]
    NoPlay,
    /// The time is before there were films, or in the future.
    #[error("The time lies in the future, or before there were films.")]
    ImplausibleTime,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// Trakt could not be told.
    #[error(transparent)]
    Sync(#[from] sync::Error),
}

/// When somebody says a title was watched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Moment {
    /// Just now.
    #[default]
    Now,
    /// When it came out.
    Released,
    /// Nobody remembers.
    Unknown,
    /// Then.
    At(DateTime<Utc>),
}

impl FromStr for Moment {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, chrono::ParseError> {
        Ok(match text {
            "now" => Self::Now,
            "released" => Self::Released,
            "unknown" => Self::Unknown,
            text => Self::At(text.parse()?),
        })
    }
}

impl Moment {
    /// The time of the play here, and what Trakt is told.
    fn times(self, entry: &Entry, now: DateTime<Utc>) -> (Option<DateTime<Utc>>, When) {
        match self {
            Self::Now => (Some(now), When::At(now)),
            Self::At(at) => (Some(at), When::At(at)),
            Self::Released => (entry.released_at.filter(|at| *at <= now), When::Released),
            Self::Unknown => (None, When::Unknown),
        }
    }
}

impl Marks<'_> {
    /// Marks a title as watched. The answer has the plays made, none when there was nothing left to mark.
    ///
    /// # Errors
    /// When there is no such title, the time makes no sense, or the database fails.
    pub async fn mark_watched(
        &self,
        user_id: UserId,
        title_id: TitleId,
        moment: Moment,
        now: DateTime<Utc>,
    ) -> Result<Vec<rows::Play>, MarkError> {
        if matches!(moment, Moment::At(at) if !plausible(at, now)) {
            return Err(MarkError::ImplausibleTime);
        }
        let view = self.catalogue.view(user_id).await?;
        let entry = view.snapshot.get(title_id).ok_or(MarkError::NoTitle)?;
        let marked = to_mark(&view, entry, now);
        let plays = marked.iter().map(|entry| {
            let (watched_at, _) = moment.times(entry, now);
            new_play(user_id, entry.id, watched_at, now)
        });
        let when = moment.times(entry, now).1;
        let link = self.engine.link(user_id).await?;
        let titles: Vec<TitleId> = marked.iter().map(|entry| entry.id).collect();
        let tx = self.db.begin().await?;
        let plays = db::timeline::insert_plays(&tx, plays.collect()).await?;
        db::timeline::delete_progress(&tx, user_id, &titles).await?;
        let tells = enqueue_history(&tx, &plays, when, link, now).await?;
        tx.commit().await?;
        self.changed(user_id, tells);
        Ok(plays)
    }

    /// Takes one play back, at Trakt too: that one and no other.
    ///
    /// # Errors
    /// When the person has no such play, or the database fails.
    pub async fn delete_play(
        &self,
        user_id: UserId,
        play_id: PlayId,
        now: DateTime<Utc>,
    ) -> Result<(), MarkError> {
        let link = self.engine.link(user_id).await?;
        let tx = self.db.begin().await?;
        let play = db::timeline::find_play(&tx, user_id, play_id).await?.ok_or(MarkError::NoPlay)?;
        let tells = forget_play(&tx, &play, link, now).await?;
        db::plays::delete(&tx, play_id).await?;
        tx.commit().await?;
        self.changed(user_id, tells);
        Ok(())
    }

    /// Forgets where a person stopped in a title; in a show or season, in all its episodes.
    ///
    /// # Errors
    /// When there is no such title, or the database fails.
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
        self.changed(user_id, false);
        Ok(())
    }

    fn changed(&self, user_id: UserId, tells: bool) {
        self.catalogue.person_changed(user_id);
        if tells {
            self.engine.wake(user_id);
        }
    }
}

fn new_play(
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
