//! Sentences for users, made from codes and their facts. Sentences are never stored.

mod failure;
pub(crate) mod lists;
mod number;
pub(crate) mod plex;
mod scrobble;
pub(crate) mod trakt;
pub(crate) mod trakt_log;
pub(crate) mod trakt_settings;
pub(crate) mod trakt_sync;

pub(crate) use failure::{advice, of_row};
pub(crate) use scrobble::of_dot;
