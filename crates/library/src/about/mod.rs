//! Details of titles and people from Trakt that are not stored with the title itself: cast and crew, related
//! titles, ratings.
//!
//! They are read when a page is opened, stored in the database, and read again when they are stale. While
//! Trakt is down, the stored details are shown. All requests have bulk priority, so scrobbles are sent first.

mod fetch;
mod read_ahead;
mod related;
mod service;

pub use related::{PersonTitle, Related};
pub use service::{About, AboutPerson, AboutTitle};
