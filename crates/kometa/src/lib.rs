//! Kometa's configuration as people have it: config.yml is read, checked, and edited in place.
//!
//! Nothing here knows a database, the network or the clock.

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
