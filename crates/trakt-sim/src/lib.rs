//! A Trakt that runs on your machine, for tests and demos.

pub mod catalogue;
