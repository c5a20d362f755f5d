//! The types of the HTTP API: response bodies and event payloads.
//!
//! Services create them, `api` and `events` send them. They contain no logic and do not depend on other modules of
//! ours, so that services never import `api`. Request bodies are next to their endpoint in `api`.

pub mod collections;
pub mod companions;
pub mod error;
pub mod events;
pub mod home;
pub mod library;
pub mod list;
pub mod matching;
pub mod media_file;
pub mod people;
pub mod play;
pub mod playback;
pub mod plex;
pub mod recommendations;
pub mod statistics;
pub mod title;
pub mod title_detail;
pub mod trakt;
pub mod trakt_log;
pub mod trakt_settings;
pub mod trakt_sync;
pub mod user;
