//! Watching together: each viewer has their own player row, which follows the one that reports. Viewings,
//! settings and accounts stay separate.

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Millis, Tx, companions,
    ids::UserId,
    kinds::PlaybackState,
    playback_sessions,
    rows::{PlaybackSession, User},
    trakt_accounts,
};

use crate::{
    Engine, Error, Result,
    outbox::{self, Recorded},
    policy::Policy,
    scrobble::{Input, Machine},
};

/// A companion removed this soon was added by mistake and has watched nothing.
const MISTAKE: TimeDelta = TimeDelta::minutes(1);

/// A user who can watch together with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// The user.
    pub user: User,
    /// Whether they are watching together at this player.
    pub is_watching: bool,
}

/// What a report means for one of the viewers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reported {
    pub(crate) input: Input,
    pub(crate) position_ms: i64,
    pub(crate) seq: i64,
    pub(crate) at: DateTime<Utc>,
}

impl Engine {
    /// Users who allow watching together, without the user themselves.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the user has no such player.
    pub async fn companions(&self, user_id: UserId, session_id: &str) -> Result<Vec<Companion>> {
        let db = &self.core.db;
        let session = playback_sessions::find(db, session_id).await?;
        owned(session, user_id)?;
        let watching = companions::of_session(db, session_id).await?;
        let people = companions::willing(db).await?.into_iter().filter(|user| user.id != user_id);
        let companion = |user: User| Companion {
            is_watching: watching.iter().any(|session| session.user_id == user.id),
            user,
        };
        Ok(people.map(companion).collect())
    }

    /// Sets who watches together with the user at this player, from its current position.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the user has no such player; [`Error::NotTogether`] if one of the companions does
    /// not allow watching together, in which case nothing changes.
    pub async fn set_companions(&self, user_id: UserId, session_id: &str, who: &[UserId]) -> Result<()> {
        let now = self.core.clock.now();
        let tx = self.core.db.begin().await?;
        let session = owned(playback_sessions::find_for_update(&tx, session_id).await?, user_id)?;
        let mut recorded = Vec::new();
        let before = companions::of_session(&tx, session_id).await?;
        for companion in before.iter().filter(|companion| !who.contains(&companion.user_id)) {
            recorded.push(self.leave(&tx, companion.clone(), now).await?);
        }
        let mut joining: Vec<UserId> = who.to_vec();
        joining.sort_unstable();
        joining.dedup();
        joining.retain(|id| before.iter().all(|companion| companion.user_id != *id));
        for companion in joining {
            if companion == user_id || !companions::is_willing(&tx, companion).await? {
                return Err(Error::NotTogether);
            }
            recorded.extend(self.join(&tx, &session, companion, now).await?);
        }
        tx.commit().await?;
        recorded.into_iter().for_each(|recorded| self.announce_recorded(recorded));
        Ok(())
    }

    /// Records what a player's report means for those who watch together with its user.
    pub(crate) async fn report_companions(
        &self,
        tx: &Tx,
        session_id: &str,
        reported: Reported,
    ) -> Result<Vec<Recorded>> {
        let mut recorded = Vec::new();
        for companion in companions::of_session(tx, session_id).await? {
            let link = self.link_in(tx, companion.user_id).await?;
            let companion = PlaybackSession { last_seq: reported.seq, ..companion };
            let Reported { input, position_ms, at, .. } = reported;
            recorded.push(outbox::record(tx, companion, input, position_ms, link, at).await?);
        }
        Ok(recorded)
    }

    /// Announces what was recorded for a companion.
    pub(crate) fn announce_recorded(&self, recorded: Recorded) {
        let user_id = recorded.session.user_id;
        if !recorded.plays.is_empty() {
            let play_ids = recorded.plays;
            self.core.events.send(crate::SyncEvent::Plays { user_id, play_ids });
        }
        if recorded.enqueued {
            self.wake(user_id);
        }
    }

    /// A companion joins at the player's position.
    async fn join(
        &self,
        tx: &Tx,
        session: &PlaybackSession,
        user_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<Recorded>> {
        let player = read(session)?;
        let counts_from = Policy::of(tx, user_id).await?.counts_from();
        let machine = player.joined(now).counting_from(counts_from);
        let at = Millis::from(now);
        let companion = PlaybackSession {
            id: format!("{}~{user_id}~{}", session.id, now.timestamp_millis()),
            user_id,
            state: PlaybackState::Opened,
            position_ms: machine.position_ms(),
            last_event_at: at,
            started_at: at,
            stopped_at: None,
            machine: serde_json::to_value(&machine).expect("plain data is always JSON"),
            companion_of: Some(session.id.clone()),
            ..session.clone()
        };
        playback_sessions::insert(tx, companion.clone()).await?;
        if !player.is_playing() {
            return Ok(None);
        }
        let link = self.link_in(tx, user_id).await?;
        let position_ms = companion.position_ms;
        Ok(Some(outbox::record(tx, companion, Input::Play, position_ms, link, now).await?))
    }

    /// A companion leaves: their player ends at its position and no longer follows another.
    async fn leave(&self, tx: &Tx, companion: PlaybackSession, now: DateTime<Utc>) -> Result<Recorded> {
        let link = self.link_in(tx, companion.user_id).await?;
        let was_mistake = now - companion.started_at.0 < MISTAKE;
        let mut companion = PlaybackSession { companion_of: None, ..companion };
        let mut position_ms = companion.position_ms;
        if was_mistake {
            // A companion added by mistake is moved to the beginning, so that nothing counts as watched.
            position_ms = 0;
            companion = outbox::record(tx, companion, Input::Seek, position_ms, link, now).await?.session;
        }
        outbox::record(tx, companion, Input::Stop, position_ms, link, now).await
    }

    async fn link_in(&self, tx: &Tx, user_id: UserId) -> Result<(outbox::Link, Option<TimeDelta>)> {
        let stored = trakt_accounts::find(tx, user_id).await?;
        Ok((self.core.standing_of(user_id, stored.as_ref()).1, self.core.trakt_ahead(user_id)))
    }
}

/// The player, if it is the user's own and not a companion's.
fn owned(session: Option<PlaybackSession>, user_id: UserId) -> Result<PlaybackSession> {
    session
        .filter(|session| session.user_id == user_id && session.companion_of.is_none())
        .ok_or(Error::NotFound("playback"))
}

fn read(session: &PlaybackSession) -> Result<Machine> {
    serde_json::from_value(session.machine.clone())
        .map_err(|error| Error::Stored(format!("the player {} cannot be read: {error}", session.id)))
}
