//! The Plex server on which collections are made.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::ErrorReason;

/// The Plex server of the settings, and what the last run did there.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlexSettings {
    /// The saved server, without its token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<PlexServer>,
    /// Its libraries, as they were when it was tested last.
    pub libraries: Vec<PlexLibrary>,
    /// The last run that made collections on Plex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_run: Option<PlexRun>,
}

/// A Plex server.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlexServer {
    /// Its address.
    pub url: String,
    /// The longest that one call may take, in seconds.
    pub timeout_seconds: u64,
    /// Whether its certificate must be valid.
    pub verify_ssl: bool,
}

/// A Plex server that answered.
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
    /// Whether it holds shows.
    pub shows: bool,
    /// Whether the token may change it.
    pub writable: bool,
    /// The library of this server that holds the same folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_as: Option<i64>,
}

/// A run on Plex.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlexRun {
    /// When it began.
    pub at: DateTime<Utc>,
    /// Whether all went well.
    pub good: bool,
    /// What concerns it as a whole.
    pub problems: Vec<String>,
    /// The servers that it was about, asked when it began.
    pub servers: Vec<PlexReached>,
    /// Its collections.
    pub collections: Vec<PlexCollection>,
}

/// A Plex server that a run asked.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlexReached {
    /// Its host and port.
    pub address: String,
    /// Why it could not be used; left out when it answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// The same as a code; left out for runs that did not keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<ErrorReason>,
}

/// What became of a collection on Plex.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlexCollection {
    /// Its library on Plex.
    pub library: String,
    /// Its name.
    pub name: String,
    /// Kometa's word for what became of it.
    pub status: String,
    /// What was changed.
    pub changes: Vec<String>,
    /// What went wrong, or waits for a person.
    pub errors: Vec<String>,
}
