//! Brings collections on Plex to a desired state with the fewest calls.
//!
//! [`steps()`] compares without I/O; [`Library`] reads, writes and remembers. An up-to-date collection costs two GETs
//! and no write. After a failure, the next run continues from the state reached.
//!
//! Collections created here have the label [`LABEL`]. Manually created collections are not changed.

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

/// The label of collections that are managed here.
pub const LABEL: &str = "Kinometa";

/// The labels of collections that Kometa manages: `operations.delete_collections: {managed: true}` looks for them.
pub const KOMETA_LABELS: [&str; 2] = ["Kometa", "PMM"];
