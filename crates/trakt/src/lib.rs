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
mod request;
pub mod token;

/// Re-exported, because [`ClientBuilder::clock`] takes a [`Clock`](clock::Clock).
pub use clock;

pub use application::{Application, Endpoints};
pub use client::{Client, ClientBuilder, ClockOffset, RetryPolicy, StoreHealth, ensure_tls_provider};
pub use error::{Error, Remedy, Result};
pub use extended::Extended;
pub use filters::Filters;
pub use limits::Priority;
pub use paging::{Absence, Complete, Listing, Page, Proven};
pub use request::{Paged, Read};
pub use token::{MemoryTokenStore, Token, TokenParts, TokenStore};
