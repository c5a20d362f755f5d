//! Stories over the real database: SQLite always, PostgreSQL too when `KINOMETA_TEST_POSTGRES` is set.

mod accounts;
mod outbox;
mod plans;
mod schema;
mod support;
mod viewing;
