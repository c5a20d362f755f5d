//! One file per topic. Reads take any [`Conn`](crate::Conn); writes take a [`Tx`](crate::Tx), so that several of them can
//! be one change. The time is always an argument.

mod chunks;
pub mod files;
pub mod libraries;
pub mod matches;
pub mod timeline;
pub mod titles;
pub mod users;

use chunks::chunks;
