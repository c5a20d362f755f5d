#![doc = include_str!("../README.md")]

mod ids;
pub mod names;
pub mod walk;

pub use ids::Ids;
