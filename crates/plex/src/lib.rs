#![doc = include_str!("../README.md")]

mod client;
mod endpoints;
mod error;
pub mod matching;
pub mod models;
pub mod moves;
mod node;
mod query;
pub mod target;

pub use client::{Client, ClientBuilder, Format};
pub use endpoints::{BATCH, Edit, LARGEST_IMAGE, Picture};
pub use error::{Error, Remedy, Result};
