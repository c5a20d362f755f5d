#![doc = include_str!("../README.md")]

// For the public queries: boxing their futures compiles SeaORM's code in this crate, and not again in every crate that
// awaits them.
use async_recursion::async_recursion as boxed;

mod connection;
pub mod entities;
mod error;
pub mod ids;
pub mod kinds;
mod migrations;
mod private_files;
pub mod queries;
pub mod rows;
#[cfg(feature = "testing")]
pub mod testing;

pub use connection::{Conn, Db, Tx};
pub use error::{Conflict, Error, Result};
pub use queries::*;
/// JSON as stored in the tables.
pub use serde_json::Value as Json;

/// A time as stored in the tables: Unix milliseconds. `.0` is the `DateTime<Utc>`.
pub type Millis = sea_orm::prelude::ChronoUnixTimestampMillis;
