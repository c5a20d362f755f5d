//! Tests of the client's public API against the simulator.

#![allow(clippy::unwrap_used, reason = "a helper that panics fails its test, as it should")]

mod applications;
mod calls;
mod connecting;
mod facts;
mod limits;
mod paging;
mod peers;
mod rate_headers;
mod refreshing;
mod scrobbling;
mod secrets;
mod support;
mod wire;
mod writing;
