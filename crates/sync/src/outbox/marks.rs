//! Plays that a person marks or removes by hand.

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    ids::{TitleId, UserId},
    kinds::{OutboxKind, OutboxState},
    outbox::{self, NewOutboxRow},
    plays,
    rows::{OutboxRow, Play},
    withdrawals,
};

use super::{
    Link,
    payload::{History, Payload, Remove, When},
};
use crate::Result;

/// Enqueues plays for Trakt's history, which the same transaction has added. Private ones are left out. `when` is what
/// the person said; the plays' own times may be more exact. Whether there is something to send.
pub async fn enqueue_history(
    tx: &Tx,
    plays: &[Play],
    when: When,
    link: Link,
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut enqueued = false;
    for play in plays.iter().filter(|play| !play.is_private && link != Link::None) {
        let payload = Payload::History(History { watched: when, scrobbled_since: None, newest_before: None });
        outbox::insert(tx, addition_of(play, payload, now), Millis::from(now)).await?;
        enqueued = true;
    }
    Ok(enqueued)
}

/// Prepares the removal of a play, which the same transaction deletes afterwards: a message that was not sent is dropped,
/// a play that Trakt has is removed there too (that one play only), and a message that may have arrived is looked up
/// first. Whether there is something to send.
pub async fn forget_play(tx: &Tx, play: &Play, link: Link, now: DateTime<Utc>) -> Result<bool> {
    let rows = withdrawals::about_play(tx, play.id).await?;
    // Read again now that the rows are locked: an answer may have come in between.
    let history_id = plays::find(tx, play.id).await?.and_then(|play| play.trakt_history_id);
    let (mut arrived, mut doubtful) = (history_id.is_some(), false);
    for row in &rows {
        match standing(row, history_id.is_some()) {
            Standing::NotSent => withdrawals::drop_unsent(tx, row).await?,
            Standing::Doubtful => {
                withdrawals::withdraw(tx, row.id, Millis::from(now)).await?;
                doubtful = true;
            }
            Standing::Arrived => arrived = true,
            Standing::Settled => {}
        }
    }
    if arrived && !play.is_private && link != Link::None {
        let remove = Remove { history_id, watched_at: play.watched_at.map(|at| at.0) };
        outbox::insert(tx, removal_of(play.user_id, Some(play.title_id), remove, now), Millis::from(now))
            .await?;
        return Ok(true);
    }
    Ok(doubtful)
}

/// Whether a play is at Trakt, by one of the messages about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It is not.
    NotSent,
    /// Unknown: the message is in flight, or its answer was lost.
    Doubtful,
    /// It is, under an id that is not known here.
    Arrived,
    /// The message does not matter: it adds no play, or the id of the entry is known.
    Settled,
}

fn standing(row: &OutboxRow, id_is_known: bool) -> Standing {
    match row.kind {
        OutboxKind::ScrobbleStop | OutboxKind::HistoryAdd => {}
        OutboxKind::ScrobbleStart | OutboxKind::ScrobblePause | OutboxKind::HistoryRemove => {
            return Standing::Settled;
        }
    }
    match row.state {
        OutboxState::InFlight | OutboxState::Unknown => Standing::Doubtful,
        // Put back or refused: it surely did not arrive. But it may have been a scrobble before, whose answer was lost.
        OutboxState::Pending | OutboxState::Failed if may_be_a_scrobble(row) => Standing::Doubtful,
        OutboxState::Pending | OutboxState::Failed => Standing::NotSent,
        OutboxState::Done if id_is_known => Standing::Settled,
        // The look that asked for its id can still be under way, and it knows best where to look.
        OutboxState::Done if row.kind == OutboxKind::HistoryAdd => Standing::Doubtful,
        OutboxState::Done => Standing::Arrived,
        OutboxState::Superseded => Standing::Settled,
    }
}

fn may_be_a_scrobble(row: &OutboxRow) -> bool {
    let converted = |history: &History| history.scrobbled_since.is_some();
    row.sent_at.is_some()
        && matches!(Payload::read(&row.payload), Some(Payload::History(history)) if converted(&history))
}

/// The intention to remove a play on Trakt.
pub(crate) fn removal_of(
    user_id: UserId,
    title_id: Option<TitleId>,
    remove: Remove,
    now: DateTime<Utc>,
) -> NewOutboxRow {
    NewOutboxRow {
        user_id,
        kind: OutboxKind::HistoryRemove,
        title_id,
        play_id: None,
        playback_session_id: None,
        viewing: 0,
        payload: Payload::Remove(remove).to_json(),
        occurred_at: Millis::from(now),
        next_attempt_at: Millis::from(now),
    }
}

fn addition_of(play: &Play, payload: Payload, now: DateTime<Utc>) -> NewOutboxRow {
    NewOutboxRow {
        user_id: play.user_id,
        kind: OutboxKind::HistoryAdd,
        title_id: Some(play.title_id),
        play_id: Some(play.id),
        playback_session_id: None,
        viewing: 0,
        payload: payload.to_json(),
        occurred_at: Millis::from(now),
        next_attempt_at: Millis::from(now),
    }
}
