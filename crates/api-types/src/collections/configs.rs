//! Kometa's config files, as they are registered and checked.

use chrono::{DateTime, Utc};
use db::ids::{CollectionConfigId, LibraryId};
use db::kinds::LibraryKind;
use serde::Serialize;
use utoipa::ToSchema;

use super::findings::FindingReason;
use super::runs::{CollectionRun, CollectionRunProgress};

/// Whether the token pair of a config file is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CredentialState {
    /// Nobody has looked yet.
    Unknown,
    /// There is none: charts and public lists are read without it.
    None,
    /// It is.
    Good,
    /// It is, and only this server has it: the file could not be written.
    Behind,
    /// Trakt refuses it; a person has to authorize again.
    Lost,
    /// It could not be looked at or renewed now.
    Failed,
}

/// What to know about a token pair, with its facts.
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
    /// Trakt refuses it: it may have been spent by another program.
    Lost {
        /// The file.
        path: String,
    },
    /// It could not be looked at or renewed.
    Failed {
        /// Why, in English.
        detail: String,
    },
}

/// What is known of the token pair of a config file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConfigCredentials {
    /// Whether it is good.
    pub state: CredentialState,
    /// When it ends, unless it is renewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// What to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The same with its facts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<CredentialReason>,
}

/// A config file of Kometa that the server runs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionConfig {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionConfigId,
    /// Absolute path on the server.
    pub path: String,
    /// Whether the server runs it by itself, and renews its credentials.
    pub enabled: bool,
    /// Time of the day at which it runs, such as `04:30`, in the server's time zone; left out when it does not run daily.
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
    /// The run that waits or is under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub running: Option<CollectionRunProgress>,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingLevel {
    /// Good to know.
    Note,
    /// Something is ignored or differs from what may be expected.
    Warning,
    /// Something does not work until it is mended.
    Error,
}

/// Something that is wrong with a file, or worth telling.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConfigFinding {
    /// How much it matters.
    pub level: FindingLevel,
    /// The library that it concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub library: Option<String>,
    /// The collection that it concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
    /// The file that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<i64>,
    /// Column, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<i64>,
    /// The way to the value, such as `trakt.client_id`.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// The same with its facts; left out for what is only said in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<FindingReason>,
    /// The part of the value that `because` is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// Other places of the same.
    pub also_at: Vec<String>,
}

/// A library of a config file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConfigLibrary {
    /// Its name.
    pub name: String,
    /// What it is taken to hold.
    pub kind: LibraryKind,
    /// The library of this server that it means; left out when there is none of that name and none was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub library_id: Option<LibraryId>,
    /// That library's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub library_name: Option<String>,
    /// Host and port of the Plex server on which its collections are made instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plex_server: Option<String>,
    /// How many collections it defines.
    pub collections: i64,
    /// How many of them cannot be built.
    pub failing: i64,
    /// How many definitions make one collection for each result from Trakt.
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
