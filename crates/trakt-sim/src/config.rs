//! Everything that Trakt can change at any time is configuration here, never a constant in the code.

use serde::{Deserialize, Serialize};

/// Page sizes, limits and lifetimes that Trakt decides. The defaults are Trakt's as of autumn 2026.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Page size if a request does not specify one.
    pub default_limit: usize,
    /// Largest page; a larger `limit` is clamped, not rejected (trakt-api discussion 775).
    pub max_limit: usize,
    /// Largest page of `/sync/watched/shows?extended=progress`.
    pub progress_limit: usize,
    /// Largest page of `/users/{id}/watched/shows?extended=min`.
    pub compact_shows_limit: usize,
    /// Largest page of `/users/{id}/watched/movies?extended=min`.
    pub compact_movies_limit: usize,
    /// Page size of `/sync/collection/minimal/{type}`.
    pub minimal_limit: usize,
    /// Page size of `/search` if a request does not specify one.
    pub search_limit: usize,
    /// Page size of comments if a request does not specify one.
    pub comments_limit: usize,
    /// Lifetime of an access token, in seconds.
    pub token_seconds: i64,
    /// Lifetime of a device code, in seconds.
    pub device_code_seconds: i64,
    /// Minimum interval between a device's polls, in seconds.
    pub device_interval_seconds: i64,
    /// Lifetime of a PIN or an authorization code, in seconds.
    pub pin_seconds: i64,
    /// Lifetime of a resume point, in days.
    pub resume_days: i64,
    /// How long an item that was scrobbled is rejected with 409, in minutes.
    pub scrobble_window_minutes: i64,
    /// Number of reads allowed per user in `read_period_seconds`.
    pub read_limit: u32,
    /// The period of `read_limit`, in seconds.
    pub read_period_seconds: i64,
    /// Number of writes allowed per user and second.
    pub write_limit: u32,
    /// Status of `POST /sync/history`, `/checkin` and `/comments`: 201 as in Trakt's responses, or 200 as in its
    /// contract for the first two. Clients for both exist.
    pub created_status: u16,
    /// Whether writes whose bodies violate Trakt's contract are rejected with 422. Trakt itself accepts some of
    /// them from live clients: movies with only a TVDB ID, episodes with IMDb or TMDB IDs, seasons with a
    /// number but no episodes, scrobbled movies without title or year.
    pub strict_contract: bool,
    /// What happens if an account connects more applications than allowed.
    pub second_application: SecondApplication,
    /// If false, calls are counted and reported in the headers, but nothing is rejected with 429: neither too many
    /// calls nor too frequent polls. Off in the library (tests do not wait), on in `trakt-sim serve`.
    pub enforce_pace: bool,
    /// Account limits without VIP.
    pub free: AccountLimits,
    /// Account limits with VIP.
    pub vip: AccountLimits,
}

/// What happens if an account connects more applications than allowed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondApplication {
    /// The new one is rejected on approval.
    #[default]
    Refused,
    /// The new one is connected, and the tokens of the oldest connection silently stop working.
    RevokesFirst,
}

/// Limits of an account; exceeding them gives 420.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountLimits {
    /// Plays in the history.
    pub history: usize,
    /// Ratings of all kinds together.
    pub ratings: usize,
    /// Items on the watchlist.
    pub watchlist: usize,
    /// Favourites.
    pub favorites: usize,
    /// Personal lists.
    pub lists: usize,
    /// Items on one personal list.
    pub list_items: usize,
    /// Community applications that can be connected.
    pub applications: usize,
}

impl Default for AccountLimits {
    fn default() -> Self {
        Config::default().free
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            default_limit: 100,
            max_limit: 250,
            progress_limit: 100,
            compact_shows_limit: 1_000,
            compact_movies_limit: 10_000,
            minimal_limit: 1_000,
            search_limit: 50,
            comments_limit: 10,
            token_seconds: 7 * 24 * 3600,
            device_code_seconds: 600,
            device_interval_seconds: 5,
            pin_seconds: 600,
            resume_days: 182,
            scrobble_window_minutes: 60,
            read_limit: 500,
            read_period_seconds: 300,
            write_limit: 1,
            created_status: 201,
            strict_contract: false,
            second_application: SecondApplication::Refused,
            enforce_pace: false,
            free: AccountLimits {
                history: 100_000,
                ratings: 10_000,
                watchlist: 250,
                favorites: 250,
                lists: 5,
                list_items: 250,
                applications: 1,
            },
            vip: AccountLimits {
                history: 100_000,
                ratings: 20_000,
                watchlist: 5_000,
                favorites: 5_000,
                lists: 100,
                list_items: 5_000,
                applications: 50,
            },
        }
    }
}
