//! The shapes that the server shows: response bodies and event payloads.
//!
//! Services make them, `api` sends them, `events` carries them. They hold no logic and depend on nothing of
//! ours, so that services never import `api`. Request bodies live beside their endpoint in `api`.

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
