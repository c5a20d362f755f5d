//! Types and events that several services share, without logic.
//!
//! A type returned by only one service belongs to that service's crate. JSON bodies of the HTTP API are in `api-types`.

pub mod events;
pub mod scan;
pub mod title;
