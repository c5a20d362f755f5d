//! From the player's events to rows.

use std::{cell::Cell, collections::HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Millis, Tx,
    ids::{PlayId, TitleId, UserId},
    kinds::{OutboxKind, PlaySource, PlaybackState},
    outbox::{self, NewOutboxRow},
    playback_sessions,
    plays::{self, NewPlay},
    progress,
    rows::{OutboxRow, PlaybackSession, Progress},
};

use super::{
    Link,
    payload::{self, Payload},
};
use crate::{
    Error, Result,
    scrobble::{COUNTS_FROM, Effect, Input, Machine, ResumePoint, ScrobbleCall, Verb},
};

/// A title that counted within this time and is resumed far into it is the same viewing.
const SAME_VIEWING: TimeDelta = TimeDelta::hours(24);
/// How long a call that may be overtaken is held back.
const SETTLE: TimeDelta = TimeDelta::seconds(3);

/// What was written down.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The player afterwards.
    pub session: PlaybackSession,
    /// Plays that counted at once.
    pub plays: Vec<PlayId>,
    /// Whether there is something to send to Trakt.
    pub enqueued: bool,
}

/// Writes down what follows from a player's event: the player itself, resume points, plays that count at once, and the
/// messages to Trakt. All of it in the caller's transaction.
pub async fn record(
    tx: &Tx,
    session: PlaybackSession,
    input: Input,
    position_ms: i64,
    link: Link,
    now: DateTime<Utc>,
) -> Result<Recorded> {
    let mut machine: Machine = serde_json::from_value(session.machine.clone())
        .map_err(|error| Error::Stored(format!("the player {} cannot be read: {error}", session.id)))?;
    let effects = step(tx, session.user_id, &mut machine, input, position_ms, now).await?;
    let mut recorded =
        Recorded { session: moved(session, &machine, input, now), plays: Vec::new(), enqueued: false };
    for effect in effects {
        recorded.apply(tx, effect, link, now).await?;
    }
    playback_sessions::update(tx, recorded.session.clone()).await?;
    Ok(recorded)
}

impl Recorded {
    async fn apply(&mut self, tx: &Tx, effect: Effect, link: Link, now: DateTime<Utc>) -> Result<()> {
        let session = &self.session;
        match effect {
            Effect::Resume(point) => progress::put(tx, resume_row(session, point)).await?,
            Effect::Finished { title_id } => {
                progress::delete(tx, session.user_id, title_id).await?;
            }
            Effect::Scrobble(call) => {
                let private = session.is_private;
                let counts_here = call.counts() && (private || link != Link::Live);
                let play_id = if counts_here { Some(self.add_play(tx, &call, now).await?) } else { None };
                if !private && link != Link::None {
                    outbox::insert(tx, intention(&self.session, &call, play_id), Millis::from(now)).await?;
                    self.enqueued = true;
                }
            }
        }
        Ok(())
    }

    async fn add_play(&mut self, tx: &Tx, call: &ScrobbleCall, now: DateTime<Utc>) -> Result<PlayId> {
        let play = NewPlay {
            user_id: self.session.user_id,
            title_id: call.title_id,
            watched_at: Some(Millis::from(call.at)),
            source: PlaySource::Kinometa,
            file_id: Some(self.session.file_id),
            is_private: self.session.is_private,
            trakt_history_id: None,
        };
        let play = plays::insert(tx, play, Millis::from(now)).await?;
        self.plays.push(play.id);
        Ok(play.id)
    }
}

/// Steps the machine. What counted a short while ago is read only when the step depends on it: a report of an ongoing
/// viewing does not.
async fn step(
    tx: &Tx,
    user_id: UserId,
    machine: &mut Machine,
    input: Input,
    position_ms: i64,
    now: DateTime<Utc>,
) -> Result<Vec<Effect>> {
    let asked = Cell::new(false);
    let mut ahead = machine.clone();
    let effects = ahead.step(input, position_ms, now, &|_| {
        asked.set(true);
        false
    });
    if !asked.get() {
        *machine = ahead;
        return Ok(effects);
    }
    let counted = recently_counted(tx, user_id, machine, now).await?;
    Ok(machine.step(input, position_ms, now, &|title| counted.contains(&title)))
}

/// The titles of a player that counted a short while ago: as a play, or as a stop that Trakt has yet to answer.
async fn recently_counted(
    tx: &Tx,
    user_id: UserId,
    machine: &Machine,
    now: DateTime<Utc>,
) -> Result<HashSet<TitleId>> {
    let since = Millis::from(now - SAME_VIEWING);
    let titles: Vec<TitleId> = machine.titles().collect();
    let waiting = outbox::open_of_titles(tx, user_id, &titles).await?;
    let recent = waiting.iter().filter(|row| row.occurred_at.0 >= since.0 && will_count(row));
    let mut counted: HashSet<TitleId> = recent.filter_map(|row| row.title_id).collect();
    counted.extend(plays::played_since(tx, user_id, &titles, since).await?);
    Ok(counted)
}

fn will_count(row: &OutboxRow) -> bool {
    match row.kind {
        _ if row.withdrawn => false,
        OutboxKind::ScrobbleStart | OutboxKind::ScrobblePause | OutboxKind::HistoryRemove => false,
        OutboxKind::HistoryAdd => true,
        OutboxKind::ScrobbleStop => {
            matches!(Payload::read(&row.payload), Some(Payload::Scrobble(stop)) if stop.progress >= COUNTS_FROM)
        }
    }
}

fn moved(session: PlaybackSession, machine: &Machine, input: Input, now: DateTime<Utc>) -> PlaybackSession {
    let state = match (machine.is_stopped(), machine.is_playing()) {
        (true, _) => PlaybackState::Stopped,
        (false, true) => PlaybackState::Playing,
        (false, false) if session.state == PlaybackState::Opened => PlaybackState::Opened,
        (false, false) => PlaybackState::Paused,
    };
    let last_event_at = if input == Input::Timeout { session.last_event_at } else { Millis::from(now) };
    PlaybackSession {
        state,
        position_ms: machine.position_ms(),
        last_event_at,
        stopped_at: machine.is_stopped().then_some(last_event_at),
        machine: serde_json::to_value(machine).expect("plain data is always JSON"),
        ..session
    }
}

fn resume_row(session: &PlaybackSession, point: ResumePoint) -> Progress {
    let at = Millis::from(point.at);
    Progress {
        user_id: session.user_id,
        title_id: point.title_id,
        position_ms: point.position_ms,
        duration_ms: point.duration_ms,
        percent: point.percent,
        file_id: Some(session.file_id),
        is_private: session.is_private,
        paused_at: at,
        updated_at: at,
    }
}

fn intention(session: &PlaybackSession, call: &ScrobbleCall, play_id: Option<PlayId>) -> NewOutboxRow {
    let kind = match call.verb {
        Verb::Start => OutboxKind::ScrobbleStart,
        Verb::Pause => OutboxKind::ScrobblePause,
        Verb::Stop => OutboxKind::ScrobbleStop,
    };
    let held = call.hurried && call.verb != Verb::Stop;
    let payload = Payload::Scrobble(payload::Scrobble {
        progress: call.progress,
        position_ms: call.position_ms,
        duration_ms: call.duration_ms,
        started_at: call.started_at,
        file_id: Some(session.file_id),
    });
    NewOutboxRow {
        user_id: session.user_id,
        kind,
        title_id: Some(call.title_id),
        play_id,
        playback_session_id: Some(session.id.clone()),
        viewing: call.viewing,
        payload: payload.to_json(),
        occurred_at: Millis::from(call.at),
        next_attempt_at: Millis::from(if held { call.at + SETTLE } else { call.at }),
    }
}
