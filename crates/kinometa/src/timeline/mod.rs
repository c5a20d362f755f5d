//! What people watched: the timeline, marks, and the rows of the first page.

pub mod home;
