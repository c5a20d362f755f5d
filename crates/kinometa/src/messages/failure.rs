//! Messages about failures to send to Trakt: what happened, what it means, what to do.

use sync::{Failure, Limit, RowFailure};

use super::number::grouped;

/// The sentence for a failure stored in a queue row.
pub(crate) fn of_row(failure: &RowFailure) -> String {
    match failure {
        RowFailure::Known(failure) => of_failure(failure),
        RowFailure::Sentence(sentence) => sentence.clone(),
        RowFailure::Other => {
            "A newer version of Kinometa stored the reason why this was not sent.".to_owned()
        }
    }
}

/// The sentence that explains what a failure means for the queued message.
pub(crate) fn of_failure(failure: &Failure) -> String {
    match failure {
        Failure::AccountLimit { what, limit } => account_limit(*what, *limit),
        Failure::Refused { message } => {
            format!("Trakt rejected this{}, so it isn't on Trakt.", quoted(message))
        }
        Failure::Server { status: Some(status) } => {
            format!("Trakt is having problems (status {status}). Kinometa will try again automatically.")
        }
        Failure::OtherAccount { before, now } => {
            format!("This was waiting for {before}, but {now} is connected now, so it wasn't sent.")
        }
        plain => without_facts(plain).to_owned(),
    }
}

fn without_facts(failure: &Failure) -> &'static str {
    match failure {
        Failure::Reconnect => {
            "Trakt no longer accepts this connection. Nothing is lost: reconnect Trakt and it will be sent."
        }
        Failure::ApplicationNotAllowed { .. } => {
            "Trakt does not accept this server's API application. This is kept and will be sent once an administrator has \
             entered a working one under Settings, Trakt."
        }
        Failure::EdgeBlocked { .. } => {
            "Trakt's network is blocking this server's address. Kinometa will try again automatically."
        }
        Failure::RateLimited { .. } => "Trakt asked Kinometa to slow down. This will be sent automatically.",
        Failure::RenewalFailed { .. } => {
            "The connection to Trakt could not be renewed. Kinometa will try again automatically."
        }
        Failure::AccountLimit { .. } => "Your Trakt account is full, so this wasn't added.",
        Failure::Locked => {
            "Trakt has locked your account. This is kept; contact Trakt support, then try again here."
        }
        Failure::Deactivated => {
            "Your Trakt account is deactivated. This is kept; reactivate the account on Trakt, then try again here."
        }
        Failure::VipNeeded => "Trakt accepts this only from VIP members, so it wasn't added.",
        Failure::Refused { .. } => "Trakt rejected this, so it isn't on Trakt.",
        Failure::Forbidden => "Trakt does not allow this account to do that, so it wasn't added.",
        Failure::NotFound => "Trakt can't find this title by its IDs, so this wasn't added.",
        Failure::AlreadyCounted => "Trakt already counted this.",
        Failure::Server { .. } => "Trakt is having problems. Kinometa will try again automatically.",
        Failure::Unreachable => "Trakt can't be reached. This will be sent automatically once Trakt is back.",
        Failure::UnexpectedAnswer => {
            "Trakt sent an unexpected response. Kinometa will try again automatically."
        }
        Failure::Unknown => {
            "Trakt's response was lost. Kinometa checks what arrived, so that nothing counts twice."
        }
        Failure::NotTaken => {
            "Trakt did not accept this and gave no reason. Kinometa will try again; if Trakt still does not accept it, you \
             can decide here."
        }
        Failure::TokenStore => {
            "Kinometa can't write to its database, so it can't renew the connection to Trakt. Free up disk space or make \
             the data directory writable; this will then be sent automatically."
        }
        Failure::NotSetUp => {
            "The client secret of this server's Trakt application is missing. An administrator can enter it under \
             Settings, Trakt."
        }
        Failure::Failed => "This could not be sent to Trakt. See the server's log for details.",
        Failure::NotMatched => "This file isn't matched to a title on Trakt, so it wasn't sent.",
        Failure::Unreadable => {
            "A newer version of Kinometa created this entry. Update Kinometa, then try again."
        }
        Failure::OtherAccount { .. } => "This was waiting for another Trakt account.",
        Failure::Split => "Sending entries one at a time, to find the one that Trakt rejects.",
    }
}

/// Advice about a failed message, if the user can do something. Depends only on the code, because rows of earlier
/// versions contain nothing else.
pub(crate) fn advice(code: &str) -> Option<&'static str> {
    match code {
        "reconnect" => Some("Connect Trakt again."),
        "application_not_allowed" => Some("Ask an administrator to enter another API application."),
        "not_found" | "not_matched" => Some("Fix the match, then try again."),
        "other_account" => {
            Some("Try again to send it to the account that is connected now, or remove it from the queue.")
        }
        "account_limit" => Some("Free up space on Trakt, then try again."),
        _ => None,
    }
}

fn account_limit(what: Limit, limit: Option<u64>) -> String {
    let limit = limit.map(|limit| format!(" of {} entries", grouped(limit))).unwrap_or_default();
    let what = match what {
        Limit::History => "history",
        Limit::Ratings => "ratings",
        Limit::Watchlist => "watchlist items",
        Limit::Collection => "collection",
        Limit::Favorites => "favorites",
        Limit::Lists => "personal lists",
        Limit::ListItems => "list items",
        Limit::Other => "this kind of item",
    };
    format!(
        "Your Trakt account has reached its limit{limit} for {what}, so this wasn't added. It stays here. \
         Free up space on Trakt, or become VIP there, then try again."
    )
}

fn quoted(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(" (\"{message}\")") }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::time(
        Failure::RateLimited { until: "2026-11-21T20:50:00Z".parse().unwrap() },
        "Trakt asked Kinometa to slow down. This will be sent automatically."
    )]
    #[case::quote(
        Failure::Refused { message: "invalid watched_at".into() },
        "Trakt rejected this (\"invalid watched_at\"), so it isn't on Trakt."
    )]
    #[case::no_quote(
        Failure::Refused { message: String::new() },
        "Trakt rejected this, so it isn't on Trakt."
    )]
    #[case::limit(
        Failure::AccountLimit { what: Limit::History, limit: Some(100) },
        "Your Trakt account has reached its limit of 100 entries for history, so this wasn't added. It stays here. \
         Free up space on Trakt, or become VIP there, then try again."
    )]
    #[case::names(
        Failure::OtherAccount { before: "anna".into(), now: "bob".into() },
        "This was waiting for anna, but bob is connected now, so it wasn't sent."
    )]
    fn sentences_contain_the_facts_of_a_failure(#[case] failure: Failure, #[case] sentence: &str) {
        assert_eq!(of_failure(&failure), sentence);
    }

    #[test]
    fn a_sentence_stored_by_an_earlier_version_is_shown_unchanged() {
        assert_eq!(of_row(&RowFailure::Sentence("Trakt is away.".into())), "Trakt is away.");
    }
}
