//! What Trakt says about titles and people beside the titles' own texts: cast and crew, related titles, how members rated.
//!
//! It is read when somebody opens a page, kept in the database, and read again when it is old. What is kept is shown while
//! Trakt is away. Everything goes through the client's bulk lane, which scrobbles overtake.

mod fetch;
mod read_ahead;
mod related;
mod service;

pub use related::{PersonTitle, Related};
pub use service::{About, AboutPerson, AboutTitle};
