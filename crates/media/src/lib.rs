#![doc = include_str!("../README.md")]

pub mod collation;
mod file;
mod fingerprint;
pub mod formats;
pub mod frame;
mod ids;
pub mod keyframes;
pub mod language;
pub mod mp4_boxes;
pub mod names;
pub mod probe;
mod reader;
pub mod sidecars;
pub mod subtitles;
mod text;
pub mod tone_mapping;
pub mod walk;

pub use file::read_at_most;
pub use fingerprint::Fingerprint;
pub use ids::Ids;
