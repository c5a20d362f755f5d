//! The Kinometa server: everything behind the `kinometa` command, as a library so that tests and the demo can
//! start it.

pub mod accounts;
pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod events;
pub mod http;
pub mod library;
pub mod logging;
pub mod messages;
pub mod model;
pub mod node;
pub mod playback;
pub mod server;
pub mod timeline;
pub mod tls;
pub mod trakt;
