//! Images of titles: fetches, caches and resizes them.
//!
//! An image is fetched once, stored on disk, and served in a few widths. Only URLs from the database that
//! point to Trakt's image hosts or to the configured API's host are fetched, so this is not an open proxy.
//! Images of collections are stored in the database.

mod cache;
mod collection;
mod error;
mod fetch;
mod frames;
mod hosts;
mod learn;
mod render;
mod service;

pub use collection::{NormalisedImage, normalise};
pub use error::ArtworkError;
pub use hosts::resolve;
pub use render::Unreadable;
pub use service::{Artwork, Rendered};
