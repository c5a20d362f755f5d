//! The library: from folders to titles.
//!
//! `scan` reads the folders, `identity` recognises moved files, `works` and `numbering` turn names into titles and
//! episodes, `matching` and `score` find them on Trakt, `metadata` fetches their texts, `about` fetches their cast and
//! related titles, and `artwork` serves their images. `watch` starts scans when folders change, and `shared_revision`
//! picks up what other servers on the same database changed.

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
