//! One file per table. The `Model` of each is the plain row that the rest of Kinometa works with (see [`crate::rows`]).
#![allow(missing_docs, reason = "the derives write columns and relations that mirror the fields")]

pub mod api_token;
pub mod collection;
pub mod collection_item;
pub mod collection_source;
pub mod connect_attempt;
pub mod file_title;
pub mod lease;
pub mod library;
pub mod library_name;
pub mod match_group;
pub mod media_file;
pub mod outbox;
pub mod play;
pub mod playback_session;
pub mod progress;
pub mod scan_problem;
pub mod session;
pub mod setting;
pub mod sync_change;
pub mod sync_cursor;
pub mod sync_excluded_library;
pub mod sync_excluded_title;
pub mod sync_plan;
pub mod sync_plan_item;
pub mod sync_revision;
pub mod sync_setting;
pub mod sync_switch;
pub mod title;
pub mod tombstone;
pub mod trakt_account;
pub mod trakt_play;
pub mod unnamed_play;
pub mod user;
pub mod viewing;
pub mod withheld_play;
