//! Why a message could not be delivered: a stable code and its facts, as the outbox stores them.

use chrono::{DateTime, Utc};
use db::{Json, rows::OutboxRow, timeline::PlayMessage};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use trakt::error::Limited;

/// Why a message could not be delivered. The tags are the stored codes, the fields the stored facts; both are frozen,
/// because rows written by one version are shown by the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Failure {
    /// The user has to connect the account again.
    Reconnect,
    /// Trakt rejects the server's application.
    ApplicationNotAllowed {
        /// The HTTP status of the response.
        status: Option<u16>,
    },
    /// Trakt's edge blocks this server's address.
    EdgeBlocked {
        /// Not tried again before.
        until: DateTime<Utc>,
    },
    /// Trakt asked to slow down.
    RateLimited {
        /// Not tried again before.
        until: DateTime<Utc>,
    },
    /// The connection has expired and could not be renewed.
    RenewalFailed {
        /// Not tried again before.
        until: DateTime<Utc>,
    },
    /// The account is full.
    AccountLimit {
        /// What is full.
        what: Limit,
        /// The maximum number of entries, if Trakt reports it.
        limit: Option<u64>,
    },
    /// Trakt locked the account.
    Locked,
    /// The account is deactivated at Trakt.
    Deactivated,
    /// Trakt accepts this only from VIP members.
    VipNeeded,
    /// Trakt rejected the content.
    Refused {
        /// Trakt's message; empty if there was none.
        message: String,
    },
    /// The account has no access.
    Forbidden,
    /// Trakt does not know the title.
    NotFound,
    /// Trakt has already counted it.
    AlreadyCounted,
    /// Trakt or its edge is overloaded or broken.
    Server {
        /// The HTTP status.
        status: Option<u16>,
    },
    /// The network failed.
    Unreachable,
    /// The response did not match the contract.
    UnexpectedAnswer,
    /// The response was lost: the message may have arrived.
    Unknown,
    /// Trakt did not accept it and gave no reason.
    NotTaken,
    /// The database cannot be written, so no token can be renewed.
    TokenStore,
    /// The Client Secret is missing.
    NotSetUp,
    /// Anything else that Trakt's client reports.
    Failed,
    /// Nothing identifies the title on Trakt.
    NotMatched,
    /// A later version wrote the message.
    Unreadable,
    /// It was meant for the account that was connected before.
    OtherAccount {
        /// The account before.
        before: String,
        /// The account that is connected now.
        now: String,
    },
    /// Sent again one by one, to find the entry that Trakt rejects.
    Split,
}

/// What is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Plays in the history.
    History,
    /// Ratings.
    Ratings,
    /// Items on the watchlist.
    Watchlist,
    /// Items in the collection.
    Collection,
    /// Favorites.
    Favorites,
    /// Personal lists.
    Lists,
    /// Items on one list.
    ListItems,
    /// Something else.
    Other,
}

impl From<Limited> for Limit {
    fn from(limited: Limited) -> Self {
        match limited {
            Limited::History => Self::History,
            Limited::Ratings => Self::Ratings,
            Limited::Watchlist => Self::Watchlist,
            Limited::Collection => Self::Collection,
            Limited::Favorites => Self::Favorites,
            Limited::Lists => Self::Lists,
            Limited::ListItems => Self::ListItems,
            // Values that a later version of the client may add.
            _ => Self::Other,
        }
    }
}

impl Failure {
    /// As the outbox stores it.
    pub(crate) fn stored(&self) -> db::outbox::StoredFailure {
        let Ok(Json::Object(mut facts)) = serde_json::to_value(self) else {
            unreachable!("a tagged enum of plain data is a JSON object")
        };
        let code = facts.remove("code").and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default();
        db::outbox::StoredFailure { code, facts: Json::Object(facts) }
    }

    /// Its stable code, such as `rate_limited`.
    pub fn code(&self) -> String {
        self.stored().code
    }

    /// The earliest time of the next attempt, if known.
    pub fn until(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::EdgeBlocked { until } | Self::RateLimited { until } | Self::RenewalFailed { until } => {
                Some(*until)
            }
            _ => None,
        }
    }

    /// Reads a stored failure; `None` if a later version wrote it.
    pub(crate) fn read(code: &str, facts: Option<&Json>) -> Option<Self> {
        let mut tagged = facts.and_then(Json::as_object).cloned().unwrap_or_else(Map::new);
        tagged.insert("code".to_owned(), Json::from(code));
        serde_json::from_value(Json::Object(tagged)).ok()
    }
}

/// The stored codes of failures after which nothing of the account is sent for a while.
pub(crate) const ACCOUNT_WAITS: [&str; 3] = ["edge_blocked", "rate_limited", "renewal_failed"];

/// Whether a stored code means that the title is wrong. Only the code is used, because rows of earlier versions
/// have no facts.
pub(crate) fn is_about_the_title(code: &str) -> bool {
    [Failure::NotFound, Failure::NotMatched].iter().any(|failure| failure.stored().code == code)
}

/// The failure stored in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFailure {
    /// A known failure.
    Known(Failure),
    /// A sentence stored by an earlier version.
    Sentence(String),
    /// A code stored by a later version.
    Other,
}

impl RowFailure {
    /// The failure of a message; `None` if there is none.
    pub fn of(row: &OutboxRow) -> Option<Self> {
        Self::read(row.error_code.as_deref()?, row.error_facts.as_ref(), row.error_text.as_deref())
    }

    /// The failure of a message about a play; `None` if there is none.
    pub fn of_play(message: &PlayMessage) -> Option<Self> {
        let text = message.error_text.as_deref();
        Self::read(message.error_code.as_deref()?, message.error_facts.as_ref(), text)
    }

    fn read(code: &str, facts: Option<&Json>, text: Option<&str>) -> Option<Self> {
        let sentence = text.filter(|_| facts.is_none()).map(|text| Self::Sentence(text.to_owned()));
        Some(sentence.or_else(|| Failure::read(code, facts).map(Self::Known)).unwrap_or(Self::Other))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::without_facts(Failure::Locked, "locked", json!({}))]
    #[case::with_a_time(
        Failure::RateLimited { until: "2026-11-21T20:00:00Z".parse().unwrap() },
        "rate_limited",
        json!({"until": "2026-11-21T20:00:00Z"})
    )]
    #[case::with_a_limit(
        Failure::AccountLimit { what: Limit::Watchlist, limit: Some(100) },
        "account_limit",
        json!({"what": "watchlist", "limit": 100})
    )]
    #[case::with_names(
        Failure::OtherAccount { before: "anna".into(), now: "bob".into() },
        "other_account",
        json!({"before": "anna", "now": "bob"})
    )]
    fn the_stored_format_is_frozen(#[case] failure: Failure, #[case] code: &str, #[case] facts: Json) {
        let stored = failure.stored();
        assert_eq!((stored.code.as_str(), &stored.facts), (code, &facts));
        assert_eq!(RowFailure::read(code, Some(&facts), None), Some(RowFailure::Known(failure)));
    }

    #[test]
    fn failures_with_a_time_affect_the_whole_account() {
        let until = "2026-11-21T20:00:00Z".parse().unwrap();
        let waits = [
            Failure::EdgeBlocked { until },
            Failure::RateLimited { until },
            Failure::RenewalFailed { until },
        ];
        assert!(waits.iter().all(|failure| failure.until().is_some()));
        assert_eq!(waits.map(|failure| failure.code()), ACCOUNT_WAITS);
    }

    #[rstest]
    #[case::of_an_earlier_version("server", None, Some("Trakt is away."), RowFailure::Sentence("Trakt is away.".into()))]
    #[case::of_a_later_version("moon_phase", Some(json!({"phase": 3})), None, RowFailure::Other)]
    #[case::facts_of_a_later_version("rate_limited", Some(json!({"tickets": 3})), None, RowFailure::Other)]
    fn failures_stored_by_other_versions_are_readable(
        #[case] code: &str,
        #[case] facts: Option<Json>,
        #[case] text: Option<&str>,
        #[case] expected: RowFailure,
    ) {
        assert_eq!(RowFailure::read(code, facts.as_ref(), text), Some(expected));
    }
}
