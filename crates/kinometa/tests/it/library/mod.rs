//! Folders to titles, and what people do with them.

mod at_trakt;
mod house;
mod libraries;
mod marks;
mod matches;
mod pictures;
mod scans;
mod titles;
