#![doc = include_str!("../README.md")]

mod application;
pub mod auth;
mod client;
pub mod endpoints;
pub mod error;
mod extended;
mod filters;
pub mod limits;
pub mod models;
pub mod paging;
mod read;
pub mod token;

/// Time, as the client is given it.
pub use clock;

pub use application::{Application, Endpoints};
pub use client::{Client, ClientBuilder, RetryPolicy, StoreHealth, ensure_tls_provider};
pub use error::{Error, Remedy, Result};
pub use extended::Extended;
pub use filters::Filters;
pub use limits::Priority;
pub use paging::{Complete, Listing, Page, Paged};
pub use read::Read;
pub use token::{MemoryTokenStore, Token, TokenParts, TokenStore};
