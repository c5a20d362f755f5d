//! Undoing what the sync has changed, on both sides.

mod run;

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    ids::{PlayId, SyncChangeId, TitleId, UserId},
    kinds::{PlaySource, SyncCategory, SyncWhat},
    plays::{self, NewPlay},
    progress,
    rows::{Play, SyncChange},
    sync_changes, tombstones, trakt_plays,
};
use trakt::models::to_the_minute;

use crate::{
    Engine, Error, Result, SyncEvent,
    changes::{LoggedPlay, LoggedResumePoint, is_counted_by_run, read_value},
    outbox::{
        Link, TraktAhead, enqueue_dated, forget_play,
        preferences::{Chosen, PreferenceOwner, choose},
        resume::{self, Place},
    },
    preference::Preference,
    push::{Addition, Kept},
};

pub use run::UndoneRun;

/// Why a change cannot be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotUndo {
    /// It has already been undone.
    Already,
    /// It was made with a different account than the connected one.
    OtherAccount,
    /// The previous state is unknown: a whole import, a resume point in a title of unknown length.
    NotKnown,
    /// What it added no longer exists.
    Gone,
}

/// Whether a change can be undone, judging by the change itself.
pub fn can_be_undone(change: &SyncChange) -> bool {
    change.undone_at.is_none() && Undo::of(change, change.changed_at.0).is_some()
}

/// What undoing a change does.
enum Undo {
    /// Restores the play, here and on Trakt.
    Restore(TitleId, LoggedPlay),
    /// Removes the play, here and on Trakt.
    TakeBack(LoggedPlay),
    /// Adds the title to the Trakt collection again, where it stays without a file.
    Collect(TitleId, Kept),
    /// Removes this from the Trakt collection, where it stays out as long as its file exists.
    LeaveOut(Addition),
    /// Restores the preference, here and on Trakt; `None` removes it.
    Choose(Chosen),
    /// Restores the resume point, here and on Trakt.
    Resume(TitleId, LoggedResumePoint),
    /// Removes the resume point here, and on Trakt when both sides are compared.
    Clear(TitleId),
}

impl Undo {
    fn of(change: &SyncChange, now: DateTime<Utc>) -> Option<Self> {
        if change.title_id.is_none() {
            return Self::of_counted(change);
        }
        let title_id = change.title_id?;
        match (change.category, change.what) {
            (SyncCategory::History, SyncWhat::Removed) => {
                Some(Self::Restore(title_id, LoggedPlay::read(change.before.as_ref())?))
            }
            (SyncCategory::History, SyncWhat::Added) => {
                let play = LoggedPlay::read(change.after.as_ref())?;
                (play.play_id.is_some() || play.history_id.is_some()).then_some(Self::TakeBack(play))
            }
            (
                SyncCategory::Ratings
                | SyncCategory::Watchlist
                | SyncCategory::Dropped
                | SyncCategory::Recommendations,
                _,
            ) => {
                let (preference, value) =
                    (Preference::of(change.category)?, read_value(change.before.as_ref()));
                Some(Self::Choose(Chosen { preference, title_id, value }))
            }
            (SyncCategory::Collection, SyncWhat::Removed) => {
                Some(Self::Collect(title_id, Kept::from_log(change.before.as_ref(), now)?))
            }
            (SyncCategory::Collection, SyncWhat::Added) => Some(Self::LeaveOut(Addition::Title(title_id))),
            (SyncCategory::Playback, SyncWhat::Removed | SyncWhat::Changed) => {
                Some(Self::Resume(title_id, LoggedResumePoint::read(change.before.as_ref())?))
            }
            (SyncCategory::Playback, SyncWhat::Added) => Some(Self::Clear(title_id)),
            // The quality on Trakt is that of the file.
            (SyncCategory::History | SyncCategory::Collection, SyncWhat::Changed) => None,
        }
    }

    /// The undo of a log entry that counts many items.
    fn of_counted(change: &SyncChange) -> Option<Self> {
        let is_addition = change.category == SyncCategory::Collection && change.what == SyncWhat::Added;
        (is_addition && is_counted_by_run(change.after.as_ref()))
            .then_some(Self::LeaveOut(Addition::Run(change.run_at?)))
    }
}

impl Engine {
    /// Undoes a change on both sides: a removed play or resume point is restored here and sent to Trakt; an added one
    /// is removed from both. Preferences get their previous value.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the user has no such change, [`Error::NotConnected`] without a connected account,
    /// and [`Error::CannotUndo`].
    pub async fn undo(&self, user_id: UserId, id: SyncChangeId) -> Result<SyncChange> {
        let account = self.connected(user_id).await?;
        let acting = self.acting(user_id, &account).await?;
        let tx = self.core.db.begin().await?;
        let change = sync_changes::find(&tx, user_id, id).await?.ok_or(Error::NotFound("change"))?;
        if change.account != account {
            return Err(Error::CannotUndo(CannotUndo::OtherAccount));
        }
        let event = acting.undo(&tx, &change).await?;
        tx.commit().await?;
        self.announce_undone(user_id, [event]);
        Ok(SyncChange { undone_at: Some(Millis::from(acting.now)), ..change })
    }

    async fn acting<'a>(&self, user_id: UserId, account: &'a str) -> Result<Acting<'a>> {
        let (link, ahead) = (self.link(user_id).await?, self.core.trakt_ahead(user_id));
        Ok(Acting { user_id, account, link, ahead, now: self.core.clock.now() })
    }

    fn announce_undone(&self, user_id: UserId, events: impl IntoIterator<Item = SyncEvent>) {
        for event in events {
            self.core.events.send(event);
        }
        self.core.events.send(SyncEvent::Queue { user_id });
        self.wake(user_id);
    }
}

/// Whose changes are undone, and when.
struct Acting<'a> {
    user_id: UserId,
    account: &'a str,
    link: Link,
    ahead: TraktAhead,
    now: DateTime<Utc>,
}

impl Acting<'_> {
    /// Undoes a change. If it can't be undone, nothing is written, unless it has been undone concurrently.
    async fn undo(&self, tx: &Tx, change: &SyncChange) -> Result<SyncEvent> {
        if change.undone_at.is_some() {
            return Err(Error::CannotUndo(CannotUndo::Already));
        }
        let undo = Undo::of(change, self.now).ok_or(Error::CannotUndo(CannotUndo::NotKnown))?;
        let event = self.apply(tx, undo).await?;
        if !sync_changes::set_undone(tx, change.id, Millis::from(self.now)).await? {
            return Err(Error::CannotUndo(CannotUndo::Already));
        }
        Ok(event)
    }

    async fn apply(&self, tx: &Tx, undo: Undo) -> Result<SyncEvent> {
        let Self { user_id, account, link, ahead, now } = *self;
        Ok(match undo {
            Undo::Restore(title_id, play) => {
                let play_id = restore(tx, (user_id, account), title_id, &play, now).await?;
                SyncEvent::Plays { user_id, play_ids: vec![play_id] }
            }
            Undo::TakeBack(play) => {
                let play_id = take_back(tx, user_id, &play, link, now).await?;
                SyncEvent::Plays { user_id, play_ids: vec![play_id] }
            }
            Undo::Collect(title_id, kept) => {
                kept.keep(tx, (user_id, account), title_id, now).await?;
                SyncEvent::Account { user_id }
            }
            Undo::LeaveOut(addition) => {
                if !addition.leave_out(tx, (user_id, account), now).await? {
                    return Err(Error::CannotUndo(CannotUndo::Gone));
                }
                SyncEvent::Account { user_id }
            }
            Undo::Choose(chosen) => {
                let whose = PreferenceOwner { user_id, account: Some(account), link, ahead };
                choose(tx, whose, chosen, now).await?;
                SyncEvent::Preferences { user_id, title_ids: vec![chosen.title_id] }
            }
            Undo::Resume(title_id, place) => {
                let place = Place { percent: place.percent, duration_ms: place.duration_ms };
                if !resume::restore(tx, user_id, title_id, place, (link, ahead), now).await? {
                    return Err(Error::CannotUndo(CannotUndo::NotKnown));
                }
                SyncEvent::Pulled { user_id, new_titles: false }
            }
            Undo::Clear(title_id) => {
                if !progress::delete(tx, user_id, title_id).await? {
                    return Err(Error::CannotUndo(CannotUndo::Gone));
                }
                SyncEvent::Pulled { user_id, new_titles: false }
            }
        })
    }
}

/// Restores the play and sends it to Trakt. If it already exists here, that play is used; for plays without a time,
/// this cannot be determined.
async fn restore(
    tx: &Tx,
    (user_id, account): (UserId, &str),
    title_id: TitleId,
    logged: &LoggedPlay,
    now: DateTime<Utc>,
) -> Result<PlayId> {
    let minute = logged.watched_at.map(to_the_minute);
    let same = |play: &Play| {
        let own = play.watched_at.map(|at| to_the_minute(at.0));
        !play.is_private && minute.is_some() && own == minute
    };
    if let Some(play) = plays::of_titles(tx, user_id, &[title_id]).await?.iter().find(|play| same(play)) {
        return Ok(play.id);
    }
    let watched_at = logged.watched_at.map(Millis::from);
    tombstones::forget(tx, user_id, account, title_id, watched_at).await?;
    if let Some(history_id) = logged.history_id {
        trakt_plays::forget_entry(tx, user_id, account, history_id).await?;
    }
    let play = NewPlay {
        user_id,
        title_id,
        watched_at,
        source: logged.source.unwrap_or(PlaySource::Manual),
        file_id: None,
        is_private: false,
        trakt_history_id: None,
    };
    let play = plays::insert(tx, play, Millis::from(now)).await?;
    enqueue_dated(tx, std::slice::from_ref(&play), now).await?;
    Ok(play.id)
}

async fn take_back(
    tx: &Tx,
    user_id: UserId,
    logged: &LoggedPlay,
    link: Link,
    now: DateTime<Utc>,
) -> Result<PlayId> {
    let by_id = match logged.play_id {
        Some(id) => plays::find(tx, id).await?.filter(|play| play.user_id == user_id),
        None => None,
    };
    let play = match (by_id, logged.history_id) {
        (Some(play), _) => Some(play),
        (None, Some(history_id)) => plays::find_by_history(tx, user_id, history_id).await?,
        (None, None) => None,
    };
    let play = play.ok_or(Error::CannotUndo(CannotUndo::Gone))?;
    forget_play(tx, &play, link, now).await?;
    plays::delete(tx, play.id).await?;
    Ok(play.id)
}
