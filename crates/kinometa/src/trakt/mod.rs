//! The Trakt service for the API: the API application, each user's connection, settings and queue. A thin layer on
//! top of the `sync` crate.

mod application;
mod connection;
mod error;
mod queue;
mod settings;

use std::sync::Arc;

use clock::Clock;
use db::Db;
use sync::Engine;

pub use application::SavedApplication;
pub use connection::Connection;
pub use error::{InvalidKey, KeyField, TraktError};
pub use queue::Queue;
pub use settings::{InvalidSetting, SettingsWithLibraries, max_watched_percent, min_watched_percent};

/// Result of a Trakt operation.
pub type TraktResult<T> = Result<T, TraktError>;

/// The Trakt service.
pub struct Trakt {
    db: Db,
    engine: Engine,
    clock: Arc<dyn Clock>,
}

impl Trakt {
    /// Creates the service on top of the sync engine.
    pub fn new(db: Db, engine: Engine, clock: Arc<dyn Clock>) -> Self {
        Self { db, engine, clock }
    }
}
