//! The Plex server of the settings: saved with its token sealed, tested on request, and what the last run did there.

mod last_run;
mod saved;
mod tested;
mod trouble;

pub use last_run::{Changed, LastRun, Server, keep_run, last_run};
pub use saved::{NewServer, PlexError, Saved, remove, save, server};
pub use tested::{PlexLibrary, Tested, libraries, test};
pub use trouble::Trouble;
