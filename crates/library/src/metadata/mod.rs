//! Metadata of titles, seasons and episodes from Trakt.

pub mod apply;
pub mod children;
pub mod fetch;
pub mod refresh;
