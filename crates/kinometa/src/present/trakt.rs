//! The Trakt application, connection, connecting and queue.

use api_types::trakt as wire;
use api_types::user::UserTrakt;
use catalogue::view::View;
use chrono::{DateTime, Utc};
use db::kinds::{OutboxKind, OutboxState};
use db::outbox::Counts;
use db::rows::OutboxRow;
use qrcode::QrCode;
use qrcode::render::svg;
use sync::{AccountStatus, ConnectState, Connecting, RowFailure, TemporaryProblem};

use super::card;
use super::failure::code_of;
use crate::messages;
use crate::trakt::{Connection, Queue, SavedApplication};

/// Smallest side of the QR code in pixels; it is a vector graphic and scales without loss.
const QR_SIZE: u32 = 200;

/// The application without its secret.
pub(crate) fn application(saved: Option<SavedApplication>) -> wire::TraktApplication {
    let Some(saved) = saved else { return wire::TraktApplication::default() };
    wire::TraktApplication {
        configured: true,
        client_id: Some(saved.client_id),
        has_secret: saved.has_secret,
        checked_at: saved.checked_at,
        problem: saved.is_refused.then(|| messages::trakt::APPLICATION_NOT_ALLOWED.to_owned()),
    }
}

/// A user's connection with all details.
pub(crate) fn connection(connection: Connection, queue: Counts) -> wire::TraktStatus {
    let count = |rows| i64::try_from(rows).unwrap_or(i64::MAX);
    let (message, action) = messages::trakt::of_status(connection.status);
    let (reason, retry_at) = reason(connection.status).unzip();
    let username = connection.username().map(str::to_owned);
    let account = connection.account;
    wire::TraktStatus {
        state: messages::trakt::state(connection.status),
        reason,
        retry_at: retry_at.flatten(),
        message,
        action,
        username,
        vip: account.as_ref().map(|account| account.is_vip),
        connected_at: account.as_ref().and_then(|account| account.connected_at).map(|at| at.0),
        queue: wire::TraktQueueCounts { pending: count(queue.pending), failed: count(queue.failed) },
        name: account.as_ref().and_then(|account| account.name.clone()),
        avatar_url: account.and_then(|account| account.avatar_url),
    }
}

/// The reason code of a temporary problem, and the time of the next attempt.
fn reason(status: AccountStatus) -> Option<(wire::TraktReason, Option<DateTime<Utc>>)> {
    let AccountStatus::Troubled(problem) = status else { return None };
    Some(match problem {
        TemporaryProblem::Unreachable => (wire::TraktReason::Unreachable, None),
        TemporaryProblem::RateLimited { until } => (wire::TraktReason::RateLimited, Some(until)),
        TemporaryProblem::EdgeBlocked { until } => (wire::TraktReason::EdgeBlocked, Some(until)),
        TemporaryProblem::NotRenewed { until } => (wire::TraktReason::NotRenewed, Some(until)),
        TemporaryProblem::StoreNotWritable => (wire::TraktReason::StoreNotWritable, None),
    })
}

/// A summary of a user's connection.
pub(crate) fn connection_summary(connection: Connection) -> UserTrakt {
    UserTrakt {
        state: messages::trakt::state(connection.status),
        username: connection.username().map(str::to_owned),
        avatar_url: connection.account.and_then(|account| account.avatar_url),
    }
}

/// The state of connecting an account.
pub(crate) fn connect(state: &ConnectState) -> wire::TraktConnect {
    let (kind, message) = messages::trakt::of_connect(state);
    let code = match state {
        ConnectState::Pending(code) => Some(code),
        _ => None,
    };
    wire::TraktConnect {
        state: kind,
        message: message.to_owned(),
        user_code: code.map(|code| code.user_code.clone()),
        verification_url: code.map(|code| code.verification_url.clone()),
        qr_svg: code.and_then(qr_svg),
        expires_at: code.map(|code| code.expires_at),
        slow_down: code.map(|code| code.slow_down),
    }
}

/// A QR code of Trakt's activation page, if possible with the code filled in.
fn qr_svg(code: &Connecting) -> Option<String> {
    let address = code.direct_url.as_ref().unwrap_or(&code.verification_url);
    let qr = QrCode::new(address).ok()?;
    Some(qr.render::<svg::Color<'_>>().min_dimensions(QR_SIZE, QR_SIZE).build())
}

/// A page of a user's queue.
pub(crate) fn queue(queue: Queue, view: &View) -> wire::TraktQueue {
    wire::TraktQueue {
        items: queue.rows.into_iter().map(|row| queue_item(view, row)).collect(),
        total: i64::try_from(queue.total).unwrap_or(i64::MAX),
    }
}

fn queue_item(view: &View, row: OutboxRow) -> wire::QueueItem {
    let state = match row.state {
        OutboxState::InFlight => wire::QueueState::InFlight,
        OutboxState::Unknown => wire::QueueState::Unknown,
        OutboxState::Failed => wire::QueueState::Failed,
        OutboxState::Pending | OutboxState::Done | OutboxState::Superseded => wire::QueueState::Pending,
    };
    wire::QueueItem {
        id: row.id,
        // A withdrawn entry will be removed from Trakt, if it has arrived there.
        kind: if row.withdrawn { OutboxKind::HistoryRemove } else { row.kind },
        title: row.title_id.and_then(|id| view.card_of(id)).map(card),
        occurred_at: row.occurred_at.0,
        state,
        attempts: i64::from(row.attempts),
        next_attempt_at: (state != wire::QueueState::Failed).then_some(row.next_attempt_at.0),
        error: queue_error(&row),
    }
}

fn queue_error(row: &OutboxRow) -> Option<wire::QueueError> {
    let failure = RowFailure::of(row)?;
    let stored = row.error_code.as_deref()?;
    Some(wire::QueueError {
        action: messages::advice(stored).map(str::to_owned),
        message: messages::of_row(&failure),
        code: code_of(&failure, stored),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_problem_has_a_reason_and_the_time_of_the_next_attempt() {
        let until: DateTime<Utc> = "2026-11-21T20:50:00Z".parse().unwrap();
        let troubled = |problem| reason(AccountStatus::Troubled(problem)).unwrap();
        assert_eq!(
            troubled(TemporaryProblem::RateLimited { until }),
            (wire::TraktReason::RateLimited, Some(until))
        );
        assert_eq!(
            troubled(TemporaryProblem::EdgeBlocked { until }),
            (wire::TraktReason::EdgeBlocked, Some(until))
        );
        assert_eq!(troubled(TemporaryProblem::StoreNotWritable), (wire::TraktReason::StoreNotWritable, None));
        assert_eq!(troubled(TemporaryProblem::Unreachable), (wire::TraktReason::Unreachable, None));
        assert_eq!(reason(AccountStatus::Connected), None);
        assert_eq!(reason(AccountStatus::Reconnect), None);
    }

    #[test]
    fn a_pending_code_includes_the_user_code_and_a_qr_code() {
        let code = Connecting {
            user_code: "5055CC52".into(),
            verification_url: "https://trakt.tv/activate".into(),
            direct_url: Some("https://trakt.tv/activate/5055CC52".into()),
            expires_at: "2026-11-01T20:10:00Z".parse().unwrap(),
            slow_down: false,
        };
        let connect = connect(&ConnectState::Pending(code));
        assert_eq!(connect.user_code.as_deref(), Some("5055CC52"));
        let svg = connect.qr_svg.unwrap();
        assert!(svg.contains("<svg") && svg.contains("</svg>"), "{svg}");
    }
}
