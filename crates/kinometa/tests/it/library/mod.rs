//! Libraries: scans, matches, titles and plays.

mod bulk;
mod catalogue_updates;
mod episodes;
mod fixture;
mod left_out;
mod libraries;
mod marks;
mod matches;
mod on_trakt;
mod people;
mod pictures;
mod problems;
mod refresh;
mod scans;
mod several_servers;
mod sidecars;
#[cfg(unix)]
mod stopping;
mod timeline;
mod titles;
mod watching;
