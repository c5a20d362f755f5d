//! The kinds of trouble that can be ordered.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// One kind of trouble.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// The request is applied at once, its answer comes late, by real milliseconds.
    Latency {
        /// How late.
        milliseconds: u64,
    },
    /// The connection is closed at once, before the request is looked at.
    Refuse,
    /// The connection breaks before the request is processed: nothing was applied.
    ResetBefore,
    /// The request is applied, then the connection breaks: the answer is lost.
    ResetAfter,
    /// The request is applied and half of the answer's body arrives.
    Truncate,
    /// The answer is empty, with this status; the request is not processed.
    Empty {
        /// The HTTP status, e.g. 502.
        status: u16,
    },
    /// The edge answers with an HTML page, whatever the status; the request is not processed.
    Html {
        /// The HTTP status, 520 when left out.
        #[serde(default = "default_html_status")]
        status: u16,
    },
    /// 429: Trakt's own with `Retry-After` and `X-Ratelimit`, or the edge's HTML, which has at most `Retry-After`.
    RateLimit {
        /// Trakt's own answer with its headers (true), or the edge's (false).
        #[serde(default)]
        headers: bool,
        /// Seconds; left out of the answer when absent.
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// The edge answers 403 with HTML, whatever the token (trakt-api issue 939).
    EdgeForbidden,
    /// `X-Pagination-Page-Count` and `-Item-Count` are off by this much.
    WrongPageCounts {
        /// Added to both counts.
        by: i64,
    },
    /// From the second page on the first items are gone, as when a list is edited while it is read.
    ShrinkingLists {
        /// How many items are gone.
        by: usize,
    },
    /// Every member of this name in the answer gets this value, or goes away when there is none.
    Rewrite {
        /// The member, wherever it stands.
        member: String,
        /// What it becomes.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
        value: Option<Value>,
    },
    /// `limit` is ignored and the default page size applies (trakt-api issue 651).
    IgnoreLimit,
    /// The announced item count is off by this much and the page count follows from it: below zero it lags behind a
    /// list that grew, above zero it counts what is never delivered.
    StaleCounts {
        /// Added to the item count.
        items: i64,
    },
    /// No more than this many items are announced, however long the list is.
    ClampedCounts {
        /// The largest item count.
        items: usize,
    },
    /// Rows are missing from a page, as when Trakt cannot resolve them after the page was cut. The counts include them.
    ShortPages {
        /// How many rows are missing.
        by: usize,
        /// The page that is short; every full page when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        page: Option<usize>,
    },
    /// A list comes without its `X-Pagination` headers.
    DropPageHeaders,
    /// The counts in the `X-Pagination` headers belong to another list, which holds this many items.
    ForeignPageHeaders {
        /// Items of the other list.
        items: usize,
    },
    /// The compact form of `/users/{id}/watched/*` clamps its limit, as ordinary lists do.
    PaginatedCompact {
        /// The largest page.
        limit: usize,
    },
    /// Episodes have an empty text as their `imdb` id.
    EmptyImdb,
    /// `X-Ratelimit.until` is off by this much; below zero it lies in the past.
    LimitUntil {
        /// Added to the true time, in seconds.
        seconds: i64,
    },
    /// Trakt itself refuses, with `x-request-id`; the request is not processed. On `/scrobble/pause`: a refused pause.
    Refused {
        /// The HTTP status, e.g. 404.
        status: u16,
        /// The JSON body; empty when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Value>,
    },
    /// An OAuth error in the form of RFC 6749; the request is not processed.
    #[serde(rename = "oauth_error")]
    OAuthError {
        /// `temporarily_unavailable`, `invalid_grant`, `invalid_client` ...
        error: String,
        /// The HTTP status, 400 when left out.
        #[serde(default = "default_oauth_status")]
        status: u16,
    },
    /// The request is applied only after the client gave up: the connection breaks, and the write shows up later.
    ApplyLate {
        /// How much later, by the simulator's clock.
        seconds: u32,
        /// For how long the connection hangs before it breaks, in real milliseconds.
        #[serde(default)]
        hang_milliseconds: u64,
    },
    /// Only the first items of a write are taken. The rest is neither counted as added nor listed in `not_found`.
    PartialAdd {
        /// How many items are taken.
        keep: usize,
    },
    /// Entries of `not_found` have no `ids` (trakt-api issues 236, 244, 357).
    NotFoundWithoutIds,
    /// Episodes that a write names by neither `trakt` nor `tvdb` are refused, as the contract demands.
    StrictEpisodeIds {
        /// The HTTP status, 400 when left out.
        #[serde(default = "default_strict_status")]
        status: u16,
    },
}

fn default_html_status() -> u16 {
    520
}

fn default_oauth_status() -> u16 {
    400
}

fn default_strict_status() -> u16 {
    400
}

/// Tells a `null` that was sent from a member that was not.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl FaultKind {
    /// Whether it answers with a body of its own, which Trakt need not give.
    pub(crate) fn gives_a_body(&self) -> bool {
        matches!(self, Self::Refused { body: Some(_), .. })
    }
}
