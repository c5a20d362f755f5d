//! Pictures of titles: where they come from, and small copies of them.

pub mod picture;
