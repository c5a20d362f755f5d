//! Pictures of titles: where they come from, and small copies of them.
//!
//! A picture is fetched once, kept on disk, and served in a few widths. Only addresses that stand on a title and
//! lead to Trakt's image hosts (or to the configured API's host) are ever fetched: this is no open proxy.

mod cache;
mod error;
mod fetch;
mod hosts;
mod learn;
mod render;
mod service;

pub use error::ArtworkError;
pub use service::{Artwork, Rendered};
