//! One file per topic. Reads take any [`Conn`](crate::Conn); writes take a [`Tx`](crate::Tx), so that several of them can
//! be one change. The time is always an argument.

pub mod api_tokens;
mod chunks;
pub mod collections;
pub mod companions;
pub mod files;
pub mod leases;
pub mod libraries;
pub mod matches;
pub mod outbox;
pub mod playback_sessions;
pub mod plays;
pub mod preferences;
pub mod progress;
pub mod recommendations;
pub mod revisions;
pub mod sessions;
pub mod settings;
pub mod show_resets;
pub mod statistics;
pub mod sync_changes;
pub mod sync_cursors;
pub mod sync_plans;
pub mod sync_settings;
pub mod sync_shadows;
pub mod timeline;
pub mod titles;
pub mod tombstones;
pub mod trakt_accounts;
pub mod trakt_collection;
pub mod trakt_playbacks;
pub mod trakt_plays;
pub mod unnamed_plays;
pub mod users;
pub mod viewings;
pub mod withdrawals;
pub mod withheld_plays;
