//! Reads, checks and edits existing Kometa configurations in place.
//!
//! Nothing here uses a database, the network or the clock.

pub mod collections;
pub mod config;
pub mod edit;
pub mod file;
pub mod finding;
pub mod nearest;
pub mod schedule;
pub mod schema;
pub mod spec;
pub mod template;
pub mod yaml;
