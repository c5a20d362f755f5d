//! The calls, by topic.

mod collections;
mod edit;
mod hubs;
mod images;
mod library;
mod playlists;

pub use collections::BATCH;
pub(crate) use collections::choose;
pub use edit::Edit;
pub use images::{LARGEST_IMAGE, Picture};

/// The URI of items on a server, for collections and playlists.
fn uri(machine: &str, path: &str) -> String {
    format!("server://{machine}/com.plexapp.plugins.library{path}")
}
