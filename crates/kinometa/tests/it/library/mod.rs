//! Libraries: scans, matches, titles and plays.

mod at_trakt;
mod bulk;
mod episodes;
mod fixture;
mod left_out;
mod libraries;
mod marks;
mod matches;
mod people;
mod pictures;
mod problems;
mod refresh;
mod scans;
mod several_servers;
mod shown;
mod sidecars;
#[cfg(unix)]
mod stopping;
mod timeline;
mod titles;
mod watching;
