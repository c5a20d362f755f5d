//! Tests of the crate's public API.
#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod chapters;
mod clips;
mod names;
mod names_properties;
mod nfo;
mod probe;
mod robustness;
mod sidecars;
mod subtitles;
mod walk;
