//! Playback sessions: open, report, time out.

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Millis, Tx,
    ids::{FileId, UserId},
    kinds::PlaybackState,
    playback_sessions,
    rows::PlaybackSession,
};

use crate::{
    Engine, Error, Result,
    companions::Reported,
    dot,
    events::SyncEvent,
    outbox::{self, Recorded},
    policy::Policy,
    scrobble::{Input, Machine, Part, Segments},
    status::{AccountStatus, ScrobbleStatus},
};

/// A playing player reports every ten seconds; if it does not, its tab or connection is gone.
const PLAYING_SILENCE: TimeDelta = TimeDelta::seconds(60);
/// Allows for long pauses.
const PAUSED_SILENCE: TimeDelta = TimeDelta::hours(3);
/// How long stopped players are kept.
const KEPT: TimeDelta = TimeDelta::days(7);

/// A player to open.
#[derive(Clone, Debug)]
pub struct NewPlayback {
    /// Its id, chosen by the caller.
    pub id: String,
    /// The user.
    pub user_id: UserId,
    /// The file to play.
    pub file_id: FileId,
    /// The titles of the file, in their order.
    pub parts: Vec<Part>,
    /// Length of the file, in milliseconds.
    pub duration_ms: i64,
    /// The position where it begins, in milliseconds.
    pub position_ms: i64,
    /// Whether nothing is sent to Trakt; the timeline then marks the play as private.
    pub is_private: bool,
}

/// A report of a player.
#[derive(Clone, Copy, Debug)]
pub struct PlayerEvent {
    /// What happened.
    pub input: Input,
    /// The player's position, in milliseconds.
    pub position_ms: i64,
    /// The number of the report, increasing: late and repeated reports are ignored.
    pub seq: i64,
    /// How long ago it happened, in milliseconds: a report may be delayed by a sleeping laptop.
    pub age_ms: i64,
}

/// The time of a report of age `age_ms`. An age that would put it before the player's last report, or in the
/// future, is wrong and counts as zero.
fn happened_at(now: DateTime<Utc>, age_ms: i64, session: &PlaybackSession) -> DateTime<Utc> {
    let age = TimeDelta::milliseconds(age_ms.clamp(0, KEPT.num_milliseconds()));
    if now - age < session.last_event_at.0 { now } else { now - age }
}

impl Engine {
    /// Opens a player.
    pub async fn open_player(&self, new: NewPlayback) -> Result<PlaybackSession> {
        let now = self.core.clock.now();
        let segments = Segments::divide(new.duration_ms, &new.parts)
            .ok_or_else(|| Error::Stored("a file without titles or length cannot be played".to_owned()))?;
        let policy = Policy::of(&self.core.db, new.user_id).await?;
        let machine = Machine::new(segments, new.position_ms, now).counting_from(policy.counts_from());
        let at = Millis::from(now);
        let session = PlaybackSession {
            id: new.id,
            user_id: new.user_id,
            file_id: new.file_id,
            is_private: new.is_private,
            state: PlaybackState::Opened,
            position_ms: machine.position_ms(),
            duration_ms: new.duration_ms,
            last_seq: 0,
            last_event_at: at,
            started_at: at,
            stopped_at: None,
            machine: serde_json::to_value(&machine).expect("plain data is always JSON"),
            companion_of: None,
        };
        let tx = self.core.db.begin().await?;
        playback_sessions::insert(&tx, session.clone()).await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Handles a report of this user's player. The results are written in one transaction and sent to Trakt
    /// soon. A report that is not newer than the last one changes nothing.
    pub async fn report(
        &self,
        user_id: UserId,
        session_id: &str,
        event: PlayerEvent,
    ) -> Result<ScrobbleStatus> {
        let tx = self.core.db.begin().await?;
        let (session, account) = playback_sessions::find_with_account(&tx, session_id)
            .await?
            .filter(|(session, _)| session.user_id == user_id && session.companion_of.is_none())
            .ok_or(Error::NotFound("playback"))?;
        let (status, link) = self.core.standing_of(user_id, account.as_ref());
        if event.seq <= session.last_seq {
            return dot::of_session(&tx, &session, status).await;
        }
        let session = PlaybackSession { last_seq: event.seq, ..session };
        let at = happened_at(self.core.clock.now(), event.age_ms, &session);
        let PlayerEvent { input, position_ms, seq, .. } = event;
        let link = (link, self.core.trakt_ahead(user_id));
        let recorded = outbox::record(&tx, session, input, position_ms, link, at).await?;
        let reported = Reported { input, position_ms, seq, at };
        let others = self.report_companions(&tx, session_id, reported).await?;
        self.finish(tx, recorded, others, status).await
    }

    /// The state of a player's dot.
    pub async fn dot(&self, user_id: UserId, session_id: &str) -> Result<ScrobbleStatus> {
        match self.core.dot(session_id).await? {
            Some((owner, status)) if owner == user_id => Ok(status),
            _ => Err(Error::NotFound("playback")),
        }
    }

    /// Stops players without reports, at the last known position and time, until they report again. Returns their
    /// number.
    pub async fn stop_silent_players(&self) -> Result<usize> {
        let now = self.core.clock.now();
        let at = Millis::from(now);
        let silent =
            playback_sessions::silent(&self.core.db, Millis::from(now - PLAYING_SILENCE), at).await?;
        if silent.iter().any(|session| session.last_event_at.0 > now) {
            let tx = self.core.db.begin().await?;
            playback_sessions::follow_clock(&tx, at).await?;
            tx.commit().await?;
        }
        let mut stopped = 0;
        for session in silent {
            let patience =
                if session.state == PlaybackState::Playing { PLAYING_SILENCE } else { PAUSED_SILENCE };
            if now - session.last_event_at.0 < patience {
                continue;
            }
            match self.time_out(&session, patience).await {
                Ok(true) => stopped += 1,
                Ok(false) => {}
                // The other players must not wait for this one. It is tried again in the next round.
                Err(error) => {
                    tracing::warn!(session = session.id, %error, "a player that stopped reporting could not be closed");
                }
            }
        }
        Ok(stopped)
    }

    /// Deletes players that stopped long ago.
    pub async fn prune_players(&self) -> Result<()> {
        let tx = self.core.db.begin().await?;
        playback_sessions::prune(&tx, Millis::from(self.core.clock.now() - KEPT)).await?;
        Ok(tx.commit().await?)
    }

    async fn time_out(&self, session: &PlaybackSession, patience: TimeDelta) -> Result<bool> {
        let now = self.core.clock.now();
        let tx = self.core.db.begin().await?;
        // Read again under the lock: it may have reported meanwhile, or another node may have stopped it.
        let Some((session, account)) = playback_sessions::find_with_account(&tx, &session.id).await? else {
            return Ok(false);
        };
        if session.state == PlaybackState::Stopped || now - session.last_event_at.0 < patience {
            return Ok(false);
        }
        let (status, link) = self.core.standing_of(session.user_id, account.as_ref());
        let position_ms = session.position_ms;
        let (id, seq) = (session.id.clone(), session.last_seq);
        let link = (link, self.core.trakt_ahead(session.user_id));
        let recorded = outbox::record(&tx, session, Input::Timeout, position_ms, link, now).await?;
        let reported = Reported { input: Input::Timeout, position_ms, seq, at: now };
        let others = self.report_companions(&tx, &id, reported).await?;
        self.finish(tx, recorded, others, status).await?;
        Ok(true)
    }

    /// Commits what was recorded and announces it; returns what the dot shows now.
    async fn finish(
        &self,
        tx: Tx,
        recorded: Recorded,
        others: Vec<Recorded>,
        account: AccountStatus,
    ) -> Result<ScrobbleStatus> {
        let status = dot::of_session(&tx, &recorded.session, account).await?;
        tx.commit().await?;
        others.into_iter().for_each(|other| self.announce_recorded(other));
        let (user_id, session_id) = (recorded.session.user_id, recorded.session.id);
        if !recorded.plays.is_empty() {
            self.core.events.send(SyncEvent::Plays { user_id, play_ids: recorded.plays });
        }
        if recorded.enqueued {
            self.wake(user_id);
        }
        self.core.events.send(SyncEvent::Scrobble { user_id, session_id, status: status.clone() });
        Ok(status)
    }
}
