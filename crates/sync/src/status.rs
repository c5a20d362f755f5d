//! What a player's dot shows.

use db::{
    Conn,
    ids::TitleId,
    kinds::{OutboxKind, OutboxState},
    outbox, plays,
    rows::{OutboxRow, PlaybackSession},
};

use crate::{Result, account::AccountStatus, text};

/// The colour of the dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DotState {
    /// No dot: Trakt is not connected.
    Off,
    /// Green: Trakt knows.
    Scrobbling,
    /// Amber: Trakt will know.
    Queued,
    /// Red: somebody has to act.
    Failed,
    /// An eye: Trakt is not told.
    Private,
}

/// Where a person can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Connect Trakt (again).
    Connect,
    /// Enter a working application.
    Application,
    /// Correct the match of this title.
    Match {
        /// The title.
        title_id: TitleId,
    },
    /// Look at the queue.
    Queue,
}

/// What a player's dot shows, and what it says when it is clicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScrobbleStatus {
    /// The colour.
    pub state: DotState,
    /// The text, for people and screen readers.
    pub message: String,
    /// What to do about it.
    pub hint: Option<Hint>,
    /// Whether this viewing is in the timeline.
    pub counted: bool,
}

/// Computes the dot of a player from its outbox rows and the state of the account.
pub(crate) async fn of_session(
    conn: &impl Conn,
    session: &PlaybackSession,
    account: AccountStatus,
) -> Result<ScrobbleStatus> {
    let rows = outbox::of_session(conn, &session.id).await?;
    let counted = match rows.iter().rev().find_map(|row| row.play_id) {
        Some(_) => true,
        None => {
            let titles = session_titles(session);
            let mut counted = false;
            for title_id in titles {
                counted |=
                    plays::latest(conn, session.user_id, title_id, session.started_at).await?.is_some();
            }
            counted
        }
    };
    let last = rows.iter().rev().find(|row| row.state != OutboxState::Superseded).or(rows.last());
    Ok(decide(session.is_private, account, last, counted))
}

fn session_titles(session: &PlaybackSession) -> Vec<TitleId> {
    serde_json::from_value::<crate::scrobble::Machine>(session.machine.clone())
        .map(|machine| machine.titles().collect())
        .unwrap_or_default()
}

/// The dot, from what decides it.
fn decide(private: bool, account: AccountStatus, last: Option<&OutboxRow>, counted: bool) -> ScrobbleStatus {
    let dot =
        |state, message: &str, hint| ScrobbleStatus { state, message: message.to_owned(), hint, counted };
    if private {
        return dot(
            DotState::Private,
            "Private. Trakt is not told, and the timeline marks the play as private.",
            None,
        );
    }
    let says = text::describe(account);
    match account {
        AccountStatus::NotConfigured => return dot(DotState::Off, &says, Some(Hint::Application)),
        AccountStatus::Disconnected => return dot(DotState::Off, &says, Some(Hint::Connect)),
        AccountStatus::Reconnect => return dot(DotState::Failed, &says, Some(Hint::Connect)),
        AccountStatus::ApplicationNotAllowed => return dot(DotState::Failed, &says, Some(Hint::Application)),
        AccountStatus::Locked | AccountStatus::Deactivated => return dot(DotState::Failed, &says, None),
        AccountStatus::Connected | AccountStatus::Troubled(_) => {}
    }
    match (last, account) {
        (Some(row), _) if row.state == OutboxState::Failed => {
            let text = row.error_text.as_deref().unwrap_or("Trakt did not take this.");
            dot(DotState::Failed, text, Some(hint_for(row)))
        }
        (_, AccountStatus::Troubled(_)) => dot(DotState::Queued, &says, Some(Hint::Queue)),
        (None, _) => dot(DotState::Scrobbling, "Connected. Trakt is told as soon as you play.", None),
        (Some(row), _) => open_or_done(row, counted),
    }
}

fn open_or_done(row: &OutboxRow, counted: bool) -> ScrobbleStatus {
    let (state, message) = match (row.state, row.kind) {
        (OutboxState::InFlight | OutboxState::Unknown, _) if row.withdrawn => (
            DotState::Queued,
            "You deleted this play. Checking whether Trakt has it, to delete it there too.",
        ),
        (_, _) if row.withdrawn => {
            (DotState::Scrobbling, "You deleted this play. Trakt does not keep it either.")
        }
        (OutboxState::Done, OutboxKind::ScrobbleStart) => {
            (DotState::Scrobbling, "Trakt shows what you are watching.")
        }
        (OutboxState::Done, OutboxKind::ScrobblePause) => (DotState::Scrobbling, "Trakt keeps your place."),
        (OutboxState::Done, _) if counted => (DotState::Scrobbling, "Counted on Trakt."),
        (OutboxState::Done, _) => {
            (DotState::Scrobbling, "Not watched far enough to count. Trakt keeps your place.")
        }
        (OutboxState::Unknown, _) => {
            (DotState::Queued, "The answer got lost. Checking with Trakt whether it counted.")
        }
        (OutboxState::Superseded, _) => {
            (DotState::Queued, "Trakt was not reached in time. It will catch up.")
        }
        (_, _) if row.attempts == 0 => (DotState::Scrobbling, "Telling Trakt."),
        _ => (DotState::Queued, row.error_text.as_deref().unwrap_or("Waiting for Trakt. It will catch up.")),
    };
    ScrobbleStatus { state, message: message.to_owned(), hint: None, counted }
}

/// What can be done about a failed row.
pub(crate) fn hint_for(row: &OutboxRow) -> Hint {
    match row.error_code.as_deref() {
        Some("not_found" | "not_matched") => Hint::Match { title_id: row.title_id },
        Some("reconnect") => Hint::Connect,
        Some("application_not_allowed") => Hint::Application,
        _ => Hint::Queue,
    }
}
