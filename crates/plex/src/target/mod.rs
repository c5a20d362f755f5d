//! Collections on Plex, brought to a wanted state with the fewest calls.
//!
//! [`steps()`] compares without I/O; [`Library`] reads, writes and remembers. A collection that is as it should be costs two
//! GETs and no write. A failure in the middle leaves a state from which the next run goes on.
//!
//! Collections made here carry the label [`LABEL`]. A collection that somebody made by hand is left alone.

mod desired;
mod library;
mod memory;
mod playlist;
mod report;
mod steps;

pub use desired::{Desired, Labels, Members, Placement};
pub use library::{Existing, Library};
pub use memory::Memory;
pub use playlist::{PlaylistOutcome, sync_playlist};
pub use report::{Outcome, Report};
pub use steps::{Held, Owner, Step, owner, steps};

/// The label of collections that are kept here.
pub const LABEL: &str = "Kinometa";

/// The labels of collections that Kometa keeps: `operations.delete_collections: {managed: true}` looks for them.
pub const KOMETA_LABELS: [&str; 2] = ["Kometa", "PMM"];
