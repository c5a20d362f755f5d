//! Brings collections and playlists on Plex to a desired state with the fewest calls.
//!
//! [`steps()`] compares the current with the desired state, without I/O. [`Library`] reads and writes, and [`Memory`]
//! keeps what must survive between runs. An up-to-date collection costs two GETs and no write. After a failure, the
//! next run continues from the state that was reached.
//!
//! Collections created by this module have the label [`LABEL`]. Manually created collections are not changed unless
//! [`Desired::adopt`] is set.

mod desired;
mod library;
mod memory;
mod playlist;
mod report;
mod steps;

pub use desired::{Desired, Labels, Members, Visibility};
pub use library::{Existing, Library};
pub use memory::Memory;
pub use playlist::{PlaylistOutcome, find_playlist, sync_playlist};
pub use report::{Outcome, Report};
pub use steps::{CurrentState, Owner, Step, owner, steps};

/// The label of collections that this module manages.
pub const LABEL: &str = "Kinometa";

/// The labels of collections that Kometa manages. Kometa uses them in `operations.delete_collections: {managed:
/// true}`.
pub const KOMETA_LABELS: [&str; 2] = ["Kometa", "PMM"];
