//! The results of the last run on Plex.

use chrono::{DateTime, Utc};
use collections::run::{Outcome, RunResult};
use db::{Db, settings};
use plex_target::ServerStatus;
use serde::{Deserialize, Serialize};

use super::Trouble;

const KEY: &str = "plex.last_run";

/// A run on Plex.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LastRun {
    /// When the run began.
    pub at: DateTime<Utc>,
    /// Whether the run succeeded.
    pub good: bool,
    /// Problems of the run as a whole.
    pub problems: Vec<String>,
    /// The servers of the run, checked when it began.
    #[serde(default)]
    pub servers: Vec<ServerResult>,
    /// Results of the run's collections.
    pub collections: Vec<ChangedCollection>,
}

/// A Plex server of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerResult {
    /// Host and port of the server.
    pub address: String,
    /// Why the server could not be used; `None` if it responded.
    pub failure: Option<String>,
    /// The failure as a code. Older versions did not store it.
    #[serde(default)]
    pub trouble: Option<Trouble>,
}

/// The result of a collection.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChangedCollection {
    /// The collection's library on Plex.
    pub library: String,
    /// The collection's name.
    pub name: String,
    /// The collection's status in Kometa's terms.
    pub status: String,
    /// Changes to the collection, as messages.
    pub changes: Vec<String>,
    /// Errors, and reasons why the plan waits for confirmation.
    pub errors: Vec<String>,
}

/// Stores the results of a run and replaces those of the previous one.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_run(
    db: &Db,
    ran: &RunResult,
    reached: &[ServerStatus],
    at: DateTime<Utc>,
) -> db::Result<()> {
    let server = |one: &ServerStatus| ServerResult {
        address: one.server.clone(),
        failure: one.failure.as_ref().map(ToString::to_string),
        trouble: one.failure.as_ref().map(Trouble::of),
    };
    let run = LastRun {
        at,
        good: ran.succeeded(),
        problems: ran.problems.clone(),
        servers: reached.iter().map(server).collect(),
        collections: ran.outcomes.iter().map(changed).collect(),
    };
    let tx = db.begin().await?;
    settings::put(&tx, KEY, &run).await?;
    tx.commit().await
}

fn changed(outcome: &Outcome) -> ChangedCollection {
    let waits = outcome.plan.confirmation_reasons.iter().map(ToString::to_string);
    ChangedCollection {
        library: outcome.library.clone(),
        name: outcome.plan.name.clone(),
        status: outcome.status.to_string(),
        changes: outcome.changes.clone(),
        errors: outcome.errors().into_iter().chain(waits).collect(),
    }
}

/// The results of the last run; `None` if there was none.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_run(db: &Db) -> db::Result<Option<LastRun>> {
    settings::get(db, KEY).await
}
