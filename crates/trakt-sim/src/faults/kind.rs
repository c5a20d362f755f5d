//! The kinds of faults.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A kind of fault.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// The request is applied immediately, but its response is delayed, in real time.
    Latency {
        /// The delay.
        milliseconds: u64,
    },
    /// The connection is closed immediately, before the request is read.
    Refuse,
    /// The connection breaks before the request is processed: nothing was applied.
    ResetBefore,
    /// The request is applied, then the connection breaks: the response is lost.
    ResetAfter,
    /// The request is applied, but only half of the response's body arrives.
    Truncate,
    /// The response is empty, with this status; the request is not processed.
    Empty {
        /// The HTTP status, e.g. 502.
        status: u16,
    },
    /// The edge responds with an HTML page with any status; the request is not processed.
    Html {
        /// The HTTP status, 520 if omitted.
        #[serde(default = "default_html_status")]
        status: u16,
    },
    /// 429: Trakt's own with `Retry-After` and `X-Ratelimit`, or the edge's HTML, which has at most `Retry-After`.
    RateLimit {
        /// Whether it is Trakt's own response with its headers, or the edge's.
        #[serde(default)]
        headers: bool,
        /// In seconds; no header if omitted.
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// The edge responds with 403 and HTML, whatever the token (trakt-api issue 939).
    EdgeForbidden,
    /// `X-Pagination-Page-Count` and `-Item-Count` are off by this much.
    WrongPageCounts {
        /// Added to both counts.
        by: i64,
    },
    /// From the second page on, the first items are missing, as if the list was edited while being read.
    ShrinkingLists {
        /// The number of missing items.
        by: usize,
    },
    /// Every member with this name in the response gets this value, or is removed if there is none.
    Rewrite {
        /// The name of the member, at any depth.
        member: String,
        /// The new value.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
        value: Option<Value>,
    },
    /// `limit` is ignored and the default page size applies (trakt-api issue 651).
    IgnoreLimit,
    /// The announced item count is off by this much, and the page count is derived from it: below zero it lags behind a
    /// list that grew, above zero it includes items that are never delivered.
    StaleCounts {
        /// Added to the item count.
        items: i64,
    },
    /// At most this many items are announced, however long the list is.
    ClampedCounts {
        /// The largest item count.
        items: usize,
    },
    /// Rows are missing from a page, as if Trakt could not resolve them after paginating. The counts include them.
    ShortPages {
        /// The number of missing rows.
        by: usize,
        /// The affected page; every full page if omitted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        page: Option<usize>,
    },
    /// A list is sent without its `X-Pagination` headers.
    DropPageHeaders,
    /// The counts in the `X-Pagination` headers are those of another list with this many items.
    ForeignPageHeaders {
        /// The number of items of the other list.
        items: usize,
    },
    /// The compact form of `/users/{id}/watched/*` clamps its limit, like ordinary lists.
    PaginatedCompact {
        /// The largest page.
        limit: usize,
    },
    /// Episodes have an empty string as their `imdb` ID.
    EmptyImdb,
    /// `X-Ratelimit.until` is off by this much; below zero, it is in the past.
    LimitUntil {
        /// Added to the real time, in seconds.
        seconds: i64,
    },
    /// Trakt itself rejects the request, with `x-request-id`; the request is not processed. On `/scrobble/pause`: a
    /// rejected pause.
    Refused {
        /// The HTTP status, e.g. 404.
        status: u16,
        /// The JSON body; empty if omitted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Value>,
    },
    /// An OAuth error as in RFC 6749; the request is not processed.
    #[serde(rename = "oauth_error")]
    OAuthError {
        /// `temporarily_unavailable`, `invalid_grant`, `invalid_client` ...
        error: String,
        /// The HTTP status, 400 if omitted.
        #[serde(default = "default_oauth_status")]
        status: u16,
    },
    /// The request is applied only after the client has given up: the connection breaks, and the write appears later.
    ApplyLate {
        /// How much later, on the simulator's clock.
        seconds: u32,
        /// How long the connection hangs before it breaks, in real milliseconds.
        #[serde(default)]
        hang_milliseconds: u64,
    },
    /// Only the first items of a write are accepted. The rest is neither counted as added nor listed in `not_found`.
    PartialAdd {
        /// The number of accepted items.
        keep: usize,
    },
    /// Entries of `not_found` have no `ids` (trakt-api issues 236, 244, 357).
    NotFoundWithoutIds,
    /// Episodes without a `trakt` or `tvdb` ID in a write are rejected, as demanded by the contract.
    StrictEpisodeIds {
        /// The HTTP status, 400 if omitted.
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

/// Distinguishes an explicit `null` from a missing member.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl FaultKind {
    /// Returns whether the fault specifies the response's body, which need not match Trakt's.
    pub(crate) fn gives_a_body(&self) -> bool {
        matches!(self, Self::Refused { body: Some(_), .. })
    }
}
