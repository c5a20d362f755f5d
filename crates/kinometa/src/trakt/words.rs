//! States in words: what it is, what it means, what to do.

use sync::{AccountStatus, ConnectState as Connect, Engine, Passing};

use api_types::trakt::{ConnectState, TraktState};

/// The state that the interface knows.
pub(super) fn state(status: AccountStatus) -> TraktState {
    match status {
        AccountStatus::NotConfigured => TraktState::NotConfigured,
        AccountStatus::Disconnected => TraktState::Disconnected,
        AccountStatus::Connected
        | AccountStatus::Troubled(Passing::RateLimited { .. } | Passing::StoreNotWritable) => {
            TraktState::Connected
        }
        AccountStatus::Troubled(Passing::Unreachable | Passing::EdgeBlocked { .. }) => {
            TraktState::Unreachable
        }
        AccountStatus::Reconnect => TraktState::Reconnect,
        AccountStatus::ApplicationNotAllowed => TraktState::ApplicationNotAllowed,
        AccountStatus::Locked => TraktState::Locked,
        AccountStatus::Deactivated => TraktState::Deactivated,
    }
}

/// Message and advice for the page of the connection.
pub(super) fn of_status(status: AccountStatus) -> (String, Option<String>) {
    let message = match status {
        AccountStatus::NotConfigured => {
            "Trakt not configured. This server has no Trakt application yet; what you watch stays here.".to_owned()
        }
        AccountStatus::Disconnected => {
            "Trakt not configured. The application is saved, but your account is not connected; what you watch stays \
             here."
                .to_owned()
        }
        other => Engine::describe(other),
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

/// State and message of connecting.
pub(super) fn of_connect(state: &Connect) -> (ConnectState, &'static str) {
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
