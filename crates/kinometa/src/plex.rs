//! The Plex server from the settings, whose token is stored sealed; testing it; and the results of the last run
//! there.

mod last_run;
mod saved;
mod tested;
mod trouble;

pub use last_run::{ChangedCollection, LastRun, ServerResult, keep_run, last_run};
pub use saved::{NewServer, PlexError, SavedServer, remove, save, server};
pub use tested::{PlexLibrary, TestedServer, libraries, test};
pub use trouble::Trouble;
