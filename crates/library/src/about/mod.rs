//! Details of titles and people from Trakt, besides the titles' own texts: cast and crew, related titles, ratings.
//!
//! They are read when a page is opened, stored in the database, and read again when they are old. Stored details are
//! shown while Trakt is down. All requests have the client's bulk priority, which scrobbles overtake.

mod fetch;
mod read_ahead;
mod related;
mod service;

pub use related::{PersonTitle, Related};
pub use service::{About, AboutPerson, AboutTitle};
