//! The library: turns folders into titles.
//!
//! `scan` reads the folders, `identity` recognises moved files, `works` and `numbering` turn names into
//! titles and episodes, `matching` and `score` find them on Trakt, `metadata` fetches their details, `about`
//! fetches their cast and related titles, and `artwork` serves their images. `watch` starts scans when
//! folders change, and `shared_revision` picks up changes made by other servers that use the same database.

pub mod about;
pub mod artwork;
pub mod folders;
pub mod identity;
pub mod manage;
pub mod matching;
pub mod metadata;
pub mod numbering;
pub mod rows;
pub mod scan;
pub mod score;
pub mod services;
pub mod shared_revision;
pub mod watch;
pub mod works;
