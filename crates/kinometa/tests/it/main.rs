//! The server through its public doors: HTTP and the command line.
//!
//! A test starts a [`support::TestApp`] of its own and acts as somebody. Folders and files follow the addresses.

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
