//! The server through its public doors: HTTP and the command line.
//!
//! A test starts a [`support::TestApp`] of its own and acts as somebody. Folders and files follow the addresses.

#![allow(unreachable_pub, reason = "nothing is outside a test binary")]

mod api;
mod cli;
mod guards;
mod library;
mod openapi;
mod playback;
mod support;
mod web;
