//! Tests of the server through its public interfaces: HTTP and the command line.
//!
//! Each test starts its own [`support::TestApp`] and sends requests as an actor. Files are organised by URL path.

#![allow(unreachable_pub, reason = "nothing is outside a test binary")]
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod api;
mod cli;
mod guards;
mod library;
mod openapi;
mod playback;
mod support;
mod web;
