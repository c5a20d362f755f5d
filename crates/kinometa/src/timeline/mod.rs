//! The timeline of plays, and marking titles as watched.

pub mod days;
pub mod mark;
