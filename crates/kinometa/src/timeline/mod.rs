//! The timeline of plays, and marking titles as watched.

pub mod bulk;
pub mod days;
pub mod export;
pub mod mark;
pub mod statistics;
pub mod zone;
