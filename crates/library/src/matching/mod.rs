//! Matches groups of files with titles on Trakt: automatically if unambiguous, otherwise as a user chooses.

mod assign;
pub mod decide;
mod shown;
pub use shown::{Candidate, Match, MatchState};
pub mod worker;
