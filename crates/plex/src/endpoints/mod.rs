//! The API calls, by topic.

mod collections;
mod edit;
mod hubs;
mod images;
mod library;
mod playlists;

pub use collections::BATCH;
pub(crate) use collections::find_by_title;
pub use edit::Edit;
pub use images::{LARGEST_IMAGE, Picture};

/// The URI of items on a server, as calls for collections and playlists expect it.
fn uri(machine: &str, path: &str) -> String {
    format!("server://{machine}/com.plexapp.plugins.library{path}")
}
