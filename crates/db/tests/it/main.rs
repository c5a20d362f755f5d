//! Tests on a real database: SQLite, or PostgreSQL if `KINOMETA_TEST_POSTGRES` is set.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

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
