//! Requests as values: built by an endpoint, refined by the caller, sent when awaited.

mod paged;
mod pages;
mod read;

pub use paged::Paged;
pub use read::Read;
