#![doc = include_str!("../README.md")]

mod fingerprint;
mod ids;
pub mod keyframes;
pub mod language;
pub mod names;
pub mod probe;
pub mod sidecars;
pub mod subtitles;
pub mod walk;

pub use fingerprint::Fingerprint;
pub use ids::Ids;
