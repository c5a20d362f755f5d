//! One file per topic. Reads take any [`Conn`](crate::Conn); writes take a [`Tx`](crate::Tx), so that several of them can
//! be one change. The time is always an argument.

pub mod users;
