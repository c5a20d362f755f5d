//! Turns player events into rows.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Millis, Tx,
    ids::{PlayId, TitleId, UserId},
    kinds::{OutboxKind, PlaySource, PlaybackState},
    outbox::{self, NewOutboxRow},
    playback_sessions,
    plays::{self, NewPlay},
    progress,
    rows::{self, PlaybackSession, Progress},
    trakt_playbacks, unnamed_plays, viewings, withheld_plays,
};

use super::{
    Link,
    identified::Titles,
    payload::{self, History, Payload, When},
};
use crate::{
    Error, Result,
    policy::{Policy, Way},
    scrobble::{Effect, Input, Known, Machine, ResumePoint, ScrobbleCall, Verb, Viewing, Viewings},
};

/// How long a call is held back because a newer one may supersede it.
const SETTLE: TimeDelta = TimeDelta::seconds(3);

/// How far Trakt's clock is ahead of ours; `None` if unknown. It is stored along with every time taken from our
/// clock, so that the time stays convertible after the clock is set.
pub(crate) type TraktAhead = Option<TimeDelta>;

/// The result of recording an event of a player.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The player afterwards.
    pub session: PlaybackSession,
    /// Plays that counted immediately.
    pub plays: Vec<PlayId>,
    /// Whether there is something to send to Trakt.
    pub enqueued: bool,
}

/// Records the results of a player's event: the player itself, resume points, plays that count immediately, and the
/// messages to Trakt. All in the caller's transaction.
pub(crate) async fn record(
    tx: &Tx,
    session: PlaybackSession,
    input: Input,
    position_ms: i64,
    (link, ahead): (Link, TraktAhead),
    now: DateTime<Utc>,
) -> Result<Recorded> {
    let mut machine: Machine = serde_json::from_value(session.machine.clone())
        .map_err(|error| Error::Stored(format!("the player {} cannot be read: {error}", session.id)))?;
    let titles = Titles::of_file(tx, &session, &mut machine).await?;
    let effects = step(tx, session.user_id, &titles, &mut machine, input, position_ms, now).await?;
    let mut recorded =
        Recorded { session: moved(session, &machine, input, now), plays: Vec::new(), enqueued: false };
    for effect in effects.into_iter().filter(|effect| titles.exists(effect.title_id())) {
        recorded.apply(tx, effect, &titles, (link, ahead), now).await?;
    }
    playback_sessions::update(tx, recorded.session.clone()).await?;
    Ok(recorded)
}

impl Recorded {
    async fn apply(
        &mut self,
        tx: &Tx,
        effect: Effect,
        titles: &Titles,
        (link, ahead): (Link, TraktAhead),
        now: DateTime<Utc>,
    ) -> Result<()> {
        let session = &self.session;
        if session.is_private && matches!(effect, Effect::Resume(_) | Effect::Finished { .. }) {
            // Trakt must not reveal what happens in private by a resume point that disappears there.
            trakt_playbacks::detach(tx, session.user_id, effect.title_id()).await?;
        }
        match effect {
            Effect::Resume(point) => progress::put(tx, resume_row(session, point)).await?,
            Effect::Finished { title_id } => {
                progress::delete(tx, session.user_id, title_id).await?;
            }
            Effect::Scrobble(call) => {
                // It is a play whatever happens to the message: Trakt's answer only provides the history ID.
                let play_id = if call.counts() { Some(self.add_play(tx, &call, now).await?) } else { None };
                if !self.session.is_private && link != Link::None {
                    self.enqueue(tx, (&call, ahead), play_id, titles, now).await?;
                }
            }
        }
        Ok(())
    }

    /// Enqueues a call for Trakt, unless the user withholds it.
    async fn enqueue(
        &mut self,
        tx: &Tx,
        (call, ahead): (&ScrobbleCall, TraktAhead),
        play_id: Option<PlayId>,
        titles: &Titles,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let message = intention(&self.session, (call, ahead), play_id);
        let policy = Policy::of(tx, self.session.user_id).await?;
        let way = policy.way_of(tx, message.kind, call.counts(), call.title_id).await?;
        let message = match way {
            Way::AsItIs => message,
            Way::ToHistory => to_history(message, (call, ahead)),
            Way::Withheld(_) => {
                return Ok(withheld_plays::note(tx, play_id.as_slice()).await?);
            }
        };
        if titles.can_be_identified(tx, call.title_id).await? {
            outbox::insert(tx, message, Millis::from(now)).await?;
            self.enqueued = true;
        } else if let Some(play_id) = play_id {
            unnamed_plays::note(tx, play_id).await?;
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

/// Steps the machine and stores the viewings that change. Viewings are read only if the step depends on them; a
/// report of an ongoing sitting does not.
async fn step(
    tx: &Tx,
    user_id: UserId,
    titles: &Titles,
    machine: &mut Machine,
    input: Input,
    position_ms: i64,
    now: DateTime<Utc>,
) -> Result<Vec<Effect>> {
    let mut ahead = machine.clone();
    let mut unread = Viewings::default();
    let effects = ahead.step(input, position_ms, now, &mut unread);
    if !unread.was_asked() {
        *machine = ahead;
        return Ok(effects);
    }
    let mut viewings = read_viewings(tx, user_id, machine).await?;
    let effects = machine.step(input, position_ms, now, &mut viewings);
    for (title_id, viewing) in viewings.into_changed().filter(|(title_id, _)| titles.exists(*title_id)) {
        viewings::put(tx, viewing_row(user_id, title_id, viewing)).await?;
    }
    Ok(effects)
}

async fn read_viewings(tx: &Tx, user_id: UserId, machine: &Machine) -> Result<Viewings> {
    let titles: Vec<TitleId> = machine.titles().collect();
    let mut known: HashMap<TitleId, Known> = HashMap::new();
    for row in viewings::of_titles(tx, user_id, &titles).await? {
        known.entry(row.title_id).or_default().viewing = Some(Viewing {
            started_at: row.started_at.0,
            counted_at: row.counted_at.map(|at| at.0),
            follows: row.follows_at.map(|at| at.0),
            played_ms: row.played_ms,
        });
    }
    for (title_id, at) in plays::last_played(tx, user_id, &titles).await? {
        known.entry(title_id).or_default().last_play = Some(at.0);
    }
    Ok(Viewings::new(known))
}

fn viewing_row(user_id: UserId, title_id: TitleId, viewing: Viewing) -> rows::Viewing {
    rows::Viewing {
        user_id,
        title_id,
        started_at: Millis::from(viewing.started_at),
        counted_at: viewing.counted_at.map(Millis::from),
        follows_at: viewing.follows.map(Millis::from),
        played_ms: viewing.played_ms,
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

/// The play of a stop, for users without live scrobbling.
fn to_history(stop: NewOutboxRow, (call, ahead): (&ScrobbleCall, TraktAhead)) -> NewOutboxRow {
    let trakt_ahead_ms = ahead.map(|ahead| ahead.num_milliseconds());
    let payload = Payload::History(History { trakt_ahead_ms, ..History::new(When::At(call.at)) });
    NewOutboxRow { kind: OutboxKind::HistoryAdd, payload: payload.to_json(), ..stop }
}

fn intention(
    session: &PlaybackSession,
    (call, ahead): (&ScrobbleCall, TraktAhead),
    play_id: Option<PlayId>,
) -> NewOutboxRow {
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
        trakt_ahead_ms: ahead.map(|ahead| ahead.num_milliseconds()),
    });
    NewOutboxRow {
        user_id: session.user_id,
        kind,
        title_id: Some(call.title_id),
        play_id,
        playback_session_id: Some(session.id.clone()),
        viewing: call.sitting,
        payload: payload.to_json(),
        occurred_at: Millis::from(call.at),
        next_attempt_at: Millis::from(if held { call.at + SETTLE } else { call.at }),
    }
}
