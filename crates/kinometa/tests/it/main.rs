//! Tests of the server through its public interfaces: HTTP and the command line.
//!
//! Each test starts its own [`support::TestApp`] and sends requests as an [`support::Actor`]. Folders and
//! files mirror the API's paths.

#![allow(unreachable_pub, reason = "a test binary has no public interface")]
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod api;
mod cli;
mod cli_trakt;
mod connections;
mod guards;
mod hosts;
mod kometa;
mod library;
mod openapi;
mod playback;
mod support;
mod web;
