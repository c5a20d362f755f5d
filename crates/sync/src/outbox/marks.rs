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

/// Writes down that Trakt must hear of these plays, which the same transaction has added. Private ones are left out.
/// `when` is what the person said; the plays' own times may be more exact. Whether there is something to tell.
pub async fn tell_plays(tx: &Tx, plays: &[Play], when: When, link: Link, now: DateTime<Utc>) -> Result<bool> {
    let mut tells = false;
    for play in plays.iter().filter(|play| !play.is_private && link != Link::None) {
        let payload = Payload::History(History { watched: when, scrobbled_since: None, newest_before: None });
        outbox::insert(tx, addition_of(play, payload, now), Millis::from(now)).await?;
        tells = true;
    }
    Ok(tells)
}

/// Writes down that a play goes away, which the same transaction removes afterwards: what Trakt has not heard of is
/// withdrawn, what it has is removed there too, that one play only, and what it may have is looked up first. Whether
/// there is something to tell.
pub async fn forget_play(tx: &Tx, play: &Play, link: Link, now: DateTime<Utc>) -> Result<bool> {
    let rows = withdrawals::about_play(tx, play.id).await?;
    // Read again now that the rows are locked: an answer may have come in between.
    let history_id = plays::find(tx, play.id).await?.and_then(|play| play.trakt_history_id);
    let (mut told, mut doubtful) = (history_id.is_some(), false);
    for row in &rows {
        match standing(row, history_id.is_some()) {
            Standing::Unheard => withdrawals::drop_unheard(tx, row).await?,
            Standing::Doubtful => {
                withdrawals::withdraw(tx, row.id, Millis::from(now)).await?;
                doubtful = true;
            }
            Standing::Told => told = true,
            Standing::Settled => {}
        }
    }
    if told && !play.is_private && link != Link::None {
        let remove = Remove { history_id, watched_at: play.watched_at.map(|at| at.0) };
        outbox::insert(tx, removal_of(play.user_id, play.title_id, remove, now), Millis::from(now)).await?;
        return Ok(true);
    }
    Ok(doubtful)
}

/// What Trakt knows of a play by one of the rows about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Nothing.
    Unheard,
    /// Nobody knows yet: it is on its way, or its answer was lost.
    Doubtful,
    /// It has the play, under an id that was not learnt.
    Told,
    /// The row does not matter: it says nothing of the play, or the id of the entry is known.
    Settled,
}

fn standing(row: &OutboxRow, id_is_known: bool) -> Standing {
    if !matches!(row.kind, OutboxKind::ScrobbleStop | OutboxKind::HistoryAdd) {
        return Standing::Settled;
    }
    match row.state {
        OutboxState::InFlight | OutboxState::Unknown => Standing::Doubtful,
        // Put back or refused: it surely did not arrive. But it may have been a scrobble before, whose answer was lost.
        OutboxState::Pending | OutboxState::Failed if may_be_a_scrobble(row) => Standing::Doubtful,
        OutboxState::Pending | OutboxState::Failed => Standing::Unheard,
        OutboxState::Done if id_is_known => Standing::Settled,
        // The look that asked for its id can still be under way, and it knows best where to look.
        OutboxState::Done if row.kind == OutboxKind::HistoryAdd => Standing::Doubtful,
        OutboxState::Done => Standing::Told,
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
    title_id: TitleId,
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
        title_id: play.title_id,
        play_id: Some(play.id),
        playback_session_id: None,
        viewing: 0,
        payload: payload.to_json(),
        occurred_at: Millis::from(now),
        next_attempt_at: Millis::from(now),
    }
}
