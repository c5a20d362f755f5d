//! HTTP infrastructure shared by all handlers: middleware, extractors, error responses and byte ranges.

pub mod authenticate;
pub mod body_timeout;
pub mod client;
pub mod compression;
pub mod cookies;
pub mod document;
pub mod errors;
pub mod extract;
pub(crate) mod failures;
pub mod finish_writes;
pub mod handler;
pub mod headers;
pub mod known_host;
pub mod ranges;
pub mod request_log;
pub mod responses;
pub mod same_origin;
