//! The Plex server on which collections are created.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::ErrorReason;

/// The Plex server from the settings, and the results of the last run there.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlexSettings {
    /// The saved server, without its token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<PlexServer>,
    /// Its libraries, as of the last test.
    pub libraries: Vec<PlexLibrary>,
    /// The last run that built collections on Plex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_run: Option<PlexRun>,
}

/// A Plex server.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlexServer {
    /// Its address.
    pub url: String,
    /// The timeout of a request in seconds.
    pub timeout_seconds: u64,
    /// Whether its certificate must be valid.
    pub verify_ssl: bool,
}

/// A Plex server that responded.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlexTest {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its libraries of movies and shows.
    pub libraries: Vec<PlexLibrary>,
}

/// A library on Plex.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlexLibrary {
    /// Its name.
    pub name: String,
    /// Whether it contains shows.
    pub shows: bool,
    /// Whether the token may create and change collections in it.
    pub writable: bool,
    /// The library of this server with the same folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_as: Option<i64>,
}

/// A run on Plex.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlexRun {
    /// When it began.
    pub at: DateTime<Utc>,
    /// Whether it succeeded.
    pub good: bool,
    /// Problems of the run as a whole.
    pub problems: Vec<String>,
    /// The servers of the run, checked when it began.
    pub servers: Vec<PlexReached>,
    /// Its collections.
    pub collections: Vec<PlexCollection>,
}

/// A Plex server of a run.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlexReached {
    /// Its host and port.
    pub address: String,
    /// Why it could not be used; absent if it responded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// The same reason as a code; absent for runs by older versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<ErrorReason>,
}

/// The outcome of a collection on Plex.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlexCollection {
    /// Its library on Plex.
    pub library: String,
    /// Its name.
    pub name: String,
    /// Its status in Kometa's terms.
    pub status: String,
    /// The changes.
    pub changes: Vec<String>,
    /// Problems, and decisions that are waiting.
    pub errors: Vec<String>,
}
