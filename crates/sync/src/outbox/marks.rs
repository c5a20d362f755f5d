//! Plays that a user adds or removes manually.

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    ids::{TitleId, UserId},
    kinds::{OutboxKind, OutboxState, PlaySource},
    outbox::{self, NewOutboxRow},
    plays::{self, NewPlay},
    rows::{OutboxRow, Play},
    trakt_plays, unnamed_plays, viewings, withdrawals, withheld_plays,
};

use super::{
    Link,
    identified::Titles,
    payload::{History, Payload, Remove, When},
    tombstones::add_tombstone,
};
use crate::{
    Result,
    policy::{Policy, Way},
    status::is_about_the_title,
};

/// How many plays that could not be identified on Trakt are checked per step.
const IDENTIFY_CHUNK: u64 = 500;

/// Enqueues a user's plays, which the same transaction has added, for Trakt's history. Private plays are left
/// out, and plays that the user withholds are recorded as withheld. `when` is what the user entered; the plays'
/// own times may be more exact. Returns whether there is something to send.
pub async fn enqueue_history(
    tx: &Tx,
    plays: &[Play],
    when: When,
    link: Link,
    now: DateTime<Utc>,
) -> Result<bool> {
    let to_send: Vec<(&Play, When)> =
        plays.iter().filter(|play| !play.is_private && link != Link::None).map(|play| (play, when)).collect();
    enqueue(tx, &to_send, now).await
}

/// Enqueues a user's plays, each with its own time.
pub(crate) async fn enqueue_dated(tx: &Tx, plays: &[Play], now: DateTime<Utc>) -> Result<bool> {
    let to_send: Vec<(&Play, When)> = plays.iter().map(|play| (play, own_time(play))).collect();
    enqueue(tx, &to_send, now).await
}

/// Enqueues a user's plays. Those that are withheld, or that cannot be identified on Trakt, are only recorded
/// as such.
pub(super) async fn enqueue(tx: &Tx, to_send: &[(&Play, When)], now: DateTime<Utc>) -> Result<bool> {
    let Some((first, _)) = to_send.first() else { return Ok(false) };
    let ids: Vec<TitleId> = to_send.iter().map(|(play, _)| play.title_id).collect();
    let policy = Policy::of(tx, first.user_id).await?;
    let excluded = policy.excluded(tx, &ids).await?;
    let titles = Titles::read(tx, &ids).await?;
    let (mut withheld, mut enqueued) = (Vec::new(), false);
    for (play, watched) in to_send {
        if policy.way(OutboxKind::HistoryAdd, true, excluded.contains(&play.title_id)) != Way::AsItIs {
            withheld.push(play.id);
        } else if titles.can_be_identified(tx, play.title_id).await? {
            let history = History::new(*watched);
            outbox::insert(tx, addition_of(play, Payload::History(history), now), Millis::from(now)).await?;
            enqueued = true;
        } else {
            unnamed_plays::note(tx, play.id).await?;
        }
    }
    withheld_plays::note(tx, &withheld).await?;
    Ok(enqueued)
}

pub(super) fn own_time(play: &Play) -> When {
    play.watched_at.map_or(When::Unknown, |at| When::At(at.0))
}

/// Enqueues a user's plays that could not be identified on Trakt when they were added and now can be. Returns
/// whether there is something to send.
pub(crate) async fn enqueue_identified(tx: &Tx, user_id: UserId, now: DateTime<Utc>) -> Result<bool> {
    let plays = unnamed_plays::of_user(tx, user_id, IDENTIFY_CHUNK).await?;
    let ids: Vec<TitleId> = plays.iter().map(|play| play.title_id).collect();
    let titles = Titles::read(tx, &ids).await?;
    let mut named = Vec::new();
    for play in plays {
        if titles.can_be_identified(tx, play.title_id).await? {
            unnamed_plays::forget(tx, play.id).await?;
            named.push(play);
        }
    }
    enqueue_dated(tx, &named, now).await
}

/// Prepares the removal of a play, which the same transaction deletes afterwards. A message that was not sent
/// is dropped; a play that Trakt has is removed there too (only that one play); a message that may have arrived
/// is looked up first. Returns whether there is something to send.
pub async fn forget_play(tx: &Tx, play: &Play, link: Link, now: DateTime<Utc>) -> Result<bool> {
    let to_send = take_back(tx, play, link, now).await?;
    if let Some(watched_at) = play.watched_at {
        viewings::uncount(tx, play.user_id, play.title_id, watched_at).await?;
    }
    Ok(to_send)
}

/// Corrects when a play was watched. Trakt cannot change the time of an entry: the entry is removed like that
/// of a deleted play, and added anew. The play gets a new ID, so that an answer that is still on its way is not
/// applied to the corrected play. Returns the corrected play, and whether there is something to send. `when` is
/// what the user entered; `watched_at` is the time to show for it.
pub async fn retime_play(
    tx: &Tx,
    play: &Play,
    watched_at: Option<Millis>,
    when: When,
    link: Link,
    now: DateTime<Utc>,
) -> Result<(Play, bool)> {
    let taken_back = take_back(tx, play, link, now).await?;
    plays::delete(tx, play.id).await?;
    // The entry read from Trakt has another time: from now on this is a play of this server.
    let source = if play.source == PlaySource::Trakt { PlaySource::Manual } else { play.source };
    let corrected = NewPlay {
        user_id: play.user_id,
        title_id: play.title_id,
        watched_at,
        source,
        file_id: play.file_id,
        is_private: play.is_private,
        trakt_history_id: None,
    };
    let corrected = plays::insert(tx, corrected, play.created_at).await?;
    let to_send = enqueue_history(tx, std::slice::from_ref(&corrected), when, link, now).await?;
    Ok((corrected, taken_back || to_send))
}

/// Takes back what was sent to Trakt about a play, or is about to be sent.
async fn take_back(tx: &Tx, play: &Play, link: Link, now: DateTime<Utc>) -> Result<bool> {
    let rows = withdrawals::about_play(tx, play.id).await?;
    // Read again now that the rows are locked: an answer may have arrived in between.
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
    let link = if arrived { open_link(tx, play, link).await? } else { link };
    if (arrived || doubtful) && !play.is_private {
        // A play in doubt needs no removal of its own: its withdrawn message waits for the connection and handles it.
        let link = if arrived { link } else { Link::Away };
        add_tombstone(tx, play, history_id, link, now).await?;
    }
    if arrived && !play.is_private && link != Link::None {
        let remove = Remove { history_id, watched_at: play.watched_at.map(|at| at.0) };
        outbox::insert(tx, removal_of(play.user_id, Some(play.title_id), remove, now), Millis::from(now))
            .await?;
        return Ok(true);
    }
    Ok(doubtful)
}

/// If the user withholds the title from Trakt, its removals are withheld too: they are recorded, and wait.
async fn open_link(tx: &Tx, play: &Play, link: Link) -> Result<Link> {
    let policy = Policy::of(tx, play.user_id).await?;
    let way = policy.way_of(tx, OutboxKind::HistoryRemove, false, play.title_id).await?;
    Ok(if way == Way::AsItIs { link } else { Link::None })
}

/// Moves a play to another title, because it was identified wrongly; `play` is its former state. Its entry on
/// Trakt moves too: what was not sent is sent with the right title, what has arrived is removed by its history
/// ID and added again, and what may have arrived is looked up first. Returns whether there is something to
/// send.
///
/// # Errors
/// When the database fails.
pub async fn retitle_play(tx: &Tx, play: &Play, to: TitleId, now: DateTime<Utc>) -> db::Result<bool> {
    let rows = withdrawals::about_play(tx, play.id).await?;
    let history_id = plays::find(tx, play.id).await?.and_then(|play| play.trakt_history_id);
    let at = Millis::from(now);
    let (mut arrived, mut doubtful, mut waits) = (history_id.is_some(), false, false);
    for row in &rows {
        match standing(row, history_id.is_some()) {
            Standing::NotSent => {
                move_unsent(tx, row, to, at).await?;
                waits = true;
            }
            Standing::Doubtful => {
                withdrawals::withdraw(tx, row.id, at).await?;
                doubtful = true;
            }
            Standing::Arrived => arrived = true,
            Standing::Settled => {}
        }
    }
    viewings::move_to(tx, Some(play.user_id), play.title_id, to).await?;
    plays::set_title(tx, play.id, to).await?;
    // The entry of the wrong title will be removed, and its removal must not remove the play.
    trakt_plays::detach(tx, play.id).await?;
    if arrived {
        let remove = Remove { history_id, watched_at: play.watched_at.map(|at| at.0) };
        outbox::insert(tx, removal_of(play.user_id, Some(play.title_id), remove, now), at).await?;
    }
    if (arrived || doubtful) && !waits {
        let history = History::new(own_time(play));
        let payload = Payload::History(history);
        let corrected = Play { title_id: to, ..play.clone() };
        outbox::insert(tx, addition_of(&corrected, payload, now), at).await?;
    }
    Ok(arrived || doubtful || waits)
}

/// Moves a message that has not reached Trakt to another title. If it failed because of the title, it is tried
/// again.
async fn move_unsent(tx: &Tx, row: &OutboxRow, to: TitleId, at: Millis) -> db::Result<()> {
    if row.state == OutboxState::Pending {
        return outbox::replace_unsent(tx, row, to, at).await;
    }
    outbox::set_title(tx, row.id, to).await?;
    if row.error_code.as_deref().is_some_and(is_about_the_title) {
        outbox::retry(tx, row.user_id, row.id, at).await?;
    }
    Ok(())
}

/// Whether a play is on Trakt, judged by one of the messages about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It is not on Trakt.
    NotSent,
    /// Unknown: the message is in flight, or its answer was lost.
    Doubtful,
    /// It is on Trakt, with an ID that is not known here.
    Arrived,
    /// The message is irrelevant: it adds no play, or the ID of its entry is known.
    Settled,
}

fn standing(row: &OutboxRow, id_is_known: bool) -> Standing {
    match row.kind {
        OutboxKind::ScrobbleStop | OutboxKind::HistoryAdd => {}
        OutboxKind::ScrobbleStart
        | OutboxKind::ScrobblePause
        | OutboxKind::HistoryRemove
        | OutboxKind::RatingAdd
        | OutboxKind::RatingRemove
        | OutboxKind::WatchlistAdd
        | OutboxKind::WatchlistRemove
        | OutboxKind::DroppedAdd
        | OutboxKind::DroppedRemove
        | OutboxKind::RecommendationHide
        | OutboxKind::RecommendationUnhide => return Standing::Settled,
    }
    match row.state {
        OutboxState::InFlight | OutboxState::Unknown => Standing::Doubtful,
        // Put back or rejected: it has certainly not arrived as a history entry. But it may have been sent as a
        // scrobble before, whose answer was lost.
        OutboxState::Pending | OutboxState::Failed if may_be_a_scrobble(row) => Standing::Doubtful,
        OutboxState::Pending | OutboxState::Failed => Standing::NotSent,
        OutboxState::Done if id_is_known => Standing::Settled,
        // The lookup of its ID can still be running, and knows best where to look.
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

/// A message that removes a play on Trakt.
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
