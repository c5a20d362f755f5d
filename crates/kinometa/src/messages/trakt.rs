//! The connection to Trakt: what it is, what it means, what to do.

use sync::{AccountStatus, ConnectState as Connect, Passing};

use super::clock_time;
use api_types::trakt::{ConnectState, TraktState};

/// The state that the interface knows.
pub(crate) fn state(status: AccountStatus) -> TraktState {
    match status {
        AccountStatus::NotConfigured => TraktState::NotConfigured,
        AccountStatus::Disconnected => TraktState::Disconnected,
        AccountStatus::Connected
        | AccountStatus::Troubled(Passing::RateLimited { .. } | Passing::StoreNotWritable) => {
            TraktState::Connected
        }
        AccountStatus::Troubled(
            Passing::Unreachable | Passing::EdgeBlocked { .. } | Passing::NotRenewed { .. },
        ) => TraktState::Unreachable,
        AccountStatus::Reconnect => TraktState::Reconnect,
        AccountStatus::ApplicationNotAllowed => TraktState::ApplicationNotAllowed,
        AccountStatus::Locked => TraktState::Locked,
        AccountStatus::Deactivated => TraktState::Deactivated,
    }
}

/// Message and advice for the page of the connection.
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
        AccountStatus::NotConfigured => "An administrator enters the application below.",
        AccountStatus::Disconnected => "Press Connect Trakt and enter the code that appears.",
        AccountStatus::Reconnect => "Press Connect Trakt.",
        AccountStatus::ApplicationNotAllowed => "An administrator enters another application.",
        _ => return (message, None),
    };
    (message, Some(action.to_owned()))
}

/// What the state of a connection means.
pub(crate) fn of_account(status: AccountStatus) -> String {
    let plain = match status {
        AccountStatus::Troubled(passing) => return of_passing(passing),
        AccountStatus::NotConfigured => {
            "Trakt not configured. An administrator enters the server's Trakt application under Settings, \
             Integrations, Trakt."
        }
        AccountStatus::Disconnected => "Not connected. What you watch stays on this server.",
        AccountStatus::Connected => "Connected. What you watch is sent to Trakt as you watch it.",
        AccountStatus::Reconnect => {
            "Trakt no longer accepts this connection. Nothing is lost: connect again and what waits is sent."
        }
        AccountStatus::ApplicationNotAllowed => {
            "Trakt does not accept this server's application: it was deleted or is not approved. Your connection and \
             what waits are kept; the administrator has to enter another application."
        }
        AccountStatus::Locked => {
            "Trakt has locked your account. What you watch is kept here. Write to Trakt's support."
        }
        AccountStatus::Deactivated => {
            "Your Trakt account is deactivated. What you watch is kept here. Activate the account on Trakt."
        }
    };
    plain.to_owned()
}

fn of_passing(passing: Passing) -> String {
    match passing {
        Passing::Unreachable => "Trakt cannot be reached. What you watch is kept and will catch up.".to_owned(),
        Passing::RateLimited { until } => {
            format!("Trakt asked to slow down until {}. What you watch will catch up.", clock_time(until))
        }
        Passing::EdgeBlocked { until } => format!(
            "Trakt's network blocks this server's address; the next try is at {}. What you watch will catch up.",
            clock_time(until)
        ),
        Passing::NotRenewed { until } => format!(
            "The connection to Trakt could not be renewed; the next try is at {}. What you watch will catch up.",
            clock_time(until)
        ),
        Passing::StoreNotWritable => {
            "The database cannot be written, so the connection to Trakt is not renewed. Free disk space or make the \
             data folder writable."
                .to_owned()
        }
    }
}

/// State and message of connecting.
pub(crate) fn of_connect(state: &Connect) -> (ConnectState, &'static str) {
    match state {
        Connect::Idle => (
            ConnectState::Idle,
            "No code is waiting. If there was one, the server was restarted: get a new one.",
        ),
        Connect::Pending(code) if code.slow_down => (
            ConnectState::Pending,
            "Waiting for you at Trakt. Trakt asked us to look less often: it may take a moment.",
        ),
        Connect::Pending(_) => (ConnectState::Pending, "Waiting for you to enter the code at Trakt."),
        Connect::Approved => (ConnectState::Approved, "Connected."),
        Connect::Denied => {
            (ConnectState::Denied, "The connection was refused at Trakt. Nothing was changed here.")
        }
        Connect::Expired => {
            (ConnectState::Expired, "The code is too old: it was not entered in time. Get a new code.")
        }
        Connect::Used => (ConnectState::Used, "This code was used already. Get a new code."),
        Connect::WrongSecret => (
            ConnectState::WrongSecret,
            "The Client Secret of the application is wrong. An administrator has to enter it again.",
        ),
        Connect::ApplicationNotAllowed => (
            ConnectState::ApplicationNotAllowed,
            "Trakt does not accept this server's application. An administrator has to enter another one.",
        ),
        Connect::Unreachable => (
            ConnectState::Unreachable,
            "Trakt did not answer as it should: it is away, busy, or blocks this server. Your plays are kept; try \
             again later.",
        ),
        Connect::NotSaved => (
            ConnectState::NotSaved,
            "Trakt agreed, but the connection could not be kept here. Look at the server's log and disk, then try \
             again.",
        ),
        Connect::Cancelled => (ConnectState::Cancelled, "Cancelled."),
    }
}
