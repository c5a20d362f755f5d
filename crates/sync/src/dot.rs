//! Computes what a player's dot shows.

use db::{
    Conn,
    kinds::{OutboxKind, OutboxState},
    outbox, plays,
    rows::{OutboxRow, PlaybackSession},
};

use crate::{
    Result,
    scrobble::Machine,
    status::{AccountStatus, DotMessage, DotState, Failure, Hint, RowFailure, ScrobbleStatus},
};

/// Computes the dot of a player from its messages and the state of the account.
pub(crate) async fn of_session(
    conn: &dyn Conn,
    session: &PlaybackSession,
    account: AccountStatus,
) -> Result<ScrobbleStatus> {
    let rows = outbox::of_session(conn, &session.id).await?;
    let counted = rows.iter().any(|row| row.play_id.is_some()) || is_played(conn, session).await?;
    let last = rows.iter().rev().find(|row| row.state != OutboxState::Superseded).or(rows.last());
    Ok(decide(session.is_private, account, last, counted))
}

/// Whether a title of the player was played since it was opened.
async fn is_played(conn: &dyn Conn, session: &PlaybackSession) -> Result<bool> {
    let Ok(machine) = serde_json::from_value::<Machine>(session.machine.clone()) else { return Ok(false) };
    let titles: Vec<_> = machine.titles().collect();
    Ok(!plays::played_since(conn, session.user_id, &titles, session.started_at).await?.is_empty())
}

/// The dot, from what decides it.
fn decide(private: bool, account: AccountStatus, last: Option<&OutboxRow>, counted: bool) -> ScrobbleStatus {
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
    match (last, account) {
        (Some(row), _) if row.state == OutboxState::Failed => {
            dot(DotState::Failed, DotMessage::Refused(RowFailure::of(row)), Some(hint_for(row)))
        }
        (_, AccountStatus::Troubled(_)) => dot(DotState::Queued, of_account, Some(Hint::Queue)),
        (None, _) => dot(DotState::Scrobbling, DotMessage::Ready, None),
        (Some(row), _) => {
            let (state, message) = open_or_done(row, counted);
            dot(state, message, None)
        }
    }
}

fn open_or_done(row: &OutboxRow, counted: bool) -> (DotState, DotMessage) {
    match (row.state, row.kind) {
        (OutboxState::InFlight | OutboxState::Unknown, _) if row.withdrawn => {
            (DotState::Queued, DotMessage::CheckingDeleted)
        }
        (_, _) if row.withdrawn => (DotState::Scrobbling, DotMessage::Deleted),
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

/// By the code alone: rows of earlier versions have no facts.
fn is_about_the_title(code: &str) -> bool {
    [Failure::NotFound, Failure::NotMatched].iter().any(|failure| failure.stored().code == code)
}
