//! Trakt for the server: the API application, each person's connection, the queue. Thin over the `sync` crate, which does
//! the work.

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
pub use settings::{FlowSettings, InvalidSetting, highest_mark, lowest_mark};

/// A result of this module.
pub type TraktResult<T> = Result<T, TraktError>;

/// Trakt for the server.
pub struct Trakt {
    db: Db,
    engine: Engine,
    clock: Arc<dyn Clock>,
}

impl Trakt {
    /// Over an engine.
    pub fn new(db: Db, engine: Engine, clock: Arc<dyn Clock>) -> Self {
        Self { db, engine, clock }
    }
}
