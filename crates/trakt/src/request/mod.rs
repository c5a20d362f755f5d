//! Requests as values: built by an endpoint, refined by the caller, sent when they are awaited.

mod paged;
mod read;

pub use paged::Paged;
pub use read::Read;
