//! What people watched: the timeline, and marks.

pub mod days;
pub mod mark;
