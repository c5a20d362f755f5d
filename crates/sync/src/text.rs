//! What failures mean, in words: what happened, what it means for you, what to do.

use chrono::{DateTime, Utc};
use db::{kinds::OutboxState, outbox::Trouble, rows::OutboxRow};
use trakt::error::Limited;

use crate::account::{AccountStatus, Passing};

/// A code for programs and a sentence for people.
pub(crate) fn trouble(code: &str, text: impl Into<String>) -> Trouble {
    Trouble { code: code.to_owned(), text: text.into() }
}

/// What waited for one account when another was connected.
pub(crate) fn of_another_account(before: &str, now: &str) -> Trouble {
    trouble(
        "other_account",
        format!("This waited for {before} at Trakt, and {now} is connected now. {now} was not told."),
    )
}

/// What an error of Trakt's means for the row that was being sent.
pub(crate) fn explain(error: &trakt::Error) -> Trouble {
    use trakt::Error as E;
    match error {
        E::NotConnected | E::Reconnect(_) => trouble(
            "reconnect",
            "Trakt no longer accepts this connection. Nothing is lost: connect Trakt again and it is sent.",
        ),
        E::ApplicationNotAllowed { .. } => trouble(
            "application_not_allowed",
            "Trakt does not accept this server's application. It is kept and sent once the administrator has entered \
             a working one under Settings, Integrations, Trakt.",
        ),
        E::EdgeBlock { until, .. } => trouble(
            "edge_blocked",
            format!("Trakt's network blocks this server's address. It is sent after {}.", clock_time(*until)),
        ),
        E::RateLimited { until } => trouble(
            "rate_limited",
            format!("Trakt asked to slow down. It is sent after {}.", clock_time(*until)),
        ),
        E::AccountLimit { what, limit, .. } => trouble("account_limit", account_limit(*what, *limit)),
        E::Locked => trouble(
            "locked",
            "Trakt has locked your account. It is kept; write to Trakt's support, then try again here.",
        ),
        E::Deactivated => trouble(
            "deactivated",
            "Your Trakt account is deactivated. It is kept; activate the account on Trakt, then try again here.",
        ),
        E::VipNeeded { .. } => {
            trouble("vip_needed", "Trakt takes this from VIP members only. It was not sent.")
        }
        E::Validation { message, .. } => trouble(
            "refused",
            format!("Trakt refused this entry{}. It was not counted there.", quoted(message)),
        ),
        E::Forbidden => {
            trouble("forbidden", "Trakt does not let this account do that. It was not counted there.")
        }
        E::NotFound => not_found(),
        E::Conflict(_) => trouble("already_counted", "Trakt has counted this already."),
        E::Server { status, .. } => trouble(
            "server",
            format!("Trakt has a problem of its own (status {status}). It is sent again by itself."),
        ),
        E::Transport { .. } => {
            trouble("unreachable", "Trakt cannot be reached. It is sent by itself once Trakt answers again.")
        }
        E::Protocol { .. } | E::Incomplete { .. } => {
            trouble("unexpected_answer", "Trakt answered something unexpected. It is tried again by itself.")
        }
        E::Unknown(_) => trouble(
            "unknown",
            "The answer got lost on the way. Kinometa looks at your history on Trakt before it sends this again, so \
             that nothing is counted twice.",
        ),
        E::TokenStore(_) => trouble(
            "token_store",
            "The database cannot be written, so the connection to Trakt is not renewed. Free disk space or make the \
             data folder writable; it is sent by itself afterwards.",
        ),
        other => trouble("failed", format!("It could not be sent to Trakt: {other}.")),
    }
}

/// Trakt does not have the title.
pub(crate) fn not_found() -> Trouble {
    trouble(
        "not_found",
        "Trakt does not know this title by the ids that Kinometa has, so the play is not there.",
    )
}

const NOT_MATCHED: &str = "not_matched";

/// Whether a row failed because nothing identified its title.
pub(crate) fn is_unmatched(row: &OutboxRow) -> bool {
    row.state == OutboxState::Failed && row.error_code.as_deref() == Some(NOT_MATCHED)
}

/// There is nothing to identify the title by. The cure is a link beside it: [`Hint`](crate::Hint).
pub(crate) fn not_matched() -> Trouble {
    trouble(NOT_MATCHED, "This file is not matched with a title on Trakt, so Trakt was not told.")
}

/// The row was written by a later version.
pub(crate) fn unreadable() -> Trouble {
    trouble("unreadable", "A later version of Kinometa wrote this entry. Update Kinometa, then try again.")
}

fn account_limit(what: Limited, limit: Option<u64>) -> String {
    let limit = limit.map(|limit| format!(" of {limit} entries")).unwrap_or_default();
    format!(
        "Your Trakt account has reached its limit{limit} for {what}, so Trakt did not take this. It stays in your \
         timeline here. Make room on Trakt, or become VIP there, then try again."
    )
}

fn quoted(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(" (\"{message}\")") }
}

fn clock_time(at: DateTime<Utc>) -> String {
    at.format("%H:%M UTC").to_string()
}

/// What the state of a connection means.
pub(crate) fn describe(status: AccountStatus) -> String {
    match status {
        AccountStatus::NotConfigured => "Trakt not configured. An administrator enters the server's Trakt application \
                                         under Settings, Integrations, Trakt."
            .to_owned(),
        AccountStatus::Disconnected => "Not connected. What you watch stays on this server.".to_owned(),
        AccountStatus::Connected => "Connected. What you watch is sent to Trakt as you watch it.".to_owned(),
        AccountStatus::Troubled(Passing::Unreachable) => {
            "Trakt cannot be reached. What you watch is kept and will catch up.".to_owned()
        }
        AccountStatus::Troubled(Passing::RateLimited { until }) => {
            format!("Trakt asked to slow down until {}. What you watch will catch up.", clock_time(until))
        }
        AccountStatus::Troubled(Passing::EdgeBlocked { until }) => format!(
            "Trakt's network blocks this server's address; the next try is at {}. What you watch will catch up.",
            clock_time(until)
        ),
        AccountStatus::Troubled(Passing::StoreNotWritable) => {
            "The database cannot be written, so the connection to Trakt is not renewed. Free disk space or make the \
             data folder writable."
                .to_owned()
        }
        AccountStatus::Reconnect => "Trakt no longer accepts this connection. Nothing is lost: connect again and what \
                                     waits is sent."
            .to_owned(),
        AccountStatus::ApplicationNotAllowed => "Trakt does not accept this server's application: it was deleted or is \
                                                 not approved. Your connection and what waits are kept; the \
                                                 administrator has to enter another application."
            .to_owned(),
        AccountStatus::Locked => {
            "Trakt has locked your account. What you watch is kept here. Write to Trakt's support.".to_owned()
        }
        AccountStatus::Deactivated => {
            "Your Trakt account is deactivated. What you watch is kept here. Activate the account on Trakt.".to_owned()
        }
    }
}
