//! The calls, by what they are about.

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

/// The uri of things on a server, as collections and playlists take them.
fn uri(machine: &str, path: &str) -> String {
    format!("server://{machine}/com.plexapp.plugins.library{path}")
}
