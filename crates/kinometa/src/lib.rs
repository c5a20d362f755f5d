//! The Kinometa server and command line, as a library so that tests and the demo can start a server in-process.

pub mod accounts;
pub mod api;
pub mod app;
pub mod cli;
pub mod collections;
pub mod config;
mod credentials;
pub mod demo;
pub mod http;
pub mod logging;
mod messages;
mod net;
pub mod node;
pub mod plex;
mod present;
mod router;
pub mod server;
pub mod streams;
pub mod timeline;
pub mod trakt;
pub mod updates;
mod web;
