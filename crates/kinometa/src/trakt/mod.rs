//! Trakt as the interface sees it: the application key, each person's connection, connecting, the queue.
//!
//! The work itself is done in the `sync` crate; the sentences are in `messages`.

mod application;
pub mod connect;
mod connection;
mod error;
mod queue;

use std::sync::Arc;

use clock::Clock;
use db::Db;
use sync::Engine;

pub use error::TraktError;

/// A result of this module.
pub type TraktResult<T> = Result<T, TraktError>;

/// Trakt for the interface.
pub struct Trakt {
    db: Db,
    engine: Engine,
    clock: Arc<dyn Clock>,
}

impl Trakt {
    /// Trakt as this engine does it.
    pub fn new(db: Db, engine: Engine, clock: Arc<dyn Clock>) -> Self {
        Self { db, engine, clock }
    }
}
