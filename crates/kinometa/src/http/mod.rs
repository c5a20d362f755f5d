//! The frame around the handlers: errors, extractors and everything else that no handler should repeat.

pub mod document;
pub mod errors;
pub mod extract;
pub mod responses;
