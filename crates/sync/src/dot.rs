//! Computes what a player's dot shows.

use db::{
    Conn,
    ids::TitleId,
    kinds::{OutboxKind, OutboxState, PlaybackState},
    outbox, plays,
    rows::{OutboxRow, PlaybackSession},
};

use crate::{
    Result,
    outbox::can_be_identified,
    policy::{Policy, Way, Withheld},
    scrobble::Machine,
    status::{
        AccountStatus, DotMessage, DotState, Failure, Hint, RowFailure, ScrobbleStatus, is_about_the_title,
    },
};

/// Computes the dot of a player from its messages and the state of the account.
pub(crate) async fn of_session(
    conn: &dyn Conn,
    session: &PlaybackSession,
    account: AccountStatus,
) -> Result<ScrobbleStatus> {
    let rows = outbox::of_session(conn, &session.id).await?;
    let counted = rows.iter().any(|row| row.play_id.is_some()) || is_played(conn, session).await?;
    let last = rows.iter().rev().find(|row| !is_superseded(row)).or(rows.last());
    let facts = Facts {
        private: session.is_private,
        withheld: if last.is_none_or(is_superseded) { withheld(conn, session).await? } else { None },
        unidentified: if rows.is_empty() { unidentified(conn, session).await? } else { None },
        over: session.state == PlaybackState::Stopped,
        counted,
    };
    Ok(decide(facts, account, last))
}

/// What determines the dot in addition to the account and the last message.
#[derive(Clone, Copy)]
struct Facts {
    private: bool,
    /// Why nothing is sent to Trakt about the titles of the player.
    withheld: Option<Withheld>,
    /// A title of the player if none of them can be identified on Trakt.
    unidentified: Option<TitleId>,
    /// The player is closed.
    over: bool,
    counted: bool,
}

fn is_superseded(row: &OutboxRow) -> bool {
    row.state == OutboxState::Superseded
}

async fn withheld(conn: &dyn Conn, session: &PlaybackSession) -> Result<Option<Withheld>> {
    let Ok(machine) = serde_json::from_value::<Machine>(session.machine.clone()) else { return Ok(None) };
    let titles: Vec<_> = machine.titles().collect();
    let policy = Policy::of(conn, session.user_id).await?;
    let is_excluded = !policy.excluded(conn, &titles).await?.is_empty();
    Ok(match policy.way(OutboxKind::ScrobbleStart, false, is_excluded) {
        Way::Withheld(why) => Some(why),
        Way::AsItIs | Way::ToHistory => None,
    })
}

async fn unidentified(conn: &dyn Conn, session: &PlaybackSession) -> Result<Option<TitleId>> {
    let Ok(machine) = serde_json::from_value::<Machine>(session.machine.clone()) else { return Ok(None) };
    let titles: Vec<_> = machine.titles().collect();
    Ok(if can_be_identified(conn, &titles).await? { None } else { titles.first().copied() })
}

/// Whether a title of the player has a play since the player was opened.
async fn is_played(conn: &dyn Conn, session: &PlaybackSession) -> Result<bool> {
    let Ok(machine) = serde_json::from_value::<Machine>(session.machine.clone()) else { return Ok(false) };
    let titles: Vec<_> = machine.titles().collect();
    Ok(!plays::played_since(conn, session.user_id, &titles, session.started_at).await?.is_empty())
}

/// The dot, from its inputs.
fn decide(facts: Facts, account: AccountStatus, last: Option<&OutboxRow>) -> ScrobbleStatus {
    let Facts { private, withheld, unidentified, over, counted } = facts;
    let dot = |state, message, hint| ScrobbleStatus { state, message, hint, counted };
    let of_account = DotMessage::Account(account);
    if private {
        return dot(DotState::Private, DotMessage::Private, None);
    }
    match account {
        AccountStatus::NotConfigured => return dot(DotState::Off, of_account, Some(Hint::Application)),
        AccountStatus::Disconnected => return dot(DotState::Off, of_account, Some(Hint::Connect)),
        AccountStatus::Reconnect => return dot(DotState::Failed, of_account, Some(Hint::Connect)),
        AccountStatus::ApplicationNotAllowed => {
            return dot(DotState::Failed, of_account, Some(Hint::Application));
        }
        AccountStatus::Locked | AccountStatus::Deactivated => return dot(DotState::Failed, of_account, None),
        AccountStatus::Connected | AccountStatus::Troubled(_) => {}
    }
    if let Some(why) = withheld {
        return dot(DotState::Off, DotMessage::Withheld(why), Some(Hint::Settings));
    }
    if let Some(title_id) = unidentified {
        let message = DotMessage::Refused(Some(RowFailure::Known(Failure::NotMatched)));
        return dot(DotState::Off, message, Some(Hint::Match { title_id }));
    }
    match (last, account) {
        (Some(row), _) if row.state == OutboxState::Failed => {
            dot(DotState::Failed, DotMessage::Refused(RowFailure::of(row)), Some(hint_for(row)))
        }
        (_, AccountStatus::Troubled(_)) => dot(DotState::Queued, of_account, Some(Hint::Queue)),
        (None, _) => dot(DotState::Scrobbling, DotMessage::Ready, None),
        (Some(row), _) => {
            let (state, message) = open_or_done(row, counted, over);
            dot(state, message, None)
        }
    }
}

fn open_or_done(row: &OutboxRow, counted: bool, over: bool) -> (DotState, DotMessage) {
    match (row.state, row.kind) {
        (OutboxState::InFlight | OutboxState::Unknown, _) if row.withdrawn => {
            (DotState::Queued, DotMessage::CheckingDeleted)
        }
        (_, _) if row.withdrawn => (DotState::Scrobbling, DotMessage::Deleted),
        // It counted in another player, or was marked by hand.
        (OutboxState::Done, OutboxKind::ScrobbleStart | OutboxKind::ScrobblePause) if counted && over => {
            (DotState::Scrobbling, DotMessage::Counted)
        }
        (OutboxState::Done, OutboxKind::ScrobbleStart) => (DotState::Scrobbling, DotMessage::Watching),
        (OutboxState::Done, OutboxKind::ScrobblePause) => (DotState::Scrobbling, DotMessage::PositionKept),
        (OutboxState::Done, _) if counted => (DotState::Scrobbling, DotMessage::Counted),
        (OutboxState::Done, _) => (DotState::Scrobbling, DotMessage::NotCounted),
        (OutboxState::Unknown, _) => (DotState::Queued, DotMessage::Checking),
        (OutboxState::Superseded, _) => (DotState::Queued, DotMessage::CatchingUp),
        (_, _) if row.attempts == 0 => (DotState::Scrobbling, DotMessage::Sending),
        _ => (DotState::Queued, DotMessage::Waiting(RowFailure::of(row))),
    }
}

/// What can be done about a failed message.
fn hint_for(row: &OutboxRow) -> Hint {
    match (row.error_code.as_deref(), row.title_id) {
        (Some(code), Some(title_id)) if is_about_the_title(code) => Hint::Match { title_id },
        (Some("reconnect"), _) => Hint::Connect,
        (Some("application_not_allowed"), _) => Hint::Application,
        _ => Hint::Queue,
    }
}
