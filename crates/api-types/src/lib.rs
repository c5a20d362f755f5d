//! The types of the HTTP API: response bodies and payloads of live updates.
//!
//! They contain no logic. `kinometa::present` creates them from the domain types of the services, which do not know
//! them. Request bodies are next to their endpoints in `kinometa::api`.

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
