//! The library: folders to titles.
//!
//! `scan` reads the folders, `identity` says which file is which, `grouping` and `store` turn names into titles,
//! `matching` and `metadata` ask Trakt about them, `artwork` serves their pictures, `catalogue` keeps everything
//! that grids need in memory, `watch` notices changes in folders and `shared_revision` those of other servers.

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
