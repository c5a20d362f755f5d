//! Collections, Kometa's config files that make them, their history, and removals that wait.

use chrono::{DateTime, Utc};
use db::ids::{
    CollectionConfigId, CollectionId, CollectionPlanId, CollectionResultId, CollectionRunId, LibraryId,
    TitleId,
};
use db::kinds::{CollectionPlanState, CollectionRunReason, CollectionRunState, LibraryKind, TitleKind};
use serde::Serialize;
use utoipa::ToSchema;

use super::title::{Image, TitleCard};
use super::title_detail::TitleIds;

/// A collection's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CollectionLink {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionId,
    /// Name shown.
    pub name: String,
}

/// A collection as the grid shows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionCard {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionId,
    /// Name shown.
    pub name: String,
    /// Its library.
    #[schema(value_type = i64)]
    pub library_id: LibraryId,
    /// The library's name.
    pub library_name: String,
    /// What the library holds.
    pub kind: LibraryKind,
    /// How many titles it has.
    pub title_count: i64,
    /// Whether it is a playlist, over several libraries. Its library is one of them.
    pub playlist: bool,
    /// The poster that its definition names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<Image>,
    /// Posters of its first titles, at most four, to compose one from where it has none of its own.
    pub posters: Vec<Image>,
    /// Its labels.
    pub labels: Vec<String>,
}

/// A collection's own page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionDetail {
    /// What the grid shows of it.
    #[serde(flatten)]
    pub card: CollectionCard,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The wide picture that its definition names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<Image>,
    /// Its titles, in its order.
    pub titles: Vec<TitleCard>,
    /// How many titles its lists name and the library lacks.
    pub missing_count: i64,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// A collection as a row of another page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionRow {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionId,
    /// Name shown.
    pub name: String,
    /// Its first titles.
    pub titles: Vec<TitleCard>,
}

/// What a missing title is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissingKind {
    /// A movie.
    Movie,
    /// A show.
    Show,
    /// A season of a show.
    Season,
    /// An episode of a show.
    Episode,
}

/// A title that the lists of a collection name and the library lacks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MissingTitle {
    /// What it is.
    pub kind: MissingKind,
    /// The name of the movie or show.
    pub title: String,
    /// The year of the movie or show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Season (seasons and episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season_number: Option<i64>,
    /// Number in the season (episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode_number: Option<i64>,
    /// The ids of the movie or show.
    pub ids: TitleIds,
    /// Its page on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt_url: Option<String>,
    /// Whether it is on this person's watchlist.
    pub in_watchlist: bool,
}

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
    /// How many definitions make as many collections as Trakt answers with.
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

/// A phase of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CollectionRunPhase {
    /// Others come first.
    Queued,
    /// The file and its libraries are being read.
    Starting,
    /// Trakt's lists and charts are being read.
    Reading,
    /// Collections are being built.
    Building,
    /// It is over.
    Over,
}

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CollectionRunProgress {
    /// The file.
    #[schema(value_type = i64)]
    pub config_id: CollectionConfigId,
    /// Its place in the history, once it has begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub run_id: Option<CollectionRunId>,
    /// Why it runs.
    pub reason: CollectionRunReason,
    /// The collection, when it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
    /// Its phase.
    pub phase: CollectionRunPhase,
    /// Lists read, or collections built.
    pub done: i64,
    /// How many there are, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// The list that is being read, or the collection that was built.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
}

/// A run of a config file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionRun {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionRunId,
    /// The file.
    #[schema(value_type = i64)]
    pub config_id: CollectionConfigId,
    /// Why.
    pub reason: CollectionRunReason,
    /// How far.
    pub state: CollectionRunState,
    /// What concerns the run as a whole.
    pub problems: Vec<String>,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// What became of the collections, in their order.
    pub results: Vec<CollectionResult>,
}

/// What became of a collection in a run.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionResult {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionResultId,
    /// The collection, when it exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub collection_id: Option<CollectionId>,
    /// The library, as the file calls it.
    pub library: String,
    /// The collection's name.
    pub name: String,
    /// In Kometa's words, such as `Modified`.
    pub status: String,
    /// Whether something went wrong.
    pub failed: bool,
    /// Titles that were added.
    pub added: i32,
    /// Titles that stayed.
    pub kept: i32,
    /// Titles that were removed.
    pub removed: i32,
    /// Titles that the library lacks.
    pub missing: i32,
    /// Titles that filters refused.
    pub filtered: i32,
    /// What went wrong.
    pub errors: Vec<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: i64,
}

/// Removals from a collection that wait for a person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionPlan {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionPlanId,
    /// The file that defines the collection.
    #[schema(value_type = i64)]
    pub config_id: CollectionConfigId,
    /// The library, as the file calls it.
    pub library: String,
    /// The collection's name.
    pub name: String,
    /// What a person thinks of it.
    pub state: CollectionPlanState,
    /// Whether the whole collection would go.
    pub deletes: bool,
    /// Whether it is taken over from whoever made it by hand.
    pub adopts: bool,
    /// How many titles stay.
    pub kept: i32,
    /// How many titles come.
    pub added: i32,
    /// How many titles would go.
    pub removed: i64,
    /// Why it waits.
    pub reasons: Vec<String>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The titles that would go, as far as they are in the library.
    pub titles: Vec<TitleCard>,
    /// The list on Trakt that it is about; left out when it is about the collection here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt_list: Option<String>,
    /// What would go from that list.
    pub entries: Vec<ListedTitle>,
    /// Whether it is being carried out.
    pub applying: bool,
}

/// A title on a list on Trakt.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListedTitle {
    /// The name of the movie or show.
    pub title: String,
    /// The year of the movie or show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Season (seasons and episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season_number: Option<i64>,
    /// Number in the season (episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode_number: Option<i64>,
}

/// A missing title, once it is on the watchlist.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct WatchlistedTitle {
    /// Its title here.
    #[schema(value_type = i64)]
    pub id: TitleId,
    /// What it is.
    pub kind: TitleKind,
}

/// Where a person authorizes an application.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KometaAuthorization {
    /// The address that shows a PIN.
    pub url: String,
}

/// A code to enter on Trakt's activation page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KometaDevice {
    /// With which to ask whether the code was entered.
    pub device_code: String,
    /// The code to enter.
    pub user_code: String,
    /// Where to enter it.
    pub verification_url: String,
    /// For how many seconds the code is valid.
    pub expires_in: i64,
    /// How many seconds to wait between two questions.
    pub interval: i64,
}

/// Whether a person has authorized an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KometaGrantState {
    /// Not yet.
    Pending,
    /// Not yet, and asked too often: wait longer.
    SlowDown,
    /// They have.
    Granted,
}

/// What came of an authorization.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KometaGrant {
    /// Whether it is granted.
    pub state: KometaGrantState,
    /// The finished `trakt:` block to paste into config.yml; left out when it was written into a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<String>,
    /// The file that holds the pair now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_to: Option<String>,
    /// Why the file could not be written; the pair is kept encrypted in the server's database then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
