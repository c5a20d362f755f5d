//! The engine against the simulator, faults and crashes included. Both databases: see `db::testing`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod accounts;
mod adversity;
mod bulk;
mod collecting;
mod connecting;
mod exactly_once;
mod faults;
mod fixture;
mod known_failures;
mod marks;
mod nodes;
mod preferring;
mod pulling;
mod random;
mod removing;
mod restoring;
mod retiming;
mod schedule;
mod scrobbling;
mod simulation;
mod together;
mod viewings;
mod withholding;
