//! Plays that a person marks or removes by hand.

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    kinds::OutboxKind,
    outbox::{self, NewOutboxRow},
    rows::Play,
};

use super::{
    Link,
    payload::{History, Payload, Remove, When},
};
use crate::Result;

/// Writes down that Trakt must hear of these plays, which the same transaction has added. Private ones are left out.
/// `when` is what the person said; the plays' own times may be more exact. Whether there is something to tell.
pub async fn tell_plays(tx: &Tx, plays: &[Play], when: When, link: Link, now: DateTime<Utc>) -> Result<bool> {
    let mut tells = false;
    for play in plays.iter().filter(|play| !play.is_private && link != Link::None) {
        let payload = Payload::History(History { watched: when, scrobbled_since: None, newest_before: None });
        outbox::insert(tx, about(play, OutboxKind::HistoryAdd, payload, now), Millis::from(now)).await?;
        tells = true;
    }
    Ok(tells)
}

/// Writes down that a play goes away, which the same transaction removes afterwards: what Trakt has not heard of is
/// withdrawn, and what it may know is removed there too, that one play only. Whether there is something to tell.
pub async fn forget_play(tx: &Tx, play: &Play, link: Link, now: DateTime<Utc>) -> Result<bool> {
    let unheard = outbox::withdraw(tx, play.id).await?;
    let never_sent = unheard && play.trakt_history_id.is_none();
    if never_sent || play.is_private || link == Link::None {
        return Ok(false);
    }
    let payload = Payload::Remove(Remove {
        history_id: play.trakt_history_id,
        watched_at: play.watched_at.map(|at| at.0),
    });
    let row = NewOutboxRow { play_id: None, ..about(play, OutboxKind::HistoryRemove, payload, now) };
    outbox::insert(tx, row, Millis::from(now)).await?;
    Ok(true)
}

fn about(play: &Play, kind: OutboxKind, payload: Payload, now: DateTime<Utc>) -> NewOutboxRow {
    NewOutboxRow {
        user_id: play.user_id,
        kind,
        title_id: play.title_id,
        play_id: Some(play.id),
        playback_session_id: None,
        viewing: 0,
        payload: payload.to_json(),
        occurred_at: Millis::from(now),
        next_attempt_at: Millis::from(now),
    }
}
