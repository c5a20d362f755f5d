//! Restoring resume points.

use chrono::{DateTime, Utc};
use db::{
    Conn, Millis, Tx,
    ids::{TitleId, UserId},
    kinds::OutboxKind,
    outbox::{self, NewOutboxRow},
    progress,
    rows::{OutboxRow, Progress},
    titles,
};

use super::{
    Link,
    identified::Titles,
    payload::{self, Payload},
    player::TraktAhead,
};
use crate::{
    Result,
    policy::{Policy, Way},
    position,
};

/// The resume point to restore.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// 0 to 100.
    pub(crate) percent: f64,
    /// Length of the title in milliseconds, if known.
    pub(crate) duration_ms: Option<i64>,
}

/// Sets the title's resume point to `place` and enqueues it for Trakt, unless the user withholds it. Returns
/// false if the length of the title is unknown, and therefore also the position.
pub(crate) async fn restore(
    tx: &Tx,
    user_id: UserId,
    title_id: TitleId,
    place: Place,
    (link, ahead): (Link, TraktAhead),
    now: DateTime<Utc>,
) -> Result<bool> {
    let before = progress::find(tx, user_id, title_id).await?;
    let length = match place.duration_ms {
        Some(length) => Some(length),
        None => match titles::find(tx, title_id).await? {
            Some(title) => position::length_of(tx, &title, before.as_ref()).await?,
            None => None,
        },
    };
    let Some(duration_ms) = length.filter(|length| *length > 0) else { return Ok(false) };
    let percent = place.percent.clamp(0.0, 100.0);
    let at = Millis::from(now);
    let row = Progress {
        user_id,
        title_id,
        position_ms: position::at(duration_ms, percent),
        duration_ms,
        percent,
        file_id: before.and_then(|row| row.file_id),
        is_private: false,
        paused_at: at,
        updated_at: at,
    };
    progress::put(tx, row.clone()).await?;
    let way = Policy::of(tx, user_id).await?.way_of(tx, OutboxKind::ScrobblePause, false, title_id).await?;
    let can_be_identified = Titles::read(tx, &[title_id]).await?.can_be_identified(tx, title_id).await?;
    if link != Link::None && way == Way::AsItIs && can_be_identified {
        outbox::insert(tx, pause(&row, ahead, now), at).await?;
    }
    Ok(true)
}

/// Trakt accepts a resume point only as a pause. This pause belongs to no player, so it never expires.
fn pause(place: &Progress, ahead: TraktAhead, now: DateTime<Utc>) -> NewOutboxRow {
    let payload = Payload::Scrobble(payload::Scrobble {
        progress: place.percent,
        position_ms: place.position_ms,
        duration_ms: place.duration_ms,
        started_at: now,
        file_id: place.file_id,
        trakt_ahead_ms: ahead.map(|ahead| ahead.num_milliseconds()),
    });
    NewOutboxRow {
        user_id: place.user_id,
        kind: OutboxKind::ScrobblePause,
        title_id: Some(place.title_id),
        play_id: None,
        playback_session_id: None,
        viewing: 0,
        payload: payload.to_json(),
        occurred_at: Millis::from(now),
        next_attempt_at: Millis::from(now),
    }
}

/// Whether a message restores a resume point that no longer is the title's current one.
pub(crate) async fn is_outdated(conn: &dyn Conn, row: &OutboxRow) -> Result<bool> {
    let (Some(title_id), OutboxKind::ScrobblePause, None) =
        (row.title_id, row.kind, &row.playback_session_id)
    else {
        return Ok(false);
    };
    let Some(Payload::Scrobble(pause)) = Payload::read(&row.payload) else { return Ok(false) };
    let here = progress::find(conn, row.user_id, title_id).await?;
    Ok(here.is_none_or(|here| here.is_private || here.position_ms != pause.position_ms))
}
