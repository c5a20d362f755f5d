//! What the last run did on Plex.

use chrono::{DateTime, Utc};
use collections::run::{Outcome, Ran};
use db::{Db, settings};
use plex_target::Reached;
use serde::{Deserialize, Serialize};

use super::Trouble;

const KEY: &str = "plex.last_run";

/// A run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LastRun {
    /// When it began.
    pub at: DateTime<Utc>,
    /// Whether it succeeded.
    pub good: bool,
    /// Problems of the run as a whole.
    pub problems: Vec<String>,
    /// The servers of the run, checked when it began.
    #[serde(default)]
    pub servers: Vec<Server>,
    /// Its collections.
    pub collections: Vec<Changed>,
}

/// A server of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// Its host and port.
    pub address: String,
    /// Why it could not be used; nothing when it answered.
    pub failure: Option<String>,
    /// The same as a code. Older versions did not keep it.
    #[serde(default)]
    pub trouble: Option<Trouble>,
}

/// What became of a collection.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Changed {
    /// Its library on Plex.
    pub library: String,
    /// Its name.
    pub name: String,
    /// Its status in Kometa's terms.
    pub status: String,
    /// The changes.
    pub changes: Vec<String>,
    /// What went wrong, or waits.
    pub errors: Vec<String>,
}

/// Keeps what a run did.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_run(db: &Db, ran: &Ran, reached: &[Reached], at: DateTime<Utc>) -> db::Result<()> {
    let server = |one: &Reached| Server {
        address: one.server.clone(),
        failure: one.failure.as_ref().map(ToString::to_string),
        trouble: one.failure.as_ref().map(Trouble::of),
    };
    let run = LastRun {
        at,
        good: ran.is_good(),
        problems: ran.problems.clone(),
        servers: reached.iter().map(server).collect(),
        collections: ran.outcomes.iter().map(changed).collect(),
    };
    let tx = db.begin().await?;
    settings::put(&tx, KEY, &run).await?;
    tx.commit().await
}

fn changed(outcome: &Outcome) -> Changed {
    let waits = outcome.plan.waits.iter().map(ToString::to_string);
    Changed {
        library: outcome.library.clone(),
        name: outcome.plan.name.clone(),
        status: outcome.status.to_string(),
        changes: outcome.changes.clone(),
        errors: outcome.errors().into_iter().chain(waits).collect(),
    }
}

/// What the last run did; none when there was none.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_run(db: &Db) -> db::Result<Option<LastRun>> {
    settings::get(db, KEY).await
}
