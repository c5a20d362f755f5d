//! The Kinometa server: everything behind the `kinometa` command, as a library so that tests and the demo can
//! start it.

pub mod accounts;
pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod http;
pub mod logging;
mod messages;
pub mod node;
mod present;
mod router;
pub mod server;
pub mod timeline;
pub mod trakt;
pub mod updates;
mod web;
