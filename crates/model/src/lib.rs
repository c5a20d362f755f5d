//! Types and events that several services share, without logic.
//!
//! A type that only one service returns belongs to the crate of that service. JSON bodies of the HTTP API are in
//! `api-types`.

pub mod events;
pub mod scan;
pub mod title;
