//! Builds the plans of the `collections` crate in Plex libraries.
//!
//! [`PlexTarget`] reads each library and each collection once, provides the data for planning, and applies the plans
//! to collections and playlists with as few calls as possible. A library whose server becomes unavailable is skipped
//! for the rest of the run.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a panic is how a test fails"))]

mod availability;
mod build;
mod contents;
mod desired;
mod hubs;
mod labels;
mod loaded_library;
mod messages;
mod playlists;
mod servers;
mod target;

pub use availability::ServerStatus;
pub use servers::{Setup, client_of};
pub use target::PlexTarget;
