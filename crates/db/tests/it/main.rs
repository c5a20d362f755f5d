//! Stories over the real database: SQLite always, PostgreSQL too when `KINOMETA_TEST_POSTGRES` is set.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod accounts;
mod merging;
mod migrations;
mod outbox;
mod people;
mod plans;
mod schema;
mod statistics;
mod support;
mod viewing;
