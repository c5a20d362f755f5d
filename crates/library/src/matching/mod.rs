//! Matches groups of files with titles on Trakt: automatically where there is no doubt, otherwise by a person.

mod assign;
pub mod decide;
mod shown;
pub use shown::{Candidate, Match, MatchState};
pub mod worker;
