//! Contents of the variants of [`Error`].

use std::fmt;

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde_json::Value;

use super::Error;

/// Why a connection is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LostBecause {
    /// The refresh token was rejected (`invalid_grant`).
    RefreshRefused,
    /// The access token was rejected (401) within its lifetime, and so was its refresh token. The user removed the
    /// connection on Trakt's website, or connected another application: a free account can have one community
    /// application, and connecting another silently revokes the first.
    RevokedEarly,
    /// A token that was renewed a moment ago is rejected (401).
    TokenRefused,
}

impl fmt::Display for LostBecause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RefreshRefused => "the refresh token was refused",
            Self::RevokedEarly => {
                "it was revoked before it expired: on Trakt's website, or because another application was connected"
            }
            Self::TokenRefused => "the access token was refused",
        })
    }
}

/// What an account has a limit for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limited {
    /// Plays in the history.
    History,
    /// Ratings.
    Ratings,
    /// Items on the watchlist.
    Watchlist,
    /// Items in the collection.
    Collection,
    /// Favourites.
    Favorites,
    /// Personal lists.
    Lists,
    /// Items on one list.
    ListItems,
    /// Something else.
    Other,
}

impl fmt::Display for Limited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::History => "history",
            Self::Ratings => "ratings",
            Self::Watchlist => "watchlist items",
            Self::Collection => "collection",
            Self::Favorites => "favorites",
            Self::Lists => "personal lists",
            Self::ListItems => "list items",
            Self::Other => "this kind of item",
        })
    }
}

/// Contents of a 409 response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conflict {
    /// When the existing play was watched.
    pub watched_at: Option<DateTime<Utc>>,
    /// When the item can be scrobbled again, or when the running check-in ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// How far an exchange got when the network failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// No connection was made: the request did not arrive.
    Connect,
    /// The request was being sent: it may have arrived.
    Request,
    /// The response had started, so the request arrived.
    Response,
}

/// What was wrong with a response.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unexpected {
    /// The body is empty although the contract promises one.
    Empty,
    /// A web page, from the edge.
    Html,
    /// Invalid JSON, or JSON of an unexpected shape; the text says what is wrong.
    Shape(String),
    /// A status not listed in the contract.
    Status,
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("empty body"),
            Self::Html => f.write_str("a web page instead of data"),
            Self::Shape(detail) => f.write_str(detail),
            Self::Status => f.write_str("unknown status"),
        }
    }
}

/// A write whose outcome is unknown.
#[derive(Debug)]
pub struct UnknownOutcome {
    /// What was sent.
    pub sent: Sent,
    /// What was received instead of a response.
    pub cause: Error,
}

/// A write as it was sent, without credentials.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// The path below the host.
    pub path: String,
    /// The body.
    pub body: Option<Value>,
    /// The effect of sending it again.
    pub repeat: Repeat,
}

/// What happens when a write that was applied is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Nothing: the write sets or removes something by name.
    Harmless,
    /// A second play, list or check-in is created: Trakt does not check for duplicates.
    Duplicates,
}
