//! Shapes that several services share, and the events between them: no logic, no HTTP, no database.
//!
//! A shape that only one service returns lives in that service's crate. What the HTTP API sends is in `api-types`.

pub mod events;
pub mod scan;
pub mod title;
