//! Ratings, the watchlist and dropped shows: the change here and its message to Trakt.

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    ids::{OutboxId, TitleId, UserId},
    kinds::{OutboxState, SyncState},
    outbox::{self, NewOutboxRow},
    preferences, recommendations,
    rows::{OutboxRow, Preference as Row, SyncShadow},
    sync_cursors,
    sync_shadows::{self, Of},
};

use super::{
    Link, SETTLE,
    payload::{Choice, Payload},
    player::TraktAhead,
};
use crate::{
    Result,
    policy::{Policy, Way},
    preference::Preference,
};

/// What a user has chosen for a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) preference: Preference,
    pub(crate) title_id: TitleId,
    /// `None` removes it.
    pub(crate) value: Option<i32>,
}

/// Whose preferences are changed, and their account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreferenceOwner<'a> {
    pub(crate) user_id: UserId,
    /// The slug of the account that is, or was, connected.
    pub(crate) account: Option<&'a str>,
    pub(crate) link: Link,
    pub(crate) ahead: TraktAhead,
}

/// The outcome of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChoiceOutcome {
    /// Unchanged.
    Nothing,
    /// Stored here.
    Kept,
    /// Also to be sent to Trakt.
    Enqueued,
}

/// Stores a user's choice and the message to Trakt, replacing messages that were not sent yet.
pub(crate) async fn choose(
    tx: &Tx,
    whose: PreferenceOwner<'_>,
    chosen: Chosen,
    now: DateTime<Utc>,
) -> Result<ChoiceOutcome> {
    let Chosen { preference, title_id, value } = chosen;
    let (user_id, category) = (whose.user_id, preference.category());
    preferences::lock(tx, user_id).await?;
    let before = preferences::find(tx, user_id, category, title_id).await?.and_then(|row| row.value);
    if before == value {
        return Ok(ChoiceOutcome::Nothing);
    }
    let trakt_ahead_ms = whose.ahead.map(|ahead| ahead.num_milliseconds());
    let row = Row { user_id, category, title_id, value, changed_at: Millis::from(now), trakt_ahead_ms };
    preferences::put_many(tx, vec![row]).await?;
    if preference.changes_recommendations(value.is_some()) {
        recommendations::outdate(tx, user_id).await?;
    }
    let waiting = withdraw(tx, user_id, preference, title_id, now).await?;
    let base = Base::read(tx, whose, chosen).await?;
    if base.is_known_to_hold(value) && waiting == Waiting::Nothing {
        base.agree(tx, chosen, user_id).await?;
        return Ok(ChoiceOutcome::Kept);
    }
    let message = preference.message(value.is_some());
    let way = Policy::of(tx, user_id).await?.way_of(tx, message, false, title_id).await?;
    if whose.link == Link::None || way != Way::AsItIs {
        if value.is_none() && base.shadow.is_none() {
            preferences::forget(tx, user_id, category, &[title_id]).await?;
        }
        return Ok(ChoiceOutcome::Kept);
    }
    let due = if let Waiting::InDoubt(settled_at) = waiting { settled_at.max(now) } else { now };
    enqueue(tx, user_id, chosen, (now, whose.ahead), due, now).await?;
    Ok(ChoiceOutcome::Enqueued)
}

/// Enqueues the message about a choice. A rating is sent with its time, so it is stored how far Trakt's clock
/// was ahead of the clock that the time was taken from.
pub(crate) async fn enqueue(
    tx: &Tx,
    user_id: UserId,
    chosen: Chosen,
    (chosen_at, ahead): (DateTime<Utc>, TraktAhead),
    due: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    let ahead = ahead.filter(|_| chosen.preference == Preference::Rating);
    let trakt_ahead_ms = ahead.map(|ahead| ahead.num_milliseconds());
    let new = NewOutboxRow {
        user_id,
        kind: chosen.preference.message(chosen.value.is_some()),
        title_id: Some(chosen.title_id),
        play_id: None,
        playback_session_id: None,
        viewing: 0,
        payload: Payload::Choice(Choice { value: chosen.value, trakt_ahead_ms }).to_json(),
        occurred_at: Millis::from(chosen_at),
        next_attempt_at: Millis::from(due),
    };
    outbox::insert(tx, new, Millis::from(now)).await?;
    Ok(())
}

/// What remains of the messages about a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waiting {
    Nothing,
    /// A message is being sent, or its answer was lost: it can change the value on Trakt until this moment.
    InDoubt(DateTime<Utc>),
}

/// Drops messages about a title that were not sent, or that need not be sent again because something newer
/// follows.
async fn withdraw(
    tx: &Tx,
    user_id: UserId,
    preference: Preference,
    title_id: TitleId,
    now: DateTime<Utc>,
) -> Result<Waiting> {
    let rows = outbox::about_preference(tx, user_id, preference.category(), title_id).await?;
    let ids: Vec<OutboxId> = rows.iter().map(|row| row.id).collect();
    outbox::drop_overtaken(tx, &ids).await?;
    Ok(rows.iter().filter_map(|row| settled_at(row, now)).max().map_or(Waiting::Nothing, Waiting::InDoubt))
}

/// Until when a message without an answer can still change the value on Trakt; `None` if it cannot.
pub(crate) fn settled_at(row: &OutboxRow, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match row.state {
        OutboxState::Unknown => row.sent_at.map(|sent| sent.0.min(now) + SETTLE),
        // Its sender knows when the next message may follow.
        OutboxState::InFlight => Some(now),
        OutboxState::Pending | OutboxState::Failed | OutboxState::Done | OutboxState::Superseded => None,
    }
}

/// What is known about the values on both sides.
struct Base {
    of: Option<Of>,
    /// Whether Trakt is followed, so that a title without a shadow has no value there.
    is_followed: bool,
    shadow: Option<SyncShadow>,
}

impl Base {
    async fn read(tx: &Tx, whose: PreferenceOwner<'_>, chosen: Chosen) -> Result<Self> {
        let category = chosen.preference.category();
        let Some(account) = whose.account else {
            return Ok(Self { of: None, is_followed: false, shadow: None });
        };
        let of = Of { user_id: whose.user_id, account: account.to_owned(), category };
        let cursor = sync_cursors::find(tx, whose.user_id, account, category).await?;
        Ok(Self {
            is_followed: cursor.is_some_and(|cursor| cursor.state == SyncState::Following),
            shadow: sync_shadows::find(tx, &of, chosen.title_id).await?,
            of: Some(of),
        })
    }

    fn is_known_to_hold(&self, value: Option<i32>) -> bool {
        self.is_followed && self.shadow.as_ref().and_then(|shadow| shadow.there) == value
    }

    /// Records that both sides are equal again.
    async fn agree(&self, tx: &Tx, chosen: Chosen, user_id: UserId) -> Result<()> {
        let Some(of) = &self.of else { return Ok(()) };
        agree(tx, of, &[(chosen.title_id, chosen.value)], user_id).await
    }
}

/// Records that both sides have these values. Titles without a value on either side are forgotten.
pub(crate) async fn agree(
    tx: &Tx,
    of: &Of,
    values: &[(TitleId, Option<i32>)],
    user_id: UserId,
) -> Result<()> {
    let gone: Vec<TitleId> =
        values.iter().filter(|(_, value)| value.is_none()).map(|(title_id, _)| *title_id).collect();
    let held = values.iter().filter_map(|(title_id, value)| of.row(*title_id, *value, *value));
    sync_shadows::put_many(tx, held.collect()).await?;
    sync_shadows::forget(tx, of, &gone).await?;
    preferences::forget(tx, user_id, of.category, &gone).await?;
    Ok(())
}
