//! Kometa config files that are registered on the server, and the results of checking them.

use chrono::{DateTime, Utc};
use db::ids::{CollectionConfigId, LibraryId};
use db::kinds::LibraryKind;
use serde::Serialize;
use utoipa::ToSchema;

use super::findings::FindingReason;
use super::runs::{CollectionRun, CollectionRunProgress};

/// The state of a config file's token pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CredentialState {
    /// Not checked yet.
    Unknown,
    /// The file has none; charts and public lists can be read without it.
    None,
    /// Valid.
    Good,
    /// Valid, but only stored on this server: the file could not be written.
    Behind,
    /// Trakt rejects it; the user has to authorize again.
    Lost,
    /// It could not be checked or renewed.
    Failed,
}

/// The reason for the state of a token pair, with details.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum CredentialReason {
    /// It was renewed, and the file could not be written.
    Behind {
        /// The file.
        path: String,
        /// Why it could not be written, in English.
        detail: String,
    },
    /// Trakt rejects it: another program may have used it.
    Lost {
        /// The file.
        path: String,
    },
    /// It could not be checked or renewed.
    Failed {
        /// Why, in English.
        detail: String,
    },
}

/// The status of a config file's token pair.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConfigCredentials {
    /// Its state.
    pub state: CredentialState,
    /// When it expires, unless it is renewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// Details in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The same as a code with details.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<CredentialReason>,
}

/// A Kometa config file registered on the server.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionConfig {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionConfigId,
    /// Absolute path on the server.
    pub path: String,
    /// Whether the server runs it automatically and renews its credentials.
    pub enabled: bool,
    /// Time of day at which it runs, such as `04:30`, in the server's time zone; absent if it does not run daily.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_at: Option<String>,
    /// Whether it runs after each scan of a library.
    pub after_scan: bool,
    /// When the file was last read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_at: Option<DateTime<Utc>>,
    /// Its credentials.
    pub credentials: ConfigCredentials,
    /// The last run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_run: Option<CollectionRun>,
    /// The waiting or current run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub running: Option<CollectionRunProgress>,
}

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingLevel {
    /// Informational.
    Note,
    /// Something is ignored or differs from what may be expected.
    Warning,
    /// Something does not work until it is fixed.
    Error,
}

/// A problem or notice about a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConfigFinding {
    /// Its severity.
    pub level: FindingLevel,
    /// The affected library.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub library: Option<String>,
    /// The affected collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<i64>,
    /// Column, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<i64>,
    /// The path of the value, such as `trakt.client_id`.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// The same as a code with details; absent for messages that exist only in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<FindingReason>,
    /// The part of the value that `because` is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// Other places with the same problem.
    pub also_at: Vec<String>,
}

/// A library of a config file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConfigLibrary {
    /// Its name.
    pub name: String,
    /// Its media type, as far as it can be determined.
    pub kind: LibraryKind,
    /// The corresponding library of this server; absent if none has that name and none was assigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub library_id: Option<LibraryId>,
    /// That library's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub library_name: Option<String>,
    /// Host and port of the Plex server on which its collections are created instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plex_server: Option<String>,
    /// How many collections it defines.
    pub collections: i64,
    /// How many of them cannot be built.
    pub failing: i64,
    /// How many definitions create one collection for each result from Trakt.
    pub dynamic: i64,
}

/// A config file, checked.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConfigCheck {
    /// Why the file cannot be read at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
    /// What is wrong with it.
    pub findings: Vec<ConfigFinding>,
    /// Its libraries.
    pub libraries: Vec<ConfigLibrary>,
    /// How many playlists it defines.
    pub playlists: i64,
}
