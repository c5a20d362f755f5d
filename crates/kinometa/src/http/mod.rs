//! HTTP plumbing shared by all handlers: middleware, extractors, error responses and byte ranges.

pub mod authenticate;
pub mod client;
pub mod compression;
pub mod cookies;
pub mod document;
pub mod errors;
pub mod extract;
mod failures;
pub mod headers;
pub mod ranges;
pub mod request_log;
pub mod responses;
pub mod same_origin;
