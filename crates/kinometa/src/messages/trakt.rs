//! Messages about the connection to Trakt and the API application, with advice.

use sync::{AccountStatus, ConnectState as Connect, TemporaryProblem};

use crate::trakt::{InvalidKey, KeyField};
use api_types::trakt::{ConnectState, TraktState};

/// Trakt rejects the API application.
pub(crate) const APPLICATION_NOT_ALLOWED: &str = "Trakt does not accept this application. It was deleted, is not approved, or the client ID is incomplete. Check it at \
     developer.trakt.tv, or register a new one and enter it here.";

const WRONG_SECRET: &str = "Trakt knows this client ID, but the client secret does not belong to it. Copy it again from \
                            the application's page at developer.trakt.tv.";

/// The sentence for an invalid key of the application.
pub(crate) fn of_key(field: KeyField, why: InvalidKey) -> &'static str {
    match (field, why) {
        (KeyField::ClientId, InvalidKey::Missing) => "Enter the client ID.",
        (KeyField::ClientId, InvalidKey::Malformed) => "This is not a Trakt client ID. Copy it again.",
        (KeyField::ClientId, InvalidKey::Refused) => APPLICATION_NOT_ALLOWED,
        (KeyField::ClientSecret, InvalidKey::Missing) => "Enter the client secret.",
        (KeyField::ClientSecret, InvalidKey::Malformed) => {
            "This is not a Trakt client secret. Copy it again."
        }
        (KeyField::ClientSecret, InvalidKey::Refused) => WRONG_SECRET,
    }
}

/// The state for the API.
pub(crate) fn state(status: AccountStatus) -> TraktState {
    match status {
        AccountStatus::NotConfigured => TraktState::NotConfigured,
        AccountStatus::Disconnected => TraktState::Disconnected,
        AccountStatus::Connected
        | AccountStatus::Troubled(
            TemporaryProblem::RateLimited { .. } | TemporaryProblem::StoreNotWritable,
        ) => TraktState::Connected,
        AccountStatus::Troubled(
            TemporaryProblem::Unreachable
            | TemporaryProblem::EdgeBlocked { .. }
            | TemporaryProblem::NotRenewed { .. },
        ) => TraktState::Unreachable,
        AccountStatus::Reconnect => TraktState::Reconnect,
        AccountStatus::ApplicationNotAllowed => TraktState::ApplicationNotAllowed,
        AccountStatus::Locked => TraktState::Locked,
        AccountStatus::Deactivated => TraktState::Deactivated,
    }
}

/// Message and advice for the connection page.
pub(crate) fn of_status(status: AccountStatus) -> (String, Option<String>) {
    let message = match status {
        AccountStatus::NotConfigured => {
            "Trakt not configured. This server has no Trakt application yet; what you watch stays here.".to_owned()
        }
        AccountStatus::Disconnected => {
            "Trakt not configured. The application is saved, but your account is not connected; what you watch stays \
             here."
                .to_owned()
        }
        other => of_account(other),
    };
    let action = match status {
        AccountStatus::NotConfigured => "An administrator can enter the API application below.",
        AccountStatus::Disconnected => "Press Connect Trakt and enter the code that appears.",
        AccountStatus::Reconnect => "Press Connect Trakt.",
        AccountStatus::ApplicationNotAllowed => "Ask an administrator to enter another API application.",
        _ => return (message, None),
    };
    (message, Some(action.to_owned()))
}

/// The sentence that explains the state of a connection.
pub(crate) fn of_account(status: AccountStatus) -> String {
    let plain = match status {
        AccountStatus::Troubled(problem) => of_temporary_problem(problem),
        AccountStatus::NotConfigured => {
            "Trakt not configured. An administrator can enter an API application under Settings, \
             Trakt."
        }
        AccountStatus::Disconnected => "Not connected. What you watch stays on this server.",
        AccountStatus::Connected => "Connected. What you watch is sent to Trakt as you watch it.",
        AccountStatus::Reconnect => {
            "Trakt no longer accepts this connection. Nothing is lost: reconnect and everything waiting will be sent."
        }
        AccountStatus::ApplicationNotAllowed => {
            "Trakt does not accept this server's API application: it was deleted or is not approved. Your connection and \
             queue are kept; an administrator has to enter another application."
        }
        AccountStatus::Locked => {
            "Trakt has locked your account. What you watch is kept here. Contact Trakt support."
        }
        AccountStatus::Deactivated => {
            "Your Trakt account is deactivated. What you watch is kept here. Reactivate the account on Trakt."
        }
    };
    plain.to_owned()
}

/// The sentence for a temporary problem. The time of the next attempt is not part of it, because only the page
/// knows the user's time zone.
fn of_temporary_problem(problem: TemporaryProblem) -> &'static str {
    match problem {
        TemporaryProblem::Unreachable => {
            "Trakt can't be reached. What you watch is kept and will sync later."
        }
        TemporaryProblem::RateLimited { .. } => {
            "Trakt asked Kinometa to slow down. What you watch will sync later."
        }
        TemporaryProblem::EdgeBlocked { .. } => {
            "Trakt's network is blocking this server's address. What you watch will sync later."
        }
        TemporaryProblem::NotRenewed { .. } => {
            "The connection to Trakt could not be renewed. Kinometa will try again, and what you watch will sync then."
        }
        TemporaryProblem::StoreNotWritable => {
            "Kinometa can't write to its database, so it can't renew the connection to Trakt. Free up disk space or make \
             the data directory writable."
        }
    }
}

/// State and message while an account is being connected.
pub(crate) fn of_connect(state: &Connect) -> (ConnectState, &'static str) {
    match state {
        Connect::Idle => (
            ConnectState::Idle,
            "There is no active code. The server may have been restarted; get a new code.",
        ),
        Connect::Pending(code) if code.slow_down => (
            ConnectState::Pending,
            "Waiting for you to enter the code on Trakt. Trakt asked Kinometa to check less often, so this may take a moment.",
        ),
        Connect::Pending(_) => (ConnectState::Pending, "Waiting for you to enter the code on Trakt."),
        Connect::Approved => (ConnectState::Approved, "Connected."),
        Connect::Denied => {
            (ConnectState::Denied, "The connection was declined on Trakt. Nothing was changed here.")
        }
        Connect::Expired => {
            (ConnectState::Expired, "The code expired before it was entered. Get a new code.")
        }
        Connect::Used => (ConnectState::Used, "This code was already used. Get a new code."),
        Connect::WrongSecret => (
            ConnectState::WrongSecret,
            "The application's client secret is wrong. An administrator has to enter it again.",
        ),
        Connect::ApplicationNotAllowed => (
            ConnectState::ApplicationNotAllowed,
            "Trakt does not accept this server's API application. An administrator has to enter another one.",
        ),
        Connect::Unreachable => (
            ConnectState::Unreachable,
            "Trakt is unavailable, busy, or blocking this server. Your plays are kept; try again later.",
        ),
        Connect::NotSaved => (
            ConnectState::NotSaved,
            "Trakt approved the connection, but it could not be saved here. Check the server's log and disk space, then try \
             again.",
        ),
        Connect::Cancelled => (ConnectState::Cancelled, "Cancelled."),
    }
}
