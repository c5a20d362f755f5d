//! What people watched: the timeline, marks, and the rows of the first page.

pub mod days;
pub mod home;
pub mod mark;
pub mod plays;
