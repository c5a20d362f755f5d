//! The library: folders to titles.
//!
//! `scan` reads the folders, `identity` says which file is which, `grouping` and `store` turn names into titles,
//! `matching` and `metadata` ask Trakt about them, `artwork` serves their pictures, `catalogue` keeps everything
//! that grids need in memory, `watch` notices changes in folders and `neighbours` those of other servers.

pub mod artwork;
pub mod catalogue;
pub mod detail;
pub mod folders;
pub(crate) mod format_names;
pub mod identity;
pub mod manage;
pub mod matching;
pub mod metadata;
pub mod neighbours;
pub mod numbering;
pub mod paths;
pub mod rows;
pub mod scan;
pub mod score;
pub mod services;
pub mod text;
pub mod tracks;
pub mod watch;
pub mod works;
