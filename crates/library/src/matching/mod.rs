//! From groups of files to titles at Trakt: by the server where there is no doubt, by a person everywhere else.

mod assign;
pub mod decide;
mod shown;
pub use shown::{Candidate, Match, MatchState};
pub mod worker;
