//! Pictures of titles: fetching, caching and resizing.
//!
//! A picture is fetched once, kept on disk, and served in a few widths. Only addresses on a title's row that lead to
//! Trakt's image hosts (or to the configured API's host) are fetched, so this is not an open proxy. Pictures of collections
//! are in the database, with the collection.

mod cache;
mod collection;
mod error;
mod fetch;
mod frames;
mod hosts;
mod learn;
mod render;
mod service;

pub use collection::{Tidied, tidied};
pub use error::ArtworkError;
pub use hosts::resolve;
pub use render::Unreadable;
pub use service::{Artwork, Rendered};
