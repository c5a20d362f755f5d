//! Why something could not be sent to Trakt: what happened, what it means, what to do.

use sync::{Failure, Limit, RowFailure};

use super::clock_time;

/// What went wrong with a message to Trakt, from its row.
pub(crate) fn of_row(failure: &RowFailure) -> String {
    match failure {
        RowFailure::Known(failure) => of_failure(failure),
        RowFailure::Sentence(sentence) => sentence.clone(),
        RowFailure::Other => "A later version of Kinometa stored why this was not sent.".to_owned(),
    }
}

/// What a failure means for the message that was being sent.
pub(crate) fn of_failure(failure: &Failure) -> String {
    match failure {
        Failure::EdgeBlocked { until } => {
            format!("Trakt's network blocks this server's address. It is sent after {}.", clock_time(*until))
        }
        Failure::RateLimited { until } => {
            format!("Trakt asked to slow down. It is sent after {}.", clock_time(*until))
        }
        Failure::RenewalFailed { until } => format!(
            "The connection to Trakt could not be renewed. It is tried again after {}.",
            clock_time(*until)
        ),
        Failure::AccountLimit { what, limit } => account_limit(*what, *limit),
        Failure::Refused { message } => {
            format!("Trakt refused this entry{}. It was not counted there.", quoted(message))
        }
        Failure::Server { status: Some(status) } => {
            format!("Trakt has a problem of its own (status {status}). It is sent again by itself.")
        }
        Failure::OtherAccount { before, now } => {
            format!("This waited for {before} at Trakt, and {now} is connected now. {now} was not told.")
        }
        plain => without_facts(plain).to_owned(),
    }
}

fn without_facts(failure: &Failure) -> &'static str {
    match failure {
        Failure::Reconnect => {
            "Trakt no longer accepts this connection. Nothing is lost: connect Trakt again and it is sent."
        }
        Failure::ApplicationNotAllowed { .. } => {
            "Trakt does not accept this server's application. It is kept and sent once the administrator has entered a \
             working one under Settings, Integrations, Trakt."
        }
        Failure::EdgeBlocked { .. } => "Trakt's network blocks this server's address. It is sent later.",
        Failure::RateLimited { .. } => "Trakt asked to slow down. It is sent later.",
        Failure::RenewalFailed { .. } => {
            "The connection to Trakt could not be renewed. It is tried again later."
        }
        Failure::AccountLimit { .. } => "Your Trakt account is full, so Trakt did not take this.",
        Failure::Locked => {
            "Trakt has locked your account. It is kept; write to Trakt's support, then try again here."
        }
        Failure::Deactivated => {
            "Your Trakt account is deactivated. It is kept; activate the account on Trakt, then try again here."
        }
        Failure::VipNeeded => "Trakt takes this from VIP members only. It was not sent.",
        Failure::Refused { .. } => "Trakt refused this entry. It was not counted there.",
        Failure::Forbidden => "Trakt does not let this account do that. It was not counted there.",
        Failure::NotFound => {
            "Trakt does not know this title by the ids that Kinometa has, so the play is not there."
        }
        Failure::AlreadyCounted => "Trakt has counted this already.",
        Failure::Server { .. } => "Trakt has a problem of its own. It is sent again by itself.",
        Failure::Unreachable => "Trakt cannot be reached. It is sent by itself once Trakt answers again.",
        Failure::UnexpectedAnswer => "Trakt answered something unexpected. It is tried again by itself.",
        Failure::Unknown => {
            "The answer got lost on the way. Kinometa looks at your history on Trakt before it sends this again, so \
             that nothing is counted twice."
        }
        Failure::TokenStore => {
            "The database cannot be written, so the connection to Trakt is not renewed. Free disk space or make the \
             data folder writable; it is sent by itself afterwards."
        }
        Failure::NotSetUp => {
            "The Client Secret of this server's Trakt application is missing. An administrator enters it under \
             Settings, Integrations, Trakt."
        }
        Failure::Failed => "It could not be sent to Trakt. The server's log says more.",
        Failure::NotMatched => "This file is not matched with a title on Trakt, so Trakt was not told.",
        Failure::Unreadable => {
            "A later version of Kinometa wrote this entry. Update Kinometa, then try again."
        }
        Failure::OtherAccount { .. } => "This waited for another Trakt account.",
        Failure::Split => "Sent again one by one, to find the entry that Trakt refuses.",
    }
}

/// What to do about a failed message, when somebody can do something. By the code alone: rows of earlier versions have
/// no facts.
pub(crate) fn advice(code: &str) -> Option<&'static str> {
    match code {
        "reconnect" => Some("Connect Trakt again."),
        "application_not_allowed" => Some("An administrator enters another application."),
        "not_found" | "not_matched" => Some("Correct the match of the title, then try again."),
        "other_account" => Some("Try again to send it to the account that is connected now, or remove it."),
        "account_limit" => Some("Make room at Trakt, then try again."),
        _ => None,
    }
}

fn account_limit(what: Limit, limit: Option<u64>) -> String {
    let limit = limit.map(|limit| format!(" of {limit} entries")).unwrap_or_default();
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
        "Your Trakt account has reached its limit{limit} for {what}, so Trakt did not take this. It stays in your \
         timeline here. Make room on Trakt, or become VIP there, then try again."
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
        "Trakt asked to slow down. It is sent after 20:50 UTC."
    )]
    #[case::quote(
        Failure::Refused { message: "invalid watched_at".into() },
        "Trakt refused this entry (\"invalid watched_at\"). It was not counted there."
    )]
    #[case::no_quote(
        Failure::Refused { message: String::new() },
        "Trakt refused this entry. It was not counted there."
    )]
    #[case::limit(
        Failure::AccountLimit { what: Limit::History, limit: Some(100) },
        "Your Trakt account has reached its limit of 100 entries for history, so Trakt did not take this. It stays in \
         your timeline here. Make room on Trakt, or become VIP there, then try again."
    )]
    #[case::names(
        Failure::OtherAccount { before: "anna".into(), now: "bob".into() },
        "This waited for anna at Trakt, and bob is connected now. bob was not told."
    )]
    fn facts_become_sentences(#[case] failure: Failure, #[case] sentence: &str) {
        assert_eq!(of_failure(&failure), sentence);
    }

    #[test]
    fn the_sentence_of_an_earlier_version_is_shown_as_it_is() {
        assert_eq!(of_row(&RowFailure::Sentence("Trakt is away.".into())), "Trakt is away.");
    }
}
