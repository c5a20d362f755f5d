//! Plex libraries as a target for the plans of the `collections` crate.
//!
//! [`PlexTarget`] reads each library and each collection once, passes the data to the plans, and applies the plans to
//! collections and playlists with the fewest calls. A library whose server becomes unavailable is skipped for the rest
//! of the run.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a panic is how a test fails"))]

mod build;
mod desired;
mod labels;
mod playlists;
mod reach;
mod rows;
mod servers;
mod shelf;
mod target;
mod view;
mod words;

pub use reach::Reached;
pub use servers::{Setup, client_of};
pub use target::PlexTarget;
